package settings

import (
	"strconv"

	"daypass/app/messages"
	"daypass/app/settings"
	"daypass/ui/present"
)

// clipboardSeconds are the times after which the clipboard can be cleared.
var clipboardSeconds = []int{15, 45, 120, 600}

func clipboardChoices() []present.Choice {
	var all []present.Choice
	for _, n := range clipboardSeconds {
		label := messages.Plural("settings.clipboard.after-seconds", n)
		if n%60 == 0 {
			label = messages.Plural("settings.clipboard.after-minutes", n/60)
		}
		all = append(all, present.Choice{Value: strconv.Itoa(n), Label: label})
	}
	return append(all, present.Choice{Value: "0", Label: messages.Text("settings.clipboard.never")})
}

func themeChoices() []present.Choice {
	return []present.Choice{
		{Value: string(settings.ThemeSystem), Label: messages.Text("settings.same-as-system")},
		{Value: string(settings.ThemeLight), Label: messages.Text("settings.theme.light")},
		{Value: string(settings.ThemeDark), Label: messages.Text("settings.theme.dark")},
	}
}

func languageChoices() []present.Choice {
	all := []present.Choice{{Value: "", Label: messages.Text("settings.same-as-system")}}
	for _, l := range messages.Languages() {
		all = append(all, present.Choice{Value: l.Tag.String(), Label: l.Name})
	}
	return all
}

// textSizes are those to choose from, in percent of the ordinary size.
var textSizes = []int{settings.MinTextSize, 90, 100, 110, 125, 150, 175, settings.MaxTextSize}

func textSizeChoices() []present.Choice {
	all := []present.Choice{{Value: "0", Label: messages.Text("settings.same-as-system")}}
	for _, size := range textSizes {
		all = append(all, present.Choice{Value: strconv.Itoa(size), Label: present.Percent(float64(size) / 100)})
	}
	return all
}

// bandwidths are the limits of transfers to choose from, in MiB a second.
var bandwidths = []int{1, 2, 5, 10, 20, 50, 100}

func bandwidthChoices() []present.Choice {
	all := []present.Choice{{Value: "0", Label: messages.Text("settings.bandwidth.none")}}
	for _, n := range bandwidths {
		all = append(all, present.Choice{Value: strconv.Itoa(n << 10), Label: present.Rate(float64(n << 20))})
	}
	return all
}

// quietHours are the parts of the day to choose from.
var quietHours = []settings.Hours{"07:00-19:00", "08:00-17:00", "08:00-18:00", "09:00-17:00", "09:00-18:00"}

func quietHoursChoices() []present.Choice {
	all := []present.Choice{{Value: "", Label: messages.Text("settings.quiet-hours.always")}}
	for _, h := range quietHours {
		from, to, _ := h.Span()
		all = append(all, present.Choice{Value: string(h), Label: messages.Text("settings.quiet-hours.range", messages.Args{
			"From": present.TimeOfDay(from), "To": present.TimeOfDay(to),
		})})
	}
	return all
}

// requests are the numbers of requests at once to choose from.
var requests = []int{8, 16, 32, 128, settings.MaxRequests}

func requestsChoices() []present.Choice {
	all := []present.Choice{{Value: "0", Label: messages.Text("settings.requests.ordinary")}}
	for _, n := range requests {
		all = append(all, present.Choice{Value: strconv.Itoa(n), Label: present.Grouped(n)})
	}
	return all
}

func contrastChoices() []present.Choice {
	return []present.Choice{
		{Value: string(settings.ContrastSystem), Label: messages.Text("settings.same-as-system")},
		{Value: string(settings.ContrastStandard), Label: messages.Text("settings.contrast.standard")},
		{Value: string(settings.ContrastHigh), Label: messages.Text("settings.contrast.high")},
	}
}

// atoi returns the number that a value stands for, and otherwise for what is none.
func atoi(value string, otherwise int) int {
	if n, err := strconv.Atoi(value); err == nil {
		return n
	}
	return otherwise
}

func logChoices() []present.Choice {
	return []present.Choice{
		{Value: string(settings.LogOff), Label: messages.Text("settings.log.off")},
		{Value: string(settings.LogError), Label: messages.Text("settings.log.errors")},
		{Value: string(settings.LogWarn), Label: messages.Text("settings.log.warnings")},
		{Value: string(settings.LogInfo), Label: messages.Text("settings.log.info")},
		{Value: string(settings.LogDebug), Label: messages.Text("settings.log.debug")},
	}
}

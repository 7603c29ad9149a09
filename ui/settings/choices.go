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

func logChoices() []present.Choice {
	return []present.Choice{
		{Value: string(settings.LogOff), Label: messages.Text("settings.log.off")},
		{Value: string(settings.LogError), Label: messages.Text("settings.log.errors")},
		{Value: string(settings.LogWarn), Label: messages.Text("settings.log.warnings")},
		{Value: string(settings.LogInfo), Label: messages.Text("settings.log.info")},
		{Value: string(settings.LogDebug), Label: messages.Text("settings.log.debug")},
	}
}

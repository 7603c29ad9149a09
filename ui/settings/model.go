// Package settings is the screen of settings, which apply to Daypass as a whole. It knows no toolkit; package
// settingsview draws it.
package settings

import (
	"slices"
	"strconv"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/settings"
	"daypass/ui/present"
)

// Model is the screen.
type Model struct {
	Title string
	// About is the line that says what this is.
	About string
	// Failed is why the last change was not saved; empty when it was.
	Failed string
	Groups []Group
	// Quit is the button that ends Daypass.
	Quit string
}

// Group is a heading and the settings under it.
type Group struct {
	Title    string
	Settings []Setting
}

// Setting is one setting: on or off where Choices is empty, one of several values otherwise.
type Setting struct {
	Key, Label, Help string
	Choices          []present.Choice
	On               bool
	Value            string
}

// definition says how one setting is shown, read and changed. label and help are IDs of texts; help may be empty.
type definition struct {
	key, label, help string
	// choices are the values there are, as they are called now; nil for a setting that is on or off.
	choices func() []present.Choice
	toggle  func(*settings.Settings) *bool
	read    func(settings.Settings) string
	write   func(*settings.Settings, string)
}

var settingGroups = []struct {
	title string
	all   []definition
}{
	{"settings.background", []definition{
		{key: "start_at_login", label: "settings.start-at-login", help: "settings.start-at-login.help", toggle: func(s *settings.Settings) *bool { return &s.StartAtLogin }},
		{key: "tray", label: "settings.tray", help: "settings.tray.help", toggle: func(s *settings.Settings) *bool { return &s.Tray }},
		{key: "notifications", label: "settings.notifications", help: "settings.notifications.help", toggle: func(s *settings.Settings) *bool { return &s.Notifications }},
	}},
	{"settings.credentials", []definition{{
		key: "clipboard_seconds", label: "settings.clipboard", help: "settings.clipboard.help", choices: clipboardChoices,
		read:  func(s settings.Settings) string { return strconv.Itoa(s.ClipboardSeconds) },
		write: func(s *settings.Settings, v string) { s.ClipboardSeconds = atoi(v, s.ClipboardSeconds) },
	}}},
	{"settings.window", []definition{{
		key: "theme", label: "settings.theme", choices: themeChoices,
		read:  func(s settings.Settings) string { return string(s.Theme) },
		write: func(s *settings.Settings, v string) { s.Theme = settings.Theme(v) },
	}, {
		key: "language", label: "settings.language", choices: languageChoices,
		read:  func(s settings.Settings) string { return s.Language },
		write: func(s *settings.Settings, v string) { s.Language = v },
	}, {
		key: "text_size", label: "settings.text-size", choices: textSizeChoices,
		read:  func(s settings.Settings) string { return strconv.Itoa(s.TextSize) },
		write: func(s *settings.Settings, v string) { s.TextSize = atoi(v, s.TextSize) },
	}, {
		key: "contrast", label: "settings.contrast", choices: contrastChoices,
		read:  func(s settings.Settings) string { return string(s.Contrast) },
		write: func(s *settings.Settings, v string) { s.Contrast = settings.Contrast(v) },
	}, {
		key: "ask_downloads", label: "settings.ask-downloads", help: "settings.ask-downloads.help",
		toggle: func(s *settings.Settings) *bool { return &s.AskDownloads },
	}, {
		key: "previews", label: "settings.previews", help: "settings.previews.help",
		toggle: func(s *settings.Settings) *bool { return &s.Previews },
	}}},
	{"settings.transfers", []definition{{
		key: "bandwidth_limit", label: "settings.bandwidth", choices: bandwidthChoices,
		read:  func(s settings.Settings) string { return strconv.Itoa(s.BandwidthLimit) },
		write: func(s *settings.Settings, v string) { s.BandwidthLimit = atoi(v, s.BandwidthLimit) },
	}, {
		key: "quiet_hours", label: "settings.quiet-hours", help: "settings.quiet-hours.help", choices: quietHoursChoices,
		read:  func(s settings.Settings) string { return string(s.QuietHours) },
		write: func(s *settings.Settings, v string) { s.QuietHours = settings.Hours(v) },
	}, {
		key: "max_requests", label: "settings.requests", help: "settings.requests.help", choices: requestsChoices,
		read:  func(s settings.Settings) string { return strconv.Itoa(s.MaxRequests) },
		write: func(s *settings.Settings, v string) { s.MaxRequests = atoi(v, s.MaxRequests) },
	}}},
	{"settings.support", []definition{{
		key: "log", label: "settings.log", help: "settings.log.help", choices: logChoices,
		read:  func(s settings.Settings) string { return string(s.Log) },
		write: func(s *settings.Settings, v string) { s.Log = settings.LogLevel(v) },
	}}},
}

// Present returns the screen. failed is why the last change was not saved.
func Present(s app.Snapshot, failed string) Model {
	out := Model{Title: messages.Text("settings.title"), About: "Daypass " + s.Version, Failed: failed, Quit: messages.Text("common.quit-daypass")}
	for _, group := range settingGroups {
		shown := Group{Title: messages.Text(group.title)}
		for _, one := range group.all {
			shown.Settings = append(shown.Settings, one.shown(s.Settings))
		}
		out.Groups = append(out.Groups, shown)
	}
	return out
}

func (o definition) shown(s settings.Settings) Setting {
	one := Setting{Key: o.key, Label: messages.Text(o.label)}
	if o.help != "" {
		one.Help = messages.Text(o.help)
	}
	if o.toggle != nil {
		one.On = *o.toggle(&s)
		return one
	}
	one.Choices, one.Value = o.choices(), o.read(s)
	if !slices.ContainsFunc(one.Choices, func(c present.Choice) bool { return c.Value == one.Value }) {
		one.Choices = append(one.Choices, present.Choice{Value: one.Value, Label: one.Value}) // set in the file
	}
	return one
}

// Changed returns s with one setting changed: to on, or to a value.
func Changed(s settings.Settings, key string, on bool, value string) settings.Settings {
	for _, group := range settingGroups {
		for _, one := range group.all {
			switch {
			case one.key != key:
			case one.toggle != nil:
				*one.toggle(&s) = on
			default:
				one.write(&s, value)
			}
		}
	}
	return s
}

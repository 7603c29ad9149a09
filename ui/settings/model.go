// Package settings is the screen of settings, which apply to Daypass as a whole. It knows no toolkit; package
// settingsview draws it.
package settings

import (
	"slices"
	"strconv"

	"daypass/app"
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

// definition says how one setting is shown, read and changed.
type definition struct {
	Setting
	toggle func(*settings.Settings) *bool
	read   func(settings.Settings) string
	write  func(*settings.Settings, string)
}

var settingGroups = []struct {
	title string
	all   []definition
}{
	{"In the background", []definition{
		{Setting: Setting{Key: "start_at_login", Label: "Start when I log in to this computer", Help: "Without a window. Connections stay as they are until you sign in."}, toggle: func(s *settings.Settings) *bool { return &s.StartAtLogin }},
		{Setting: Setting{Key: "tray", Label: "Show Daypass in the tray", Help: "Its icon shows the state that wants you most. Daypass goes on when the window is closed, with or without it."}, toggle: func(s *settings.Settings) *bool { return &s.Tray }},
		{Setting: Setting{Key: "notifications", Label: "Tell me when something needs me", Help: "When keys cannot be renewed, or end. Never when all is well."}, toggle: func(s *settings.Settings) *bool { return &s.Notifications }},
	}},
	{"Keys", []definition{{
		Setting: Setting{Key: "clipboard_seconds", Label: "Take copied keys off the clipboard", Help: "If they are still there by then.", Choices: []present.Choice{
			{Value: "15", Label: "after 15 seconds"},
			{Value: "45", Label: "after 45 seconds"},
			{Value: "120", Label: "after 2 minutes"},
			{Value: "600", Label: "after 10 minutes"},
			{Value: "0", Label: "never"},
		}},
		read: func(s settings.Settings) string { return strconv.Itoa(s.ClipboardSeconds) },
		write: func(s *settings.Settings, v string) {
			if n, err := strconv.Atoi(v); err == nil {
				s.ClipboardSeconds = n
			}
		},
	}}},
	{"Window", []definition{{
		Setting: Setting{Key: "theme", Label: "Appearance", Choices: []present.Choice{{Value: "system", Label: "as the desktop"}, {Value: "light", Label: "light"}, {Value: "dark", Label: "dark"}}},
		read:    func(s settings.Settings) string { return string(s.Theme) },
		write:   func(s *settings.Settings, v string) { s.Theme = settings.Theme(v) },
	}, {
		Setting: Setting{Key: "ask_downloads", Label: "Ask where each download goes", Help: "Otherwise it goes to your folder for downloads."},
		toggle:  func(s *settings.Settings) *bool { return &s.AskDownloads },
	}, {
		Setting: Setting{Key: "previews", Label: "Load previews at once", Help: "Otherwise a preview is loaded when you ask for it, which saves a slow connection."},
		toggle:  func(s *settings.Settings) *bool { return &s.Previews },
	}}},
	{"For support", []definition{{
		Setting: Setting{Key: "log", Label: "Write a log", Help: "It holds no keys, tokens or passwords.", Choices: []present.Choice{
			{Value: "off", Label: "no"},
			{Value: "error", Label: "of errors"},
			{Value: "warn", Label: "of errors and warnings"},
			{Value: "info", Label: "of what happens"},
			{Value: "debug", Label: "of everything"},
		}},
		read:  func(s settings.Settings) string { return string(s.Log) },
		write: func(s *settings.Settings, v string) { s.Log = settings.LogLevel(v) },
	}}},
}

// Present returns the screen. failed is why the last change was not saved.
func Present(s app.Snapshot, failed string) Model {
	out := Model{Title: "Settings", About: "Daypass " + s.Version, Failed: failed, Quit: "Quit Daypass"}
	for _, group := range settingGroups {
		shown := Group{Title: group.title}
		for _, one := range group.all {
			shown.Settings = append(shown.Settings, one.shown(s.Settings))
		}
		out.Groups = append(out.Groups, shown)
	}
	return out
}

func (o definition) shown(s settings.Settings) Setting {
	one := o.Setting
	if o.toggle != nil {
		one.On = *o.toggle(&s)
		return one
	}
	one.Value = o.read(s)
	if !slices.ContainsFunc(one.Choices, func(c present.Choice) bool { return c.Value == one.Value }) {
		one.Choices = append(slices.Clip(one.Choices), present.Choice{Value: one.Value, Label: one.Value}) // set in the file
	}
	return one
}

// Changed returns s with one setting changed: to on, or to a value.
func Changed(s settings.Settings, key string, on bool, value string) settings.Settings {
	for _, group := range settingGroups {
		for _, one := range group.all {
			switch {
			case one.Key != key:
			case one.toggle != nil:
				*one.toggle(&s) = on
			default:
				one.write(&s, value)
			}
		}
	}
	return s
}

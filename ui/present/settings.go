package present

import (
	"slices"
	"strconv"

	"daypass/app"
	"daypass/app/settings"
)

// Settings is what the person has chosen for Daypass as a whole.
type Settings struct {
	Title string
	// About is the line that says what this is.
	About string
	// Failed is why the last choice was not kept; empty when it was.
	Failed string
	Groups []SettingGroup
	// Quit is the button that ends Daypass.
	Quit string
}

// SettingGroup is a heading and what stands under it.
type SettingGroup struct {
	Title    string
	Settings []Setting
}

// Setting is one choice: of yes and no where Choices is empty, of one of several otherwise.
type Setting struct {
	Key, Label, Help string
	Choices          []Choice
	On               bool
	Value            string
}

// setting says how one setting is shown, read and changed.
type setting struct {
	Setting
	toggle func(*settings.Settings) *bool
	read   func(settings.Settings) string
	write  func(*settings.Settings, string)
}

var settingGroups = []struct {
	title string
	all   []setting
}{
	{"In the background", []setting{
		{Setting: Setting{Key: "start_at_login", Label: "Start when I log in to this computer", Help: "Without a window. Connections stay as they are until you sign in."}, toggle: func(s *settings.Settings) *bool { return &s.StartAtLogin }},
		{Setting: Setting{Key: "tray", Label: "Show Daypass in the tray", Help: "Its icon shows the state that wants you most. Daypass goes on when the window is closed, with or without it."}, toggle: func(s *settings.Settings) *bool { return &s.Tray }},
		{Setting: Setting{Key: "notifications", Label: "Tell me when something needs me", Help: "When keys cannot be renewed, or end. Never when all is well."}, toggle: func(s *settings.Settings) *bool { return &s.Notifications }},
	}},
	{"Keys", []setting{{
		Setting: Setting{Key: "clipboard_seconds", Label: "Take copied keys off the clipboard", Help: "If they are still there by then.", Choices: []Choice{
			{"15", "after 15 seconds"},
			{"45", "after 45 seconds"},
			{"120", "after 2 minutes"},
			{"600", "after 10 minutes"},
			{"0", "never"},
		}},
		read: func(s settings.Settings) string { return strconv.Itoa(s.ClipboardSeconds) },
		write: func(s *settings.Settings, v string) {
			if n, err := strconv.Atoi(v); err == nil {
				s.ClipboardSeconds = n
			}
		},
	}}},
	{"Window", []setting{{
		Setting: Setting{Key: "theme", Label: "Appearance", Choices: []Choice{{"system", "as the desktop"}, {"light", "light"}, {"dark", "dark"}}},
		read:    func(s settings.Settings) string { return string(s.Theme) },
		write:   func(s *settings.Settings, v string) { s.Theme = settings.Theme(v) },
	}, {
		Setting: Setting{Key: "ask_downloads", Label: "Ask where each download goes", Help: "Otherwise it goes to your folder for downloads."},
		toggle:  func(s *settings.Settings) *bool { return &s.AskDownloads },
	}}},
	{"For support", []setting{{
		Setting: Setting{Key: "log", Label: "Write a log", Help: "It holds no keys, tokens or passwords.", Choices: []Choice{
			{"off", "no"},
			{"error", "of errors"},
			{"warn", "of errors and warnings"},
			{"info", "of what happens"},
			{"debug", "of everything"},
		}},
		read:  func(s settings.Settings) string { return string(s.Log) },
		write: func(s *settings.Settings, v string) { s.Log = settings.LogLevel(v) },
	}}},
}

func settingsScreen(s app.Snapshot, failed string) Settings {
	out := Settings{Title: "Settings", About: "Daypass " + s.Version, Failed: failed, Quit: "Quit Daypass"}
	for _, group := range settingGroups {
		shown := SettingGroup{Title: group.title}
		for _, one := range group.all {
			shown.Settings = append(shown.Settings, one.shown(s.Settings))
		}
		out.Groups = append(out.Groups, shown)
	}
	return out
}

func (o setting) shown(s settings.Settings) Setting {
	one := o.Setting
	if o.toggle != nil {
		one.On = *o.toggle(&s)
		return one
	}
	one.Value = o.read(s)
	if !slices.ContainsFunc(one.Choices, func(c Choice) bool { return c.Value == one.Value }) {
		one.Choices = append(slices.Clip(one.Choices), Choice{one.Value, one.Value}) // chosen in the file
	}
	return one
}

// Changed gives s with one setting changed: to on, or to the choice value.
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

// Farewell is what is said when the window is closed for the first time.
type Farewell struct{ Title, Text, Yes string }

// PresentFarewell gives what to say when the window is closed; an empty Title means nothing.
func PresentFarewell(in Input) Farewell {
	s := in.Snapshot
	live := slices.ContainsFunc(s.Sessions, func(one app.Session) bool { return one.Live(in.Now) })
	if !in.Agent.Ready || s.Settings.ClosingExplained || !live {
		return Farewell{}
	}
	f := Farewell{
		Title: "Daypass goes on without its window", Yes: "Close window",
		Text: "You stay signed in, and your keys renew themselves. To come back, open Daypass again; “daypass quit” in a terminal ends it.",
	}
	if s.TrayShown {
		f.Text = "You stay signed in, and your keys renew themselves. You find Daypass in the tray."
	}
	return f
}

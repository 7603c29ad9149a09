// Package settings holds the user's settings of Daypass as a whole, and the file they are stored in.
package settings

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/text/language"

	"daypass/app/messages"
)

// Theme is the look of the window.
type Theme string

// The themes.
const (
	// ThemeSystem follows the desktop.
	ThemeSystem Theme = "system"
	ThemeLight  Theme = "light"
	ThemeDark   Theme = "dark"
)

// Themes lists every theme.
func Themes() []Theme { return []Theme{ThemeSystem, ThemeLight, ThemeDark} }

// Contrast is how much colors differ.
type Contrast string

// The contrasts.
const (
	// ContrastSystem follows the desktop.
	ContrastSystem   Contrast = ""
	ContrastStandard Contrast = "standard"
	ContrastHigh     Contrast = "high"
)

// Contrasts lists every contrast.
func Contrasts() []Contrast { return []Contrast{ContrastSystem, ContrastStandard, ContrastHigh} }

// The bounds of the size of text, in percent of the ordinary size.
const (
	MinTextSize = 80
	MaxTextSize = 200
)

// LogLevel is how much the agent writes into its log.
type LogLevel string

// The log levels.
const (
	// LogOff writes no log.
	LogOff   LogLevel = "off"
	LogError LogLevel = "error"
	LogWarn  LogLevel = "warn"
	LogInfo  LogLevel = "info"
	LogDebug LogLevel = "debug"
)

// LogLevels lists every log level, the quietest first.
func LogLevels() []LogLevel { return []LogLevel{LogOff, LogError, LogWarn, LogInfo, LogDebug} }

// MaxClipboardSeconds bounds how long a copied key may lie on the clipboard.
const MaxClipboardSeconds = 3600

// MaxRequests bounds how many requests a storage server may get at once. The slowest and the fastest limit of transfers are
// in KiB a second.
const (
	MaxRequests       = 256
	MinBandwidthLimit = 100
	MaxBandwidthLimit = 100 << 20
)

// Settings are the user's choices. They hold no secret.
type Settings struct {
	// StartAtLogin starts the agent when the user logs in to their computer.
	StartAtLogin bool `json:"start_at_login"`
	// Tray shows the icon in the desktop's tray, where there is one.
	Tray bool `json:"tray"`
	// Notifications lets the agent say what needs the user.
	Notifications bool `json:"notifications"`
	// ClipboardSeconds is how long a copied key stays on the clipboard, in seconds; zero: forever.
	ClipboardSeconds int `json:"clipboard_seconds"`
	// Theme is the look of the window.
	Theme Theme `json:"theme"`
	// Language is that of the window, the tray and the notifications: the BCP 47 tag of one of messages.Languages;
	// empty for the system's.
	Language string `json:"language,omitempty"`
	// Contrast is how much the colors of the window differ.
	Contrast Contrast `json:"contrast,omitempty"`
	// TextSize is the size of text in the window, in percent of the ordinary size; zero follows the desktop.
	TextSize int `json:"text_size,omitempty"`
	// AskDownloads has the window ask where each download goes; otherwise it goes to the system's folder for them.
	AskDownloads bool `json:"ask_downloads"`
	// Previews loads the preview of an object as soon as it is selected.
	Previews bool `json:"previews"`
	// MaxRequests is how many requests of transfers a storage server gets at once at most; zero is the ordinary number.
	MaxRequests int `json:"max_requests,omitempty"`
	// BandwidthLimit is how much all transfers together move at most, in KiB a second; zero is no limit.
	BandwidthLimit int `json:"bandwidth_limit,omitempty"`
	// QuietHours are the part of the day in which BandwidthLimit applies.
	QuietHours Hours `json:"quiet_hours,omitempty"`
	// Log is how much the agent writes into its log.
	Log LogLevel `json:"log"`
	// ClosingExplained is true once the user was told that the agent goes on when the window closes.
	ClosingExplained bool `json:"closing_explained"`
}

// Default returns the settings of a user who has changed nothing.
func Default() Settings {
	return Settings{Tray: true, Notifications: true, Previews: true, ClipboardSeconds: 45, Theme: ThemeSystem, Log: LogOff}
}

// ClearClipboardAfter is how long a copied key stays on the clipboard; zero: forever.
func (s Settings) ClearClipboardAfter() time.Duration {
	return time.Duration(s.ClipboardSeconds) * time.Second
}

// Bandwidth returns how many bytes a second all transfers together may move at a moment; zero is no limit.
func (s Settings) Bandwidth(now time.Time) int64 {
	if !s.QuietHours.Contain(now) {
		return 0
	}
	return int64(s.BandwidthLimit) << 10
}

// Validate fails with a *ValueError for a value that a setting cannot have.
func (s Settings) Validate() error {
	for _, k := range keys {
		if err := k.check(s); err != nil {
			return err
		}
	}
	return nil
}

// ValueError is a value that a setting cannot have.
type ValueError struct {
	// Key is the setting's name in the file.
	Key string
	// Reason is a sentence on what the value may be.
	Reason messages.Message
}

// Error implements error.
func (e *ValueError) Error() string { return e.Key + ": " + english().Say(e.Reason) }

// Message returns the error's text for the user.
func (e *ValueError) Message() messages.Message {
	m := messages.Message{ID: e.Reason.ID, Args: map[string]string{"Key": e.Key}}
	maps.Copy(m.Args, e.Reason.Args)
	return m
}

// english is the language of errors that become part of others.
var english = sync.OnceValue(func() *messages.Printer { return messages.In(language.English) })

// key is one setting as it is in the file: how it is read from the file's value, and written.
type key struct {
	name string
	get  func(Settings) any
	// set fails for a value of another type.
	set func(*Settings, any) bool
	// valid is nil where every value of the type is.
	valid  func(Settings) bool
	reason messages.Message
}

func (k key) check(s Settings) error {
	if k.valid != nil && !k.valid(s) {
		return &ValueError{k.name, k.reason}
	}
	return nil
}

// keys is the table of all settings, in the order of the file.
var keys = []key{
	toggle("start_at_login", func(s *Settings) *bool { return &s.StartAtLogin }),
	toggle("tray", func(s *Settings) *bool { return &s.Tray }),
	toggle("notifications", func(s *Settings) *bool { return &s.Notifications }),
	number("clipboard_seconds", 0, 1, MaxClipboardSeconds, func(s *Settings) *int { return &s.ClipboardSeconds },
		messages.Message{ID: "agent.settings.seconds", Args: map[string]string{"Max": strconv.Itoa(MaxClipboardSeconds)}}),
	choice("theme", Themes(), func(s *Settings) *Theme { return &s.Theme }),
	choice("language", languageTags(), func(s *Settings) *string { return &s.Language }),
	choice("contrast", Contrasts(), func(s *Settings) *Contrast { return &s.Contrast }),
	number("text_size", 0, MinTextSize, MaxTextSize, func(s *Settings) *int { return &s.TextSize },
		messages.Message{ID: "agent.settings.percentage", Args: map[string]string{"Min": strconv.Itoa(MinTextSize), "Max": strconv.Itoa(MaxTextSize)}}),
	toggle("ask_downloads", func(s *Settings) *bool { return &s.AskDownloads }),
	toggle("previews", func(s *Settings) *bool { return &s.Previews }),
	number("max_requests", 0, 1, MaxRequests, func(s *Settings) *int { return &s.MaxRequests },
		messages.Message{ID: "agent.settings.requests", Args: map[string]string{"Max": strconv.Itoa(MaxRequests)}}),
	number("bandwidth_limit", 0, MinBandwidthLimit, MaxBandwidthLimit, func(s *Settings) *int { return &s.BandwidthLimit },
		messages.Message{ID: "agent.settings.bandwidth", Args: map[string]string{"Min": strconv.Itoa(MinBandwidthLimit), "Max": strconv.Itoa(MaxBandwidthLimit)}}),
	hours("quiet_hours", func(s *Settings) *Hours { return &s.QuietHours }),
	choice("log", LogLevels(), func(s *Settings) *LogLevel { return &s.Log }),
	toggle("closing_explained", func(s *Settings) *bool { return &s.ClosingExplained }),
}

// languageTags are the values of the language: none, for the system's, and the tags of the catalogue.
func languageTags() []string {
	tags := []string{""}
	for _, l := range messages.Languages() {
		tags = append(tags, l.Tag.String())
	}
	return tags
}

func toggle(name string, field func(*Settings) *bool) key {
	return key{
		name: name,
		get:  func(s Settings) any { return *field(&s) },
		set: func(s *Settings, value any) bool {
			on, ok := value.(bool)
			*field(s) = on
			return ok
		},
		reason: messages.Message{ID: "agent.settings.toggle"},
	}
}

// number is a whole number from low to high, or none.
func number(name string, none, low, high int, field func(*Settings) *int, reason messages.Message) key {
	return key{
		name: name,
		get:  func(s Settings) any { return *field(&s) },
		set: func(s *Settings, value any) bool {
			n, ok := value.(int64)
			*field(s) = int(max(-1, min(n, int64(high)+1)))
			return ok
		},
		valid:  func(s Settings) bool { n := *field(&s); return n == none || n >= low && n <= high },
		reason: reason,
	}
}

// hours is a part of the day, or the whole.
func hours(name string, field func(*Settings) *Hours) key {
	return key{
		name: name,
		get:  func(s Settings) any { return string(*field(&s)) },
		set: func(s *Settings, value any) bool {
			text, ok := value.(string)
			*field(s) = Hours(text)
			return ok
		},
		valid: func(s Settings) bool {
			h := *field(&s)
			_, _, ok := h.Span()
			return ok || h == ""
		},
		reason: messages.Message{ID: "agent.settings.hours"},
	}
}

func choice[T ~string](name string, all []T, field func(*Settings) *T) key {
	return key{
		name: name,
		get:  func(s Settings) any { return string(*field(&s)) },
		set: func(s *Settings, value any) bool {
			text, ok := value.(string)
			*field(s) = T(text)
			return ok
		},
		valid:  func(s Settings) bool { return slices.Contains(all, *field(&s)) },
		reason: messages.Message{ID: "agent.settings.choice", Args: map[string]string{"Values": fmt.Sprint(all)}},
	}
}

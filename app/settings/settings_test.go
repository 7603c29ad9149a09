package settings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/app/messages"
)

// file returns a store whose file has the text; an empty one is not there.
func file(t *testing.T, text string) (*Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "daypass", FileName)
	if text != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Open(path), path
}

func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// An empty file is the default.
func TestLoad_emptyFileIsDefault(t *testing.T) {
	s, _ := file(t, "")
	if got, errs := s.Load(); got != Default() || errs != nil {
		t.Errorf("%+v %v", got, errs)
	}
	if err := Default().Validate(); err != nil {
		t.Error(err)
	}
}

// Settings are loaded as they were saved.
func TestSave_roundTrip(t *testing.T) {
	want := Settings{StartAtLogin: true, ClipboardSeconds: 0, Theme: ThemeDark, Language: "zh-Hans", Contrast: ContrastHigh, TextSize: 125, AskDownloads: true, MaxRequests: 128, BandwidthLimit: 2048, QuietHours: "22:00-06:00", Log: LogDebug, ClosingExplained: true}
	s, path := file(t, "")
	if err := s.Save(want); err != nil {
		t.Fatal(err)
	}
	if got, errs := Open(path).Load(); got != want || errs != nil {
		t.Errorf("%+v %v, want %+v", got, errs, want)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	golden := `start_at_login = true
tray = false
notifications = false
clipboard_seconds = 0
theme = "dark"
language = "zh-Hans"
contrast = "high"
text_size = 125
ask_downloads = true
previews = false
max_requests = 128
bandwidth_limit = 2048
quiet_hours = "22:00-06:00"
log = "debug"
closing_explained = true
`
	if got := contents(t, path); got != golden {
		t.Errorf("got\n%s", got)
	}
}

// A file may have some of the settings only.
func TestLoad_partialFile(t *testing.T) {
	s, _ := file(t, "theme = \"light\"\n")
	want := Default()
	want.Theme = ThemeLight
	if got, errs := s.Load(); got != want || errs != nil {
		t.Errorf("%+v %v", got, errs)
	}
}

// An invalid value is reported, and hides no other.
func TestLoad_reportsInvalidValues(t *testing.T) {
	s, _ := file(t, "tray = \"yes\"\nclipboard_seconds = -1\ntext_size = 79\ncontrast = \"low\"\nmax_requests = 257\nbandwidth_limit = 99\nquiet_hours = \"8-18\"\ntheme = \"pink\"\nlog = 3\nnotifications = false\n")
	want := Default()
	want.Notifications = false
	got, errs := s.Load()
	if got != want {
		t.Errorf("got %+v", got)
	}
	var names []string
	for _, err := range errs {
		var value *ValueError
		if !errors.As(err, &value) || !messages.Has(value.Reason.ID) {
			t.Errorf("%v", err)
			continue
		}
		names = append(names, value.Key)
	}
	if strings.Join(names, ",") != "tray,clipboard_seconds,theme,contrast,text_size,max_requests,bandwidth_limit,quiet_hours,log" {
		t.Errorf("said: %v", names)
	}
}

// The keys of another version stay in the file.
func TestSave_keepsUnknownKeys(t *testing.T) {
	s, path := file(t, "tray = false\nsparkle = \"much\"\n\n[later]\nlist = [1, 2]\n")
	got, errs := s.Load()
	if errs != nil {
		t.Fatal(errs)
	}
	got.Tray = true
	if err := s.Save(got); err != nil {
		t.Fatal(err)
	}
	text := contents(t, path)
	for _, want := range []string{"tray = true\n", "sparkle = \"much\"\n", "[later]\n", "list = [1, 2]\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if again, errs := Open(path).Load(); again != got || errs != nil {
		t.Errorf("%+v %v", again, errs)
	}
}

// A damaged file is set aside and reported.
func TestLoad_setsDamagedFileAside(t *testing.T) {
	for name, text := range map[string]string{
		"no TOML": "tray = = true\n", "cut off": "theme = \"da", "bytes": "\x00\xff", "long": "# " + strings.Repeat("x", maxFileSize),
	} {
		t.Run(name, func(t *testing.T) {
			s, path := file(t, text)
			got, errs := s.Load()
			var damaged *DamagedError
			if got != Default() || len(errs) != 1 || !errors.As(errs[0], &damaged) {
				t.Fatalf("%+v %v", got, errs)
			}
			if kept := contents(t, filepath.Join(filepath.Dir(path), damaged.SetAside)); kept != text {
				t.Errorf("kept %q", kept)
			}
			if err := s.Save(got); err != nil {
				t.Error(err)
			}
			if _, errs := s.Load(); errs != nil {
				t.Error(errs)
			}
		})
	}
}

// Invalid values are not saved.
func TestSave_refusesInvalidValues(t *testing.T) {
	s, path := file(t, "")
	for name, change := range map[string]func(*Settings){
		"theme":             func(s *Settings) { s.Theme = "pink" },
		"log":               func(s *Settings) { s.Log = "" },
		"clipboard_seconds": func(s *Settings) { s.ClipboardSeconds = MaxClipboardSeconds + 1 },
	} {
		settings := Default()
		change(&settings)
		var value *ValueError
		if err := s.Save(settings); !errors.As(err, &value) || value.Key != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("something was written")
	}
}

func TestClearClipboardAfter_seconds(t *testing.T) {
	if got := (Settings{ClipboardSeconds: 90}).ClearClipboardAfter(); got != 90*time.Second {
		t.Error(got)
	}
}

package engine

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/app/settings"
)

// withSettings makes an Engine whose settings file has the text.
func withSettings(t *testing.T, text string, startAtLogin func(bool) error) (*Engine, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), settings.FileName)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := New(Options{ConfigDir: t.TempDir(), SettingsFile: file, StartAtLogin: startAtLogin, build: newWorld().build})
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = a.Run(t.Context()) }()
	return a, file
}

// Settings are in the snapshot and are stored.
func TestSaveSettings_storesAndPublishes(t *testing.T) {
	var requested []bool
	a, file := withSettings(t, "start_at_login = true\ntheme = \"dark\"\n", func(on bool) error { requested = append(requested, on); return nil })
	s := a.store.current().Settings
	if s.Theme != settings.ThemeDark || !s.StartAtLogin {
		t.Errorf("%+v", s)
	}
	s.Theme, s.StartAtLogin = settings.ThemeLight, false
	for range 2 {
		if err := a.SaveSettings(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if got := a.store.current().Settings; got != s {
		t.Errorf("the snapshot has %+v", got)
	}
	if got, errs := settings.Open(file).Load(); got != s || errs != nil {
		t.Errorf("the file has %+v %v", got, errs)
	}
	if len(requested) != 2 || !requested[0] || requested[1] {
		t.Errorf("start at login was set to %v", requested)
	}
}

// Settings that cannot be applied are not stored.
func TestSaveSettings_notStoredIfNotApplied(t *testing.T) {
	cannot := errors.New("no folder for it")
	a, file := withSettings(t, "", func(on bool) error {
		if on {
			return cannot
		}
		return nil
	})
	s := settings.Default()
	s.StartAtLogin = true
	if err := a.SaveSettings(t.Context(), s); !errors.Is(err, cannot) {
		t.Errorf("got %v", err)
	}
	if got, _ := settings.Open(file).Load(); got != settings.Default() || a.store.current().Settings != got {
		t.Errorf("the file has %+v", got)
	}
}

// Settings that cannot be stored are not applied.
func TestSaveSettings_notAppliedIfNotStored(t *testing.T) {
	var requested []bool
	a, file := withSettings(t, "", func(on bool) error { requested = append(requested, on); return nil })
	if err := errors.Join(os.Remove(file), os.MkdirAll(filepath.Join(file, "in the way"), 0o700)); err != nil {
		t.Fatal(err)
	}
	s := settings.Default()
	s.StartAtLogin = true
	if err := a.SaveSettings(t.Context(), s); err == nil {
		t.Error("no error")
	}
	if len(requested) != 2 || !requested[0] || requested[1] {
		t.Errorf("start at login was set to %v", requested)
	}
}

// Settings that cannot be read are reported.
func TestLoadSettings_reportsUnreadable(t *testing.T) {
	for text, says := range map[string]string{"tray = = 1\n": "damaged", "theme = \"pink\"\n": "theme"} {
		a, _ := withSettings(t, text, nil)
		problems := a.store.current().Problems
		if len(problems) != 1 {
			t.Fatalf("%q: %+v", text, problems)
		}
		words := problems[0].English()
		if problems[0].Code != "settings-unreadable" || words.NextStep == "" ||
			!strings.Contains(words.Title+words.Detail, says) {
			t.Errorf("%q: %+v", text, problems)
		}
	}
}

package agent

import (
	"context"
	"errors"
	"testing"

	"daypass/app"
	"daypass/app/settings"
)

func (f *fakeCore) SaveSettings(_ context.Context, s settings.Settings) error {
	return f.called("settings %+v", s)
}

// Settings are the same on both sides of the socket.
func TestSaveSettings_reachesCore(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{latest: app.Snapshot{Settings: settings.Default()}}
	startAgent(t, core, Options{})
	c := connect(t)
	if s, _ := receive(t, c.Watch(t.Context())); s.Settings != settings.Default() {
		t.Errorf("the snapshot has %+v", s.Settings)
	}
	wanted := settings.Settings{StartAtLogin: true, ClipboardSeconds: 10, Theme: settings.ThemeDark, Contrast: settings.ContrastHigh, TextSize: 150, MaxRequests: 32, BandwidthLimit: 1024, QuietHours: "08:00-18:00", Log: settings.LogInfo, ClosingExplained: true}
	if err := c.SaveSettings(t.Context(), wanted); err != nil {
		t.Fatal(err)
	}
	want := "settings {StartAtLogin:true Tray:false Notifications:false ClipboardSeconds:10 Theme:dark Language: Contrast:high TextSize:150 AskDownloads:false Previews:false MaxRequests:32 BandwidthLimit:1024 QuietHours:08:00-18:00 Log:info ClosingExplained:true}"
	if got := core.lastCall(); got != want {
		t.Errorf("the core was asked %q", got)
	}
	wanted.Theme = "pink"
	var value *settings.ValueError
	if err := c.SaveSettings(t.Context(), wanted); !errors.As(err, &value) {
		t.Errorf("got %v", err)
	}
	core.failWith(errors.New("the disk is full"))
	if err := c.SaveSettings(t.Context(), settings.Default()); err == nil || err.Error() != "the disk is full" {
		t.Errorf("got %v", err)
	}
}

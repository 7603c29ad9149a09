package ui_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"daypass/app/settings"
	"daypass/ui"
	"daypass/ui/preferences"
	"daypass/ui/uitest"
)

// Text takes another size at once, by the settings or else as the desktop asks, and the user stays where they are.
func TestAppearance_changesInOpenWindow(t *testing.T) {
	callbacks := make(chan func(preferences.Preferences), 1)
	s := uitest.Snapshot(uitest.SignedIn(4e12))
	b := newBench(t, s, func(o *ui.Options) {
		o.Preferences = func(_ context.Context, changed func(preferences.Preferences)) { callbacks <- changed }
	})
	b.see("measurements")
	b.press("settings")
	height := func() float32 { return b.control("settings.tray").Size().Height }
	ordinary := height()
	(<-callbacks)(preferences.Preferences{TextSize: 1.5, HighContrast: true})
	b.queue.Await(t, "larger text", func() bool { return height() == 1.5*ordinary })
	s.Revision++
	s.Settings.TextSize, s.Settings.Contrast = 200, settings.ContrastStandard
	b.core.Set(s)
	b.queue.Await(t, "text of the size that is set", func() bool { return height() == 2*ordinary })
	b.window.Window().Canvas().Focus(b.control("settings.tray").(fyne.Focusable))
	b.key(fyne.KeyEscape)
	b.see("measurements")
}

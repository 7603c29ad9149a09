package ui_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/ui/uitest"
)

func TestConnectionDetails_shown(t *testing.T) {
	b := newBench(t, uitest.Snapshot(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.press("connection-menu")
	b.press("connection.details")
	b.asked("diagnose research-lake")
	b.see("AWS_ACCESS_KEY_ID is set in this environment")
	b.see("readwrite, research")
	b.press("diagnosis.copy-report")
	if text := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(text, "groups = readwrite, research") {
		t.Errorf("copied %q", text)
	}
	b.press("diagnosis.close")
	b.see("measurements")
}

// Details are looked up again each time, and a failure replaces what was there.
func TestConnectionDetails_failure(t *testing.T) {
	b := newBench(t, one(uitest.Refused()))
	b.press("details")
	b.see("AWS_ACCESS_KEY_ID is set in this environment")
	b.core.FailWith(app.ErrStopped)
	b.press("diagnosis.check-again")
	b.see("The Daypass agent has stopped.")
	if b.window.FindText("readwrite, research") != nil {
		t.Error("what was found before stays as if it were found now")
	}
	b.core.FailWith(nil)
	b.press("diagnosis.check-again")
	b.see("readwrite, research")
}

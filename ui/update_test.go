package ui_test

import (
	"testing"
	"time"

	"daypass/ui"
	"daypass/ui/uitest"
)

// What a company has changed of its connection is shown, and counts once the user saves it. A connection that nobody
// publishes has no such item in its menu.
func TestUpdate_changesAreReviewed(t *testing.T) {
	s := uitest.SignedIn(time.Hour)
	s.Source = "https://company.example"
	b := newBench(t, one(s), func(o *ui.Options) { o.Prober = uitest.Prober{} })
	b.press("connection-menu")
	b.press("connection.update")
	b.see("Edit Research lake")
	if got := b.entry("endpoint").Text; got != "https://new.example.com:9000" {
		t.Errorf("the address is %q", got)
	}
	if contains(b.core.Calls(), "save") {
		t.Error("the changes were taken over unseen")
	}

	b = newBench(t, one(uitest.SignedIn(time.Hour)))
	b.press("connection-menu")
	b.see("Test")
	if b.window.Find("connection.update") != nil {
		t.Error("it can be updated")
	}
}

package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/kit"
	"daypass/ui/uitest"
)

// focus is what has the focus: "list", or the ID of a control.
func (b *bench) focus() string {
	switch f := b.window.Window().Canvas().Focused().(type) {
	case *kit.List:
		return "list"
	case kit.Control:
		return f.ID()
	}
	return ""
}

func (b *bench) keyboardAt(want string) {
	b.t.Helper()
	b.queue.Await(b.t, "the focus at "+want, func() bool { return b.focus() == want })
}

// After the start the keyboard is at the list, or at what leads on.
func TestFocus_afterStart(t *testing.T) {
	for want, s := range map[string]app.Snapshot{
		"list": one(uitest.SignedIn(time.Hour)), "sign-in": one(uitest.SignedOut()), "address": {Revision: 1},
	} {
		b := newBench(t, s, func(o *ui.Options) { o.Selected = "" })
		b.keyboardAt(want)
	}
}

// A button that is clicked leaves the keyboard at the list, and so does a sheet that it opens when it closes.
func TestFocus_returnsToList(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.path("s3://measurements/2026/")
	b.see("README.md")
	b.window.Window().Canvas().Unfocus() // as a click does
	b.press("new")
	b.keyboardAt("name")
	b.key(fyne.KeyEscape)
	b.keyboardAt("list")
	b.press("refresh")
	b.keyboardAt("list")
}

// What is on screen only for a moment does not keep the keyboard.
func TestFocus_leavesRemovedControls(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.keyboardAt("sign-in")
	b.core.Set(one(uitest.SignedIn(time.Hour)))
	b.keyboardAt("list")
}

// In a form Enter submits, wherever the focus is, and Escape leaves it.
func TestFormKeys_enterAndEscape(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, func(o *ui.Options) { o.Selected = "" })
	b.press("enter-address")
	b.keyboardAt("name")
	for field, text := range map[string]string{
		"name": "Research lake", "endpoint": "https://s3.example.com:9000", "login.issuer": "https://login.example.com", "login.client_id": "desktop-app",
	} {
		b.entry(field).SetText(text)
	}
	b.key(fyne.KeyReturn)
	b.asked("save Research lake")
	b.press("enter-address")
	b.keyboardAt("name")
	b.key(fyne.KeyEscape)
	b.see("Start with an address")
}

// F1 opens the list of keys from a field too.
func TestHelpKey_inField(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.path("s3://measurements/2026/")
	b.window.Window().Canvas().Focus(b.entry("filter"))
	b.key(fyne.KeyF1)
	b.see("Keyboard shortcuts")
}

// What failed is put away by going elsewhere.
func TestFailure_hiddenByNavigation(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.path("s3://measurements/2026/")
	b.core.FailWith(app.ErrNoConnection)
	b.press("renew")
	b.see("Operation failed. This connection no longer exists.")
	b.path("s3://measurements/2025/")
	b.gone("Operation failed. This connection no longer exists.")
}

// In a narrow window details of nothing do not cover the list.
func TestDetails_emptyInNarrowWindow(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.window.Window().Resize(fyne.NewSize(700, 500))
	b.path("s3://measurements/2026/")
	b.see("README.md")
	b.press("details")
	b.see("README.md")
	b.click("README.md", 0)
	b.see("Close the details (Ctrl+I)")
	b.window.Window().Resize(fyne.NewSize(1100, 700))
	b.see("README.md")
}

// The page stays where it is while a path is edited.
func TestPathField_keepsPage(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.path("s3://measurements/2026/")
	b.see("README.md")
	before := b.top("README.md")
	test.Tap(b.control("edit-path").(fyne.Tappable))
	b.keyboardAt("path")
	if now := b.top("README.md"); now != before {
		t.Errorf("the list moves from %v to %v", before, now)
	}
}

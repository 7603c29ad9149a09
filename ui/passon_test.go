package ui_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/app/connection"
	"daypass/ui"
	"daypass/ui/uitest"
)

// menuOf opens the menu of the connection on screen, and presses a line of it.
func menuOf(t *testing.T, line string, options ...func(*ui.Options)) *bench {
	t.Helper()
	b := newBench(t, one(uitest.SignedOut()), options...)
	b.see("Sign in")
	b.press("connection-menu")
	b.press("connection." + line)
	return b
}

func TestConnectionMenu_duplicate(t *testing.T) {
	b := menuOf(t, "duplicate")
	b.see("Duplicate connection")
	if got := b.entry("name").Text; got != "Research lake (2)" {
		t.Errorf("the copy is named %q", got)
	}
	b.press("form.save")
	b.asked("save Research lake (2)")
	if got := b.core.Saved(); got.ID != "" || got.Endpoint != uitest.Definition("research-lake").Endpoint {
		t.Errorf("saved %+v", got)
	}
}

func TestConnectionMenu_export(t *testing.T) {
	dir := t.TempDir()
	b := menuOf(t, "export", func(o *ui.Options) { o.Chooser = &chooser{folder: dir} })
	b.see("Connection exported")
	def, err := connection.ReadFile(filepath.Join(dir, "research-lake.daypass"))
	if err != nil || def.Name != "Research lake" {
		t.Errorf("%+v, %v", def, err)
	}
	menuOf(t, "export", func(o *ui.Options) { o.Chooser = &chooser{folder: filepath.Join(dir, "nowhere")} }).see("Cannot export connection")
}

// A link is copied as it is, and read where the server address is entered.
func TestConnectionMenu_link(t *testing.T) {
	b := menuOf(t, "link")
	b.see("Link copied")
	link := fyne.CurrentApp().Clipboard().Content()
	if def, err := connection.ParseLink(link); err != nil || def.Name != "Research lake" {
		t.Fatalf("%q: %+v, %v", link, def, err)
	}
	other := newBench(t, app.Snapshot{Revision: 1}, func(o *ui.Options) { o.Selected = "" })
	other.press("enter-address")
	other.fillForm(map[string]string{"endpoint": link})
	other.see("Review before adding")
	if got := other.entry("name").Text; got != "Research lake" {
		t.Errorf("the connection of the link is named %q", got)
	}
	other.press("form.cancel")
	other.press("enter-address")
	other.fillForm(map[string]string{"endpoint": link[:40]})
	other.see("Cannot import file")
}

func TestConnectionMenu_qrCode(t *testing.T) {
	b := menuOf(t, "qr")
	b.see("QR code of Research lake")
	b.window.Window().Resize(smallest)
	b.queue.Drain()
	b.inSight("close")
	b.press("close")
}

// A menu that is longer than the window scrolls to the line with the focus.
func TestConnectionMenu_smallWindow(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.window.Window().Resize(fyne.NewSize(640, 240))
	b.queue.Drain()
	b.press("connection-menu")
	b.key(fyne.KeyUp)
	if got := b.focus(); !strings.HasSuffix(got, "connection.remove") {
		t.Fatalf("the focus is at %q", got)
	}
	b.inSight("connection.remove")
	b.key(fyne.KeyDown)
	b.inSight("connection.sign-in")
}

// A move to another server is asked about where it ends the session, and keeps all that is not the server's.
func TestConnectionMenu_move(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("Sign out")
	b.press("connection-menu")
	b.press("connection.move")
	b.see("Move Research lake to another server")
	b.keyboardAt("endpoint")
	if b.window.Find("name") != nil || b.window.Find("form.advanced") != nil || b.window.Find("sts_endpoint") == nil {
		t.Error("the form has other fields than those of a server")
	}
	b.fillForm(map[string]string{"endpoint": "new.example.com"})
	b.press("form.save")
	b.see("Save and sign out?")
	b.press("confirm.save-and-sign-out")
	b.asked("save Research lake")
	want := uitest.Definition("research-lake")
	want.Endpoint = "https://new.example.com"
	if got := b.core.Saved(); got.ID != want.ID || !bytes.Equal(got.Canonical(), want.Normalized().Canonical()) {
		t.Errorf("saved %s", got.Canonical())
	}
	b.press("connection-menu")
	b.press("connection.edit")
	if b.see("Edit Research lake"); b.window.Find("name") == nil {
		t.Error("the fields that were hidden stay hidden")
	}
}

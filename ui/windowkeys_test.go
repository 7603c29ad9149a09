package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/ui/uitest"
)

// shortcut presses a key with Ctrl held.
func (b *bench) shortcut(key fyne.KeyName) {
	b.t.Helper()
	b.window.PressWithCtrl(key)
	b.queue.Drain()
}

// manyConnections are n connections, signed out.
func manyConnections(n int) (s app.Snapshot) {
	s.Revision = 1
	for i := range n {
		one := uitest.SignedOut()
		one.ID, one.Name = fmt.Sprint("c", i), fmt.Sprintf("Lake %d", i+1)
		s.Sessions = append(s.Sessions, one)
	}
	return s
}

func TestWindowKeys_shortcuts(t *testing.T) {
	b := newBench(t, manyConnections(5))
	b.see("Lake 1")
	b.shortcut(fyne.Key3)
	b.see("Signed out of Lake 3")
	b.shortcut(fyne.Key9) // there is none
	b.see("Signed out of Lake 3")
	b.shortcut(fyne.KeyComma)
	b.see("Appearance")
	b.shortcut(fyne.KeyW)
	b.queue.Await(t, "the window to close", func() bool { return b.closed })
}

// The mouse buttons for back and forward go through the history.
func TestMouseButtons_backAndForward(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.window.Back()
	b.see("8 buckets")
	b.window.Forward()
	b.see("README.md")
}

// Many connections can be filtered, and a letter goes to the next that begins with it.
func TestSidebar_filterConnections(t *testing.T) {
	b := newBench(t, manyConnections(200))
	b.see("Lake 1")
	f := b.entry("filter-connections")
	b.window.Window().Canvas().Focus(f)
	f.SetText("LAKE 19")
	b.see("Lake 199")
	b.gone("Lake 2")
	b.key(fyne.KeyReturn)
	b.see("Signed out of Lake 19")
	f.SetText("")
	b.window.Window().Canvas().Focused().TypedRune('l')
	b.queue.Drain()
	b.see("Signed out of Lake 20")
	few := newBench(t, one(uitest.SignedIn(time.Hour)))
	few.see("measurements")
	if few.window.Find("filter-connections") != nil {
		t.Error("one connection can be filtered")
	}
}

func TestTypeAhead_inListing(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.click("2024", 0)
	for _, r := range "rea" {
		b.window.Window().Canvas().Focused().TypedRune(r)
	}
	b.selected("readings.parquet")
	for _, r := range strings.ToUpper("dm") {
		b.window.Window().Canvas().Focused().TypedRune(r)
	}
	b.selected("README.md")
}

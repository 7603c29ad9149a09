package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/uitest"
)

// The language changes at once, everywhere, and the user stays where they are.
func TestLanguage_changesInOpenWindow(t *testing.T) {
	defer messages.Use(language.English)
	s := uitest.Snapshot(uitest.SignedIn(4e12))
	b := newBench(t, s)
	b.see("measurements")
	b.press("settings")
	choice := b.control("settings.language").(*kit.Choice)
	b.window.Window().Canvas().Focus(choice)
	for _, tag := range []language.Tag{messages.Pseudo, language.German, language.English} {
		s = changeLanguage(b, s, tag)
		texts := messages.In(tag)
		b.see(texts.Text("settings.tray"))
		b.see(texts.Text("window.settings"))
		if got, want := lang.L("Paste"), texts.Text("window.toolkit.paste"); got != want {
			t.Errorf("%s: the toolkit says %q, want %q", tag, got, want)
		}
		if focused, ok := b.window.Window().Canvas().Focused().(kit.Control); !ok || focused.ID() != "settings.language" {
			t.Errorf("%s: the focus is elsewhere: %T", tag, b.window.Window().Canvas().Focused())
		}
	}
	s = changeLanguage(b, s, messages.Pseudo)
	texts := messages.In(messages.Pseudo)
	b.key(fyne.KeyEscape)
	b.see("measurements")
	b.see(texts.Text("common.sign-out"))
	b.gone("Sign out")
	changeLanguage(b, s, language.English)
	b.see("measurements")
	b.see("Sign out")
}

// A listing that was scrolled is where it was, also when the language was changed in another screen.
func TestLanguage_listingKeepsPlace(t *testing.T) {
	defer messages.Use(language.English)
	b := inFolder(t, t.TempDir())
	b.window.Window().Resize(smallest)
	b.queue.Drain()
	b.listing().ScrollTo(3)
	s := changeLanguage(b, one(uitest.SignedIn(time.Hour)), language.German)
	if top := b.listing().Top(); top != 3 {
		t.Errorf("the listing has %v rows above it, want 3", top)
	}
	b.press("settings")
	changeLanguage(b, s, language.English)
	b.window.Window().Canvas().Focus(b.control("settings.language").(*kit.Choice))
	b.key(fyne.KeyEscape)
	b.see("README.md")
	if top := b.listing().Top(); top != 3 {
		t.Errorf("behind the settings, the listing has %v rows above it, want 3", top)
	}
}

// listing is the list in the middle of the window.
func (b *bench) listing() *kit.List {
	b.t.Helper()
	var found *kit.List
	var search func(fyne.CanvasObject)
	search = func(o fyne.CanvasObject) {
		if l, ok := o.(*kit.List); ok && o.Visible() && l.Name() == messages.Text("browser.list.name") {
			found = l
		}
		for _, child := range kit.Inside(o) {
			search(child)
		}
	}
	if search(b.window.Window().Canvas().Content()); found == nil {
		b.t.Fatal("there is no listing")
	}
	return found
}

// changeLanguage has the agent publish another language, and waits until the window has it.
func changeLanguage(b *bench, s app.Snapshot, tag language.Tag) app.Snapshot {
	b.t.Helper()
	s.Revision++
	s.Settings.Language = tag.String()
	b.core.Set(s)
	b.queue.Await(b.t, "the language", func() bool { return messages.Current().Tag() == tag })
	return s
}

package ui_test

import (
	"testing"

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

// changeLanguage has the agent publish another language, and waits until the window has it.
func changeLanguage(b *bench, s app.Snapshot, tag language.Tag) app.Snapshot {
	b.t.Helper()
	s.Revision++
	s.Settings.Language = tag.String()
	b.core.Set(s)
	b.queue.Await(b.t, "the language", func() bool { return messages.Current().Tag() == tag })
	return s
}

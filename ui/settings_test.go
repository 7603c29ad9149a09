package ui_test

import (
	"fmt"
	"io/fs"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"golang.org/x/text/language"

	"daypass/app/messages"
	"daypass/app/settings"
	"daypass/ui"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/uitest"
)

// Settings are saved at once.
func TestSettings_saved(t *testing.T) {
	b := newBench(t, uitest.Snapshot(uitest.SignedOut()))
	b.press("settings")
	check := b.control("settings.tray").(*kit.Check)
	if !check.On() {
		t.Error("the tray is not shown as selected")
	}
	b.press("settings.tray")
	b.asked("settings")
	b.queue.Await(t, "the new settings", func() bool { return !b.core.Settings().Tray })
	want := settings.Default()
	want.Tray = false
	if got := b.core.Settings(); got != want {
		t.Errorf("kept %+v, want %+v", got, want)
	}
}

// Settings are saved as a whole: a change waits for the one before, or that would undo it.
func TestSettings_savedInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, uitest.Snapshot(uitest.SignedOut()))
		b.press("settings")
		release := b.core.Hold("settings")
		b.press("settings.tray")
		b.press("settings.notifications")
		synctest.Wait()
		calls := slices.DeleteFunc(b.core.Calls(), func(call string) bool { return call != "settings" })
		if len(calls) != 1 {
			t.Errorf("%d changes are being saved at a time", len(calls))
		}
		release()
		synctest.Wait()
		if got := b.core.Settings(); got.Tray || got.Notifications {
			t.Errorf("saved %+v", got)
		}
		b.window.Close()
	})
}

// What could not be kept is shown as it was, with the reason.
func TestSettings_saveFails(t *testing.T) {
	b := newBench(t, uitest.Snapshot(uitest.SignedOut()))
	b.press("settings")
	b.core.FailWith(&fs.PathError{Op: "write", Path: "/home/ada/settings.toml", Err: syscall.ENOSPC})
	b.press("settings.tray")
	b.see("The setting could not be saved. There is no space left for “/home/ada/settings.toml”.")
	if !b.control("settings.tray").(*kit.Check).On() {
		t.Error("a choice that was not kept is shown as if it were")
	}
}

// Why a setting could not be kept is in the language of the user.
func TestSettings_reasonInLanguage(t *testing.T) {
	messages.Use(language.German)
	defer messages.Use(language.English)
	b := newBench(t, uitest.Snapshot(uitest.SignedOut()), func(o *ui.Options) { o.SystemLanguage = language.German })
	b.press("settings")
	b.core.FailWith(fmt.Errorf("save: %w", messages.NewError(nil, "agent.error.start-at-login")))
	b.press("settings.tray")
	texts := messages.In(language.German)
	b.see(texts.Text("settings.not-saved", messages.Args{"Reason": texts.Text("agent.error.start-at-login")}))
}

// Another theme applies at once.
func TestSettings_theme(t *testing.T) {
	s := uitest.Snapshot(uitest.SignedOut())
	b := newBench(t, s)
	b.see("Settings")
	for chosen, want := range map[settings.Theme]theme.Appearance{settings.ThemeDark: theme.Dark, settings.ThemeLight: theme.Light} {
		s.Revision++
		s.Settings.Theme = chosen
		b.core.Set(s)
		color := theme.New(want).Color(theme.ColorSidebar, 0)
		b.queue.Await(t, "the look", func() bool {
			app := fyne.CurrentApp().Settings()
			return app.Theme().Color(theme.ColorSidebar, app.ThemeVariant()) == color
		})
	}
}

// Closing the window says once that Daypass goes on.
func TestFarewell_once(t *testing.T) {
	s := uitest.Snapshot(uitest.SignedIn(time.Hour))
	b := newBench(t, s)
	b.see("measurements")
	b.window.Leave()
	b.see("Daypass keeps running in the background")
	b.press("confirm.cancel")
	if b.closed {
		t.Fatal("closed after Cancel")
	}
	b.window.Leave()
	b.press("confirm.close-window")
	b.queue.Await(t, "the window to close", func() bool { return b.closed })
	if !b.core.Settings().ClosingExplained {
		t.Error("it will be said again")
	}
}

// An agent that ends while the question is on screen does not keep the window open.
func TestFarewell_agentEnds(t *testing.T) {
	b := newBench(t, uitest.Snapshot(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.window.Leave()
	b.refuse(errNoAgent)
	b.core.Stop()
	b.queue.Await(t, "the agent to be missed", func() bool { return b.window.Window().Title() == "Daypass" })
	b.press("confirm.close-window")
	b.queue.Await(t, "the window to close", func() bool { return b.closed })
}

// Nothing is explained where it was before, or where no agent goes on.
func TestFarewell_notNeeded(t *testing.T) {
	explained := uitest.Snapshot(uitest.SignedIn(time.Hour))
	explained.Settings.ClosingExplained = true
	idle := one(uitest.SignedOut())
	for name, s := range map[string]present.Input{
		"said already": {Snapshot: explained, Agent: present.Agent{Ready: true}, Now: uitest.Now},
		"nobody is in": {Snapshot: idle, Agent: present.Agent{Ready: true}, Now: uitest.Now},
		"no agent":     {Now: uitest.Now},
	} {
		if f := present.PresentFarewell(s); f.Title != "" {
			t.Errorf("%s: says %q", name, f.Title)
		}
	}
	b := newBench(t, idle)
	b.see("Sign in")
	b.window.Leave()
	if !b.closed {
		t.Error("the window asks although there is nothing to say")
	}
}

// A choice of several is made by mouse or by keyboard alone, and counts at once.
func TestSettings_choices(t *testing.T) {
	b := newBench(t, uitest.Snapshot(uitest.SignedOut()))
	b.press("settings")
	b.press("settings.theme")
	b.press("settings.theme:dark")
	b.queue.Await(t, "the new look", func() bool { return b.core.Settings().Theme == settings.ThemeDark })
	choice := b.control("settings.theme").(*kit.Choice)
	b.window.Window().Canvas().Focus(choice)
	for _, name := range []fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn} { // opens at dark, one up, take it
		b.key(name)
	}
	b.queue.Await(t, "the other look", func() bool { return b.core.Settings().Theme == settings.ThemeLight })
	if choice.Label() != "Light" {
		t.Errorf("shows %q", choice.Label())
	}
	calls := len(b.core.Calls())
	b.press("settings.theme")
	b.press("settings.theme:light")
	if len(b.core.Calls()) != calls {
		t.Error("selecting what is selected saves it again")
	}
}

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/present"
)

// addKeys adds the keys that work wherever the focus is.
func (u *Window) addKeys() {
	add := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		u.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier}, func(fyne.Shortcut) {
			if u.window.Canvas().Overlays().Top() == nil {
				do()
			}
		})
	}
	add(fyne.KeyL, fyne.KeyModifierShortcutDefault, u.view.FocusPath)
	add(fyne.KeyF, fyne.KeyModifierShortcutDefault, u.view.FocusFilter)
	add(fyne.KeyR, fyne.KeyModifierShortcutDefault, func() { u.act(browser.CommandRefresh) })
	add(fyne.KeyLeft, fyne.KeyModifierAlt, u.browsing((*browse.Browser).Back))
	add(fyne.KeyRight, fyne.KeyModifierAlt, u.browsing((*browse.Browser).Forward))
	add(fyne.KeyUp, fyne.KeyModifierAlt, u.browsing((*browse.Browser).Up))
	add(fyne.KeyN, fyne.KeyModifierShortcutDefault, func() { (&intents{u}).Show(present.ShowWelcome) })
	u.addActKeys()
	u.addWindowKeys()
	u.window.Canvas().SetOnTypedKey(u.typed)
}

// browsing does something to the storage on screen.
func (u *Window) browsing(do func(*browse.Browser)) func() {
	return func() {
		if b := (&intents{u}).Browser(); b != nil && u.shown.Screen == present.ShowSession {
			do(b)
		}
	}
}

// typed gets the keys that nothing with the focus takes.
func (u *Window) typed(e *fyne.KeyEvent) {
	if u.kit.Typed(e) || u.window.Canvas().Overlays().Top() != nil {
		return
	}
	switch e.Name {
	case fyne.KeyF1:
		(&intents{u}).Act(browser.CommandShortcuts)
	case fyne.KeyF5:
		u.act(browser.CommandRefresh)
	case fyne.KeyBackspace:
		u.browsing((*browse.Browser).Up)()
	case fyne.KeyEscape:
		u.escape()
	}
}

// escape leaves what stands in place of the listing, or of the session.
func (u *Window) escape() {
	i := &intents{u}
	switch s := u.shownStorage(); {
	case u.shown.Screen != present.ShowSession:
		i.Show(present.ShowSession)
	case s == nil:
	case s.finding != nil:
		i.CloseSearch()
	case s.bin != nil:
		i.CloseDeleted()
	}
}

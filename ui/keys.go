package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

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
	add(fyne.KeyR, fyne.KeyModifierShortcutDefault, func() { u.browser.Press(browser.CommandRefresh) })
	add(fyne.KeyLeft, fyne.KeyModifierAlt, u.browser.Navigation.Back)
	add(fyne.KeyRight, fyne.KeyModifierAlt, u.browser.Navigation.Forward)
	add(fyne.KeyUp, fyne.KeyModifierAlt, u.browser.Navigation.Up)
	add(fyne.KeyN, fyne.KeyModifierShortcutDefault, func() { (&intents{u}).Show(present.ShowWelcome) })
	u.addCommandKeys()
	u.addWindowKeys()
	u.window.Canvas().SetOnTypedKey(u.typed)
}

// typed gets the keys that nothing with the focus takes.
func (u *Window) typed(e *fyne.KeyEvent) {
	if u.kit.Typed(e) || u.window.Canvas().Overlays().Top() != nil {
		return
	}
	switch e.Name {
	case fyne.KeyF1:
		u.browser.Run(browser.CommandShortcuts)
	case fyne.KeyF5:
		u.browser.Press(browser.CommandRefresh)
	case fyne.KeyBackspace:
		u.browser.Navigation.Up()
	case fyne.KeyEscape:
		u.escape()
	}
}

// escape leaves what stands in place of the listing, or of the session.
func (u *Window) escape() {
	switch {
	case u.shown.Screen != present.ShowSession:
		(&intents{u}).Show(present.ShowSession)
	case u.browser.Results.Open():
		u.browser.Results.Close()
	}
}

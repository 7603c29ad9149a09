package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui/browser"
	"daypass/ui/present"
)

// keys are the keys that work wherever the focus is.
type keys struct{ u *Window }

// add adds them to the window.
func (k keys) add() {
	u := k.u
	bind := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		u.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier}, func(fyne.Shortcut) {
			if u.window.Canvas().Overlays().Top() == nil {
				do()
			}
		})
	}
	bind(fyne.KeyL, fyne.KeyModifierShortcutDefault, func() { u.view.FocusPath() })
	bind(fyne.KeyF, fyne.KeyModifierShortcutDefault, func() { u.view.FocusFilter() })
	bind(fyne.KeyR, fyne.KeyModifierShortcutDefault, func() { u.browser.Press(browser.CommandRefresh) })
	bind(fyne.KeyLeft, fyne.KeyModifierAlt, u.browser.Navigation.Back)
	bind(fyne.KeyRight, fyne.KeyModifierAlt, u.browser.Navigation.Forward)
	bind(fyne.KeyUp, fyne.KeyModifierAlt, u.browser.Navigation.Up)
	bind(fyne.KeyN, fyne.KeyModifierShortcutDefault, func() { u.show(present.ShowWelcome) })
	k.addCommands()
	k.addWindow()
	u.window.Canvas().SetOnTypedKey(k.typed)
}

// typed receives the keys that nothing with the focus takes.
func (k keys) typed(e *fyne.KeyEvent) {
	u := k.u
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
		k.escape()
	}
}

// escape leaves what stands in place of the listing, or of the session.
func (k keys) escape() {
	u := k.u
	switch {
	case u.shown.Screen != present.ShowSession:
		u.show(present.ShowSession)
	case u.browser.Results.Open():
		u.browser.Results.Close()
	}
}

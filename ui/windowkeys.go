package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui/present"
)

// digits are the keys of the first connections.
var digits = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

// addWindowKeys adds the keys of the window as a whole.
func (u *Window) addWindowKeys() {
	for key, do := range u.windowKeys() {
		u.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) {
			if u.window.Canvas().Overlays().Top() == nil {
				do()
			}
		})
	}
}

// windowKeys are the keys that, with Ctrl held, close the window, quit Daypass, open the settings and go from one connection to
// another.
func (u *Window) windowKeys() map[fyne.KeyName]func() {
	keys := map[fyne.KeyName]func(){
		fyne.KeyW: u.Leave, fyne.KeyQ: u.quitByKey,
		fyne.KeyComma: func() { (&intents{u}).Show(present.ShowSettings) },
	}
	for n, key := range digits {
		keys[key] = func() { u.selectNumber(n) }
	}
	return keys
}

// selectNumber shows a connection by its number in the sidebar.
func (u *Window) selectNumber(n int) {
	if rows := u.shown.Sidebar.Rows; n < len(rows) {
		(&intents{u}).Select(rows[n].ID)
	}
}

// Back goes to the location before, and Forward undoes that: the buttons of a mouse.
func (u *Window) Back() { u.navigate(u.browser.Navigation.Back) }

// Forward undoes Back.
func (u *Window) Forward() { u.navigate(u.browser.Navigation.Forward) }

func (u *Window) navigate(to func()) {
	if u.window.Canvas().Overlays().Top() == nil {
		to()
	}
}

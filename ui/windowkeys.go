package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui/present"
)

// digits are the keys of the first connections.
var digits = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

// addWindow adds the keys of the window as a whole.
func (k keys) addWindow() {
	u := k.u
	for key, do := range k.window() {
		u.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) {
			if u.window.Canvas().Overlays().Top() == nil {
				do()
			}
		})
	}
}

// window returns the keys that, with Ctrl held, close the window, quit Daypass, open the settings and go from one connection to
// another.
func (k keys) window() map[fyne.KeyName]func() {
	u := k.u
	all := map[fyne.KeyName]func(){
		fyne.KeyW: u.Leave, fyne.KeyQ: quitting{u}.byKey,
		fyne.KeyComma: func() { u.show(present.ShowSettings) },
	}
	for n, key := range digits {
		all[key] = func() { k.selectNumber(n) }
	}
	return all
}

// selectNumber shows a connection by its number in the sidebar.
func (k keys) selectNumber(n int) {
	if rows := k.u.shown.Sidebar.Rows; n < len(rows) {
		k.u.showSession(rows[n].ID)
	}
}

// Back goes to the location before, and Forward undoes that: the buttons of a mouse.
func (u *Window) Back() { keys{u}.navigate(u.browser.Navigation.Back) }

// Forward undoes Back.
func (u *Window) Forward() { keys{u}.navigate(u.browser.Navigation.Forward) }

func (k keys) navigate(to func()) {
	if k.u.window.Canvas().Overlays().Top() == nil {
		to()
	}
}

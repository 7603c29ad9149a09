package ui

import (
	"os"

	"fyne.io/fyne/v2"

	"daypass/ui/browser"
)

// opened is the file that was opened first.
func (u *Window) opened() browser.OpenedState {
	for _, f := range u.browser.Opened.Files() {
		return f
	}
	return browser.OpenedState{}
}

// Watching reports whether a file that was opened is checked for changes.
func (u *Window) Watching() bool { return u.opened().Shown != nil }

// Returned reports whether the change of a file that was opened is on its way back.
func (u *Window) Returned() bool { return u.opened().Returning }

// Safe reports whether what is in the file that was opened is in the storage too.
func (u *Window) Safe() bool {
	f := u.opened()
	info, err := os.Stat(f.Path)
	return err == nil && f.Saved && info.ModTime().Equal(f.Shown.ModTime())
}

// PressWithCtrl presses a key of the window with Ctrl held, which the toolkit's test canvas has no way for.
func (u *Window) PressWithCtrl(key fyne.KeyName) { keys{u}.window()[key]() }

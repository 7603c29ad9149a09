package ui

import (
	"os"

	"fyne.io/fyne/v2"
)

// Watching reports whether a file that was opened is looked at for changes.
func (u *Window) Watching() bool { return len(u.outside.all) > 0 && u.outside.all[0].seen != nil }

// Returned reports whether the change of a file that was opened is on its way back.
func (u *Window) Returned() bool { return len(u.outside.all) > 0 && u.outside.all[0].upload != "" }

// Safe reports whether what is in the file that was opened is in the storage too.
func (u *Window) Safe() bool {
	if len(u.outside.all) == 0 {
		return false
	}
	o := u.outside.all[0]
	info, err := os.Stat(o.path)
	return err == nil && o.saved != nil && o.saved == o.seen && info.ModTime().Equal(o.seen.ModTime())
}

// PressWithCtrl presses a key of the window with Ctrl held, which the toolkit's test canvas has no way for.
func (u *Window) PressWithCtrl(key fyne.KeyName) { u.windowKeys()[key]() }

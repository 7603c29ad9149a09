package ui

import "fyne.io/fyne/v2"

// Returned reports whether the change of a file that was opened is on its way back.
func (u *Window) Returned() bool { return len(u.opened) > 0 && u.opened[0].upload != "" }

// Safe reports whether what is in the file that was opened is in the storage too.
func (u *Window) Safe() bool { return len(u.opened) > 0 && u.safe(u.opened[0]) }

// PressWithCtrl presses a key of the window with Ctrl held, which the toolkit's test canvas has no way for.
func (u *Window) PressWithCtrl(key fyne.KeyName) { u.windowKeys()[key]() }

package ui

// Returned reports whether the change of a file that was opened is on its way back.
func (u *Window) Returned() bool { return len(u.opened) > 0 && u.opened[0].upload != "" }

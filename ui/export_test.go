package ui

// Returned reports whether the change of a file that was opened is on its way back.
func (u *Window) Returned() bool { return len(u.opened) > 0 && u.opened[0].upload != "" }

// Safe reports whether what is in the file that was opened is in the storage too.
func (u *Window) Safe() bool { return len(u.opened) > 0 && u.safe(u.opened[0]) }

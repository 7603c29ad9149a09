//go:build !(linux || freebsd || netbsd || openbsd || windows)

package tray

// newBar returns nil: here the window and the command line are Daypass's only faces.
func newBar() bar { return nil }

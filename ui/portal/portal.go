// Package portal asks the desktop for files and folders with the desktop's own dialog, where there is one that
// programs can ask: the file chooser of the XDG desktop portal, over D-Bus.
package portal

import "errors"

// ErrNone says that the desktop has no dialog that could be asked.
var ErrNone = errors.New("the desktop has no portal for files")

// Request is what the user is asked for.
type Request struct {
	// Parent is the window that asks, as "x11:" and its number in hexadecimal; empty where that is not known.
	Parent string
	// Title is the dialog's, and Accept the label of its button.
	Title, Accept string
	// Folders asks for folders in place of files.
	Folders bool
	// Several lets the user choose more than one.
	Several bool
	// Start is the folder to begin in; empty for the desktop's choice.
	Start string
}

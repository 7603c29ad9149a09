// Package view draws the frame of the window: the list of connections, the header of the one on screen, and what stands
// beside and below. It shows one model after another; it decides nothing and waits for nothing.
package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/transfers/transfersview"
)

// Commands are what the user can do with connections, and with the window. Each call returns at once.
type Commands interface {
	// Select shows a connection.
	Select(id string)
	// Do does something to a connection; an empty id means the agent or what is on screen.
	Do(id string, do present.Do)
	// Show goes to a screen.
	Show(screen present.Screen)
	// Dismiss hides the last failure.
	Dismiss()
	// Quit ends Daypass, the agent with its window.
	Quit()
	// ShowShortcuts lists the keys of the window.
	ShowShortcuts()
}

// Browser is the screen that browses the buckets of a connection.
type Browser interface {
	Object() fyne.CanvasObject
	// Main returns what the keyboard is for; nil for nothing in particular.
	Main() fyne.Focusable
	FocusPath()
	FocusFilter()
}

// Env is what the frame needs.
type Env struct {
	Kit      *kit.Kit
	Commands Commands
	// Transfers is what the user can do in the panel of transfers.
	Transfers transfersview.Commands
	// NewBrowser makes the screen that browses buckets; it is called once, when that is first shown.
	NewBrowser func() Browser
}

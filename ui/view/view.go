// Package view holds the screens of the window. A screen is made with the intents it may call and
// shows one view model after another; it decides nothing and waits for nothing.
package view

import (
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/transfers/transfersview"

	"fyne.io/fyne/v2"
)

// Intents is what a person can want. Each call returns at once.
type Intents interface {
	// Select shows a connection.
	Select(id string)
	// Do does something to a connection; an empty id means the agent or what is on screen.
	Do(id string, do present.Do)
	// Show goes to a screen.
	Show(screen present.Screen)
	// Dismiss puts a failure away.
	Dismiss()
	// Quit ends Daypass, the background part with its window.
	Quit()
	// Copy puts a text on the clipboard.
	Copy(text string)
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

// Env is what every screen needs.
type Env struct {
	Kit     *kit.Kit
	Intents Intents
	// Transfers is what the user can do in the panel of transfers.
	Transfers transfersview.Commands
	// NewBrowser makes the screen that browses buckets; it is called once, when that is first shown.
	NewBrowser func() Browser
}

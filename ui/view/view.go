// Package view holds the screens of the window. A screen is made with the intents it may call and
// shows one view model after another; it decides nothing and waits for nothing.
package view

import (
	"daypass/ui/browse"
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
	// Browser is the view of the storage of the connection on screen; nil where there is none.
	Browser() *browse.Browser
	// OpenPath goes to a typed path and says what is wrong with it otherwise.
	OpenPath(path string) string

	ObjectIntents
	SearchIntents
	DeletedIntents
	// Favourite reports whether the place on screen is one.
	Favourite() bool
}

// Side puts a pane beside the listing.
type Side interface {
	Beside(listing fyne.CanvasObject) fyne.CanvasObject
}

// Env is what every screen needs.
type Env struct {
	Kit     *kit.Kit
	Intents Intents
	Columns ColumnIntents
	// Transfers is what the user can do in the panel of transfers.
	Transfers transfersview.Commands
	// Side is the pane about what is selected.
	Side Side
}

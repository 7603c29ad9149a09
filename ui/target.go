package ui

import (
	"daypass/app"
	"daypass/app/connection"
	"daypass/app/location"
	"daypass/ui/problem"
)

// raise brings the window to the front and shows what it is asked to.
func (u *Window) raise(t app.WindowTarget) {
	u.window.RequestFocus()
	u.showTarget(t)
}

// showTarget shows what the window is asked to: a connection to be imported for review alone (rule 37), whatever sent it,
// or a place in a connection, once that can be browsed.
func (u *Window) showTarget(t app.WindowTarget) {
	switch {
	case connection.IsLink(t.Import):
		u.editor.ImportLink(t.Import)
	case t.Import != "":
		u.editor.ImportFile(t.Import)
	case t.Connection != "":
		u.showSession(t.Connection)
		u.showLocation(t.Connection, t.Location)
	}
}

func (u *Window) showLocation(connection, url string) {
	if url == "" {
		return
	}
	at, err := location.Parse(url)
	if err != nil {
		u.failed(problem.Of(err))
		return
	}
	u.browser.GoTo(connection, at)
}

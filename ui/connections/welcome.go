package connections

import "daypass/app/messages"

// Welcome is the ways to add a connection.
type Welcome struct {
	Title, Text string
	Sandbox     bool
	// Cancel is true where there is something to go back to.
	Cancel bool
}

// PresentWelcome returns the screen. sandbox is true where a sandbox offers its connection file, cancel where there is a
// connection already.
func PresentWelcome(sandbox, cancel bool) Welcome {
	w := Welcome{
		Title:   messages.Text("connections.welcome.title"),
		Text:    messages.Text("connections.welcome.text"),
		Sandbox: sandbox,
		Cancel:  cancel,
	}
	if cancel {
		w.Title = messages.Text("connections.add")
		w.Text = messages.Text("connections.welcome.what")
	}
	return w
}

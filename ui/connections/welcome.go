package connections

import "daypass/app/messages"

// Welcome is the ways to add a connection.
type Welcome struct {
	Title, Text string
	Sandbox     bool
	// Found is true where other programs are set up for servers.
	Found bool
	// Cancel is true where there is something to go back to.
	Cancel bool
}

// PresentWelcome returns the screen. sandbox is true where a sandbox offers its connection file, cancel where there is a
// connection already, found where other programs are set up for servers.
func PresentWelcome(sandbox, cancel, found bool) Welcome {
	w := Welcome{
		Title:   messages.Text("connections.welcome.title"),
		Text:    messages.Text("connections.welcome.text"),
		Sandbox: sandbox,
		Cancel:  cancel,
		Found:   found,
	}
	if cancel {
		w.Title = messages.Text("connections.add")
		w.Text = messages.Text("connections.welcome.what")
	}
	return w
}

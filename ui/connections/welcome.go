package connections

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
		Title:   "Sign in to your company's storage",
		Text:    "Daypass signs you in with your company login and keeps the keys for your tools fresh.",
		Sandbox: sandbox,
		Cancel:  cancel,
	}
	if cancel {
		w.Title = "Add a connection"
		w.Text = "A connection is a storage server and the login that opens it."
	}
	return w
}

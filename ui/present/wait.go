package present

// Wait is how long an answer of a server has been awaited, in steps that are worth saying so.
type Wait int

// The steps.
const (
	NoWait Wait = iota
	// SlowWait: the screen says what is awaited.
	SlowWait
	// LongWait: the screen says that it is still awaited.
	LongWait
)

// WaitingFor returns a clause about what is under way; empty while there is nothing to say.
func WaitingFor(server string, w Wait) string {
	switch w {
	case SlowWait:
		return ", waiting for " + server
	case LongWait:
		return ", still waiting for " + server
	}
	return ""
}

// waitTitle is the title of what is under way: title itself while there is nothing to say of the server.
func waitTitle(title, server string, w Wait) string {
	switch w {
	case SlowWait:
		return "Waiting for " + server
	case LongWait:
		return "Still waiting for " + server
	}
	return title
}

package present

import "daypass/ui/wait"

// Wait is how long an answer of a server has been awaited.
type Wait = wait.Wait

// The steps.
const (
	NoWait   = wait.None
	SlowWait = wait.Slow
	LongWait = wait.Long
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

// WaitTitle returns the title of what is under way: title itself while there is nothing to say of the server.
func WaitTitle(title, server string, w Wait) string {
	switch w {
	case SlowWait:
		return "Waiting for " + server
	case LongWait:
		return "Still waiting for " + server
	}
	return title
}

package present

import (
	"daypass/app/messages"
	"daypass/ui/wait"
)

// Wait is how long an answer of a server has been awaited.
type Wait = wait.Wait

// The steps.
const (
	NoWait   = wait.None
	SlowWait = wait.Slow
	LongWait = wait.Long
)

// WaitingFor returns what is under way with which server is awaited: activity itself while there is nothing to say of
// the server.
func WaitingFor(activity, server string, w Wait) string {
	switch w {
	case SlowWait:
		return messages.Text("window.waiting.activity", messages.Args{"Activity": activity, "Server": server})
	case LongWait:
		return messages.Text("window.waiting.activity-still", messages.Args{"Activity": activity, "Server": server})
	}
	return activity
}

// WaitTitle returns the title of what is under way: title itself while there is nothing to say of the server.
func WaitTitle(title, server string, w Wait) string {
	switch w {
	case SlowWait:
		return messages.Text("window.waiting", messages.Args{"Server": server})
	case LongWait:
		return messages.Text("window.waiting.still", messages.Args{"Server": server})
	}
	return title
}

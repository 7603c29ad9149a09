package notify

import (
	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/app/status"
)

// moreWait reports whether tools wait for the credentials of a session that did not before. While the user
// is signing in, or Daypass renews, they need not be told.
func moreWait(before, after app.Session) bool {
	switch after.Phase {
	case session.SignedOut, session.NeedsSignIn, session.SignInFailed:
		return len(after.Waiting) > len(before.Waiting)
	}
	return false
}

// describeWaiting says which tools wait. Each further one changes the same notice.
func describeWaiting(s app.Session) notice {
	var tools []string
	for _, name := range s.Waiting {
		tools = append(tools, clients.ShownName(name))
	}
	return notice{
		id: s.ID, severity: status.Error, signIn: true,
		title: messages.Text("agent.notify.waiting.title", messages.Args{"Connection": s.Name, "Tools": messages.Current().Format().List(tools)}),
		body:  messages.Text("agent.notify.waiting.next", messages.Args{"Connection": s.Name}),
	}
}

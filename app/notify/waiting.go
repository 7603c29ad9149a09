package notify

import (
	"strings"

	"daypass/app"
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
	return notice{
		id: s.ID, severity: status.Error, signIn: true,
		title: several(s.Waiting) + " for " + s.Name,
		body:  "Sign in to " + s.Name + ", then try again.",
	}
}

// several is who waits, in words.
func several(tools []string) string {
	if len(tools) == 1 {
		return tools[0] + " needs keys"
	}
	last := len(tools) - 1
	return strings.Join(tools[:last], ", ") + " and " + tools[last] + " need keys"
}

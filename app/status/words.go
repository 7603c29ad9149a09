package status

import (
	"slices"

	"daypass/app"
	"daypass/app/messages"
)

// Label returns what a user calls the state, such as "renewal failed".
func (st Status) Label() string { return messages.Text(table[st.State].label) }

// Text returns the label with the time left, such as "renewal failed, 12 min left". remaining writes that time; it is
// not called where there are no credentials.
func (st Status) Text(remaining func() string) string {
	id := table[st.State].remaining
	if id == "" || st.ExpiresAt.IsZero() {
		return st.Label()
	}
	return messages.Text(id, messages.Args{"TimeLeft": remaining()})
}

// Who returns a sentence on whose session it is, empty where that is nobody's. Somebody who has no credentials any
// more is not signed in, whatever is remembered of them.
func (st Status) Who(s app.Session) string {
	user := messages.Args{"User": s.Identity}
	switch {
	case s.Identity == "":
		return ""
	case st.ExpiresAt.IsZero() && st.State != Renewing && st.State != Retrying && st.State != Expired:
		return messages.Text("status.user.last-signed-in", user)
	}
	return messages.Text("status.user.signed-in", user)
}

// urgency are the severities, the most urgent last.
var urgency = []Severity{Neutral, OK, Busy, Warning, Error}

// MoreUrgent reports whether st wants the user's eye more than other does. Credentials that have expired by
// themselves want it more than anything that still works; who has signed out wants it so.
func (st Status) MoreUrgent(other Status) bool { return st.rank() > other.rank() }

func (st Status) rank() int {
	if st.State == Retrying || st.State == Expired {
		return 2*slices.Index(urgency, Warning) + 1
	}
	return 2 * slices.Index(urgency, st.Severity)
}

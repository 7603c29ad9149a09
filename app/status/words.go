package status

import (
	"slices"
	"strings"

	"daypass/app"
)

// Label returns what a user calls the state, such as "renewal failed".
func (st Status) Label() string { return table[st.State].label }

// Text returns the label with the time left, such as "renewal failed, 12 min left". left is what the caller makes of
// ExpiresAt; it is not asked for where there are no credentials.
func (st Status) Text(remaining func() string) string {
	row := table[st.State]
	if row.remaining == "" || st.ExpiresAt.IsZero() {
		return row.label
	}
	return strings.Replace(row.remaining, "LEFT", remaining(), 1)
}

// Who returns a sentence on whose session it is, empty where that is nobody's. Somebody who has no credentials any
// more is not signed in, whatever is remembered of them.
func (st Status) Who(s app.Session) string {
	switch {
	case s.Identity == "":
		return ""
	case st.ExpiresAt.IsZero() && st.State != Renewing && st.State != Retrying && st.State != Expired:
		return "Last signed in as " + s.Identity
	}
	return "Signed in as " + s.Identity
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

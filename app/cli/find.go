package cli

import (
	"fmt"
	"strings"

	"daypass/app"
)

// nameError means that a name given is that of no connection, or of several.
type nameError struct{ text string }

func (e *nameError) Error() string { return e.text }

// find returns the session that name means: by its ID, or by the name that is shown.
func find(snapshot app.Snapshot, name string) (app.Session, error) {
	found := app.Named(snapshot.Sessions, name)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return app.Session{}, &nameError{fmt.Sprintf("there is no connection %q%s", name, offer(" (there are: ", snapshot.Sessions))}
	}
	return app.Session{}, &nameError{fmt.Sprintf("several connections have the name %q%s", name, offer(" (use an ID: ", found))}
}

// offer lists IDs in parentheses, or returns nothing where there are none.
func offer(before string, sessions []app.Session) string {
	if len(sessions) == 0 {
		return ""
	}
	ids := make([]string, len(sessions))
	for i, s := range sessions {
		ids[i] = s.ID
	}
	return before + strings.Join(ids, ", ") + ")"
}

// byID returns the session with this ID.
func byID(snapshot app.Snapshot, id string) (app.Session, bool) {
	for _, s := range snapshot.Sessions {
		if s.ID == id {
			return s, true
		}
	}
	return app.Session{}, false
}

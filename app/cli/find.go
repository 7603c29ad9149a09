package cli

import (
	"daypass/app"
	"daypass/app/messages"
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
		if len(snapshot.Sessions) == 0 {
			return app.Session{}, &nameError{messages.Text("cli.error.name-unknown", messages.Args{"Name": name})}
		}
		return app.Session{}, &nameError{messages.Text("cli.error.name-unknown.others", messages.Args{"Name": name, "IDs": idList(snapshot.Sessions)})}
	}
	return app.Session{}, &nameError{messages.Text("cli.error.name-ambiguous", messages.Args{"Name": name, "IDs": idList(found)})}
}

// idList returns the IDs of sessions in one line.
func idList(sessions []app.Session) string {
	ids := make([]string, len(sessions))
	for i, s := range sessions {
		ids[i] = s.ID
	}
	return formatter().Names(ids)
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

package app

import (
	"daypass/app/connection"
	"daypass/app/tools"
)

// Named returns the sessions that name means: the one with this ID or handle, else those with the name,
// compared by connection.NameKey. Names are distinct, so that there is more than one only while files change.
func Named(sessions []Session, name string) []Session {
	var found []Session
	key := connection.NameKey(name)
	for _, s := range sessions {
		if s.ID == name || tools.Handle(s.ID) == name {
			return []Session{s}
		}
		if connection.NameKey(s.Name) == key {
			found = append(found, s)
		}
	}
	return found
}

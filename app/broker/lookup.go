package broker

import "daypass/app"

// sessionOf returns a session. app.ErrNoConnection where it is not there, app.ErrStopped once Daypass has stopped.
func sessionOf(sessions Sessions, id string) (app.Session, error) {
	snapshot, err := sessions.Snapshot()
	if err != nil {
		return app.Session{}, err
	}
	s, there := snapshot.Session(id)
	if !there {
		return app.Session{}, app.ErrNoConnection
	}
	return s, nil
}

// sessionNamed returns the session that a tool means: by ID, by handle, or by name.
func sessionNamed(sessions Sessions, name string) (app.Session, error) {
	snapshot, err := sessions.Snapshot()
	if err != nil {
		return app.Session{}, err
	}
	found := app.Named(snapshot.Sessions, name)
	switch len(found) {
	case 0:
		return app.Session{}, app.ErrNoConnection
	case 1:
		return found[0], nil
	}
	return app.Session{}, app.ErrAmbiguous
}

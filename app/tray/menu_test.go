package tray

import (
	"testing"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/status"
)

var noon = time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)

// lasting is a session in a phase, with keys that last.
func lasting(p session.Phase, left time.Duration) app.Session {
	s := app.Session{ID: "lake", Name: "Lake", Identity: "ada@example.com", Phase: p, ExpiresAt: noon.Add(left)}
	if p == session.Active {
		s.RenewAt = s.ExpiresAt.Add(-time.Minute)
	}
	return s
}

// Each state has a text, a severity and a time at which it changes.
func TestDescribe_everyState(t *testing.T) {
	unrenewed := func(left time.Duration) app.Session {
		s := lasting(session.Active, left)
		s.RenewAt = time.Time{}
		return s
	}
	failing := lasting(session.Active, 12*time.Minute)
	failing.Failures = 2
	signedOut := app.Session{Name: "Lake", Phase: session.SignedOut}
	tests := []struct {
		session app.Session
		title   string
		want    status.Severity
		next    time.Duration // zero: never
	}{
		{signedOut, "Lake – signed out", status.Neutral, 0},
		{app.Session{Name: "Lake", Phase: session.SigningIn}, "Lake – waiting for your browser", status.Busy, 0},
		{app.Session{Name: "Lake", Phase: session.Exchanging}, "Lake – getting credentials", status.Busy, 0},
		{lasting(session.Renewing, 5*time.Minute), "Lake – renewing, 5 min left", status.Busy, 1},
		{lasting(session.Active, 42*time.Minute+10*time.Second), "Lake – 42 min left", status.OK, 10*time.Second + 1},
		{lasting(session.Active, 7*time.Hour-1), "Lake – 6 h left", status.OK, time.Hour},
		{lasting(session.Active, 100*time.Hour), "Lake – 4 d left", status.OK, 4*time.Hour + 1},
		{lasting(session.Active, 59*time.Second), "Lake – less than 1 min left", status.OK, 59 * time.Second},
		{lasting(session.Active, 0), "Lake – expired", status.Neutral, 0},
		{failing, "Lake – renewal failed, 12 min left", status.Warning, 1},
		{unrenewed(7*time.Hour + time.Minute), "Lake – 7 h left", status.OK, time.Minute + 1},
		{unrenewed(15*time.Minute + time.Second), "Lake – 15 min left", status.OK, time.Second},
		{unrenewed(15 * time.Minute), "Lake – expires in 15 min", status.Warning, 1},
		{lasting(session.NeedsSignIn, 9*time.Minute+1), "Lake – sign in again, 9 min left", status.Warning, 2},
		{lasting(session.NeedsSignIn, 0), "Lake – sign in again", status.Error, 0},
		{lasting(session.Expired, 0), "Lake – expired, retrying", status.Neutral, 0},
		{app.Session{Name: "Lake", Phase: session.SignInFailed}, "Lake – sign-in failed", status.Error, 0},
	}
	for _, tt := range tests {
		m := show(app.Snapshot{Sessions: []app.Session{tt.session}}, false, noon)
		var next time.Duration
		if !m.next.IsZero() {
			next = m.next.Sub(noon)
		}
		if m.entries[0].title != tt.title || m.severity != tt.want || next != tt.next {
			t.Errorf("got %q, %s, changes in %v; want %q, %s, %v", m.entries[0].title, m.severity, next, tt.title, tt.want, tt.next)
		}
		if m.tooltip != "Daypass: "+tt.title {
			t.Errorf("tooltip %q", m.tooltip)
		}
		if later := show(app.Snapshot{Sessions: []app.Session{tt.session}}, false, m.next); !m.next.IsZero() && later.entries[0].title == tt.title && later.severity == tt.want {
			t.Errorf("%q is the same after %v", tt.title, next)
		}
	}
}

// The icon shows the most urgent state.
func TestDescribe_iconShowsMostUrgent(t *testing.T) {
	phases := []session.Phase{
		session.SignedOut, session.Active, session.Renewing, session.NeedsSignIn, session.Expired, session.SignInFailed,
	}
	want := []status.Severity{status.Neutral, status.OK, status.Busy, status.Warning, status.Neutral, status.Error}
	var all app.Snapshot
	for i, p := range phases {
		left := time.Hour
		if p == session.Expired {
			left = 0
		}
		all.Sessions = append(all.Sessions, lasting(p, left))
		if m := show(all, false, noon); m.severity != want[i] {
			t.Errorf("with %s: %s, want %s", p, m.severity, want[i])
		}
	}
	if m := show(app.Snapshot{}, false, noon); m.severity != status.Neutral || m.tooltip != "Daypass" || !m.next.IsZero() {
		t.Errorf("with no connection: %+v", m)
	}
}

// The menu offers the commands that are possible.
func TestDescribe_offersPossibleCommands(t *testing.T) {
	tests := map[session.Phase]struct {
		signIn string
		can    app.Can
		who    string
	}{
		session.SignedOut:    {"Sign in", app.Can{SignIn: true}, ""},
		session.SigningIn:    {"Sign in", app.Can{Cancel: true}, ""},
		session.Exchanging:   {"Sign in", app.Can{Cancel: true}, ""},
		session.Active:       {"Sign in", app.Can{Renew: true, SignOut: true}, "Signed in as ada@example.com"},
		session.Renewing:     {"Sign in", app.Can{SignOut: true}, "Signed in as ada@example.com"},
		session.NeedsSignIn:  {"Sign in again", app.Can{SignIn: true, SignOut: true}, "Signed in as ada@example.com"},
		session.SignInFailed: {"Sign in", app.Can{SignIn: true}, ""},
	}
	for phase, want := range tests {
		s := lasting(phase, time.Hour)
		if phase == session.SignedOut || phase == session.SignInFailed {
			s.Identity, s.ExpiresAt = "", time.Time{}
		}
		e := show(app.Snapshot{Sessions: []app.Session{s}}, false, noon).entries[0]
		if e.signIn != want.signIn || e.can != want.can || e.who != want.who {
			t.Errorf("%s: %+v, want %+v", phase, e, want)
		}
	}
}

package tray

import (
	"testing"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/status"
	"daypass/ui/present"
)

// TestTray_agreesWithWindow compares what the two front ends show of a session, in every phase and state: the same
// words and the same severity in the tray's menu, its icon, the sidebar, the header and the message of the window.
func TestTray_agreesWithWindow(t *testing.T) {
	with := func(s app.Session, change func(*app.Session)) app.Session {
		change(&s)
		return s
	}
	unrenewed := func(s *app.Session) { s.RenewAt = time.Time{} }
	failing := func(s *app.Session) { s.Failures = 2 }
	noProblem := func(*app.Session) {}
	withProblem := func(s *app.Session) {
		s.Problem = &app.Problem{Title: "The provider refuses", Detail: "It says so.", NextStep: "Sign in again."}
	}
	states := map[status.State]bool{}
	for _, s := range []app.Session{
		lasting(session.SignedOut, 0),
		lasting(session.SigningIn, 0), lasting(session.SigningIn, time.Hour),
		lasting(session.Exchanging, 0), lasting(session.Exchanging, time.Hour),
		lasting(session.Active, 42*time.Minute), lasting(session.Active, 7*time.Hour), lasting(session.Active, 48*time.Hour),
		lasting(session.Active, 30*time.Second), lasting(session.Active, 0),
		with(lasting(session.Active, 12*time.Minute), failing),
		with(lasting(session.Active, 12*time.Minute), unrenewed), with(lasting(session.Active, time.Hour), unrenewed),
		lasting(session.Renewing, 5*time.Minute), lasting(session.Renewing, 0),
		lasting(session.NeedsSignIn, 9*time.Minute), lasting(session.NeedsSignIn, 0),
		lasting(session.Expired, 0), lasting(session.SignInFailed, 0),
	} {
		for _, change := range []func(*app.Session){noProblem, withProblem} {
			s := with(s, change)
			states[status.Of(s, noon).State] = true
			checkAgreement(t, s)
		}
	}
	for _, state := range []status.State{
		status.SignedOut, status.WaitingForUser, status.Exchanging, status.SignedIn, status.Renewing, status.RenewalFailed,
		status.ExpiresSoon, status.SignInDue, status.SignInAgain, status.Retrying, status.Expired, status.SignInFailed,
	} {
		if !states[state] {
			t.Errorf("no session is %s", state)
		}
	}
}

func checkAgreement(t *testing.T, s app.Session) {
	t.Helper()
	snapshot := app.Snapshot{Revision: 1, Sessions: []app.Session{s}}
	m := show(snapshot, false, noon)
	w := present.Present(present.Input{
		Snapshot: snapshot, Agent: present.Agent{Ready: true}, Screen: present.ShowSession, Selected: s.ID, Now: noon,
	})
	row, tray := w.Sidebar.Rows[0], m.entries[0]
	if want := row.Name + " – " + row.Word; tray.title != want || m.tooltip != "Daypass: "+want {
		t.Errorf("%s: the menu says %q, the tooltip %q, the sidebar %q", s.Phase, tray.title, m.tooltip, want)
	}
	if w.Session.Word != row.Word || w.Session.Name != row.Name {
		t.Errorf("%s: the header says %q, the sidebar %q", s.Phase, w.Session.Word, row.Word)
	}
	for where, severity := range map[string]status.Severity{
		"icon": m.severity, "sidebar": row.Severity, "header": w.Session.Severity, "clock": w.Session.Clock.Severity, "message": w.Session.Message.Severity,
	} {
		if severity != "" && severity != tray.severity { // the window has either a clock or a message
			t.Errorf("%s: %s in the menu, %s in the %s", s.Phase, tray.severity, severity, where)
		}
	}
	if tray.who != "" && tray.who != w.Session.Who {
		t.Errorf("%s: the menu says %q, the header %q", s.Phase, tray.who, w.Session.Who)
	}
	if tray.can != row.Can || row.Can != w.Session.Can {
		t.Errorf("%s: the menu offers %+v, the sidebar %+v, the header %+v", s.Phase, tray.can, row.Can, w.Session.Can)
	}
}

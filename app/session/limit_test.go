package session_test

import (
	"testing"
	"time"

	"daypass/app/session"
)

// active is a session that has begun and could be renewed forever.
func active(t *testing.T) *story {
	t.Helper()
	y := begin(t)
	return y.on(y.stored("r1", 50*time.Minute)).is(session.Active)
}

// At the time that the user has set, the session is signed out as by hand: nothing is renewed any more, and all is revoked.
func TestLimit_endsSession(t *testing.T) {
	y := active(t)
	y.on(session.Limit{Until: y.now.Add(30 * time.Minute)}).is(session.Active).does()
	if want := y.now.Add(20 * time.Minute); !y.s.NextWake(y.now).Equal(want) {
		t.Errorf("it wakes at %v, not for the reminder", y.s.NextWake(y.now))
	}
	y.after(20 * time.Minute).on(session.Woke{}).is(session.Active).does()
	if !y.s.EndsSoon {
		t.Error("nobody is reminded")
	}
	y.after(10 * time.Minute).on(session.Woke{}).is(session.SignedOut).does("Revoke")
	if y.s.Problem == nil || y.s.Problem.Code != session.CodeTimeLimit || y.s.Credentials != nil || !y.s.EndsAt.IsZero() || y.persist == nil {
		t.Errorf("%+v", y.s)
	}
	y.on(session.SignedOutRemotely{Attempt: y.s.Attempt, Revoked: true}).is(session.SignedOut)
}

// It ends at once where the computer slept over it, before anything is renewed, and where the agent was not running.
func TestLimit_passedUnnoticed(t *testing.T) {
	y := active(t)
	y.on(session.Limit{Until: y.now.Add(time.Hour)}).after(5 * time.Hour).on(session.Woke{}).is(session.SignedOut).does("Revoke")

	y = begin(t)
	e := y.stored("r1", 50*time.Minute)
	e.EndsAt = y.now.Add(-time.Minute)
	y.on(e).is(session.SignedOut).does("Revoke")
}

// A limit is kept by a restart and by renewals, is changed and removed, and does not outlive the session.
func TestLimit_keptAndRemoved(t *testing.T) {
	y := active(t)
	until := y.now.Add(3 * time.Hour)
	y.on(session.Limit{Until: until})
	if y.persist == nil || !y.persist.Record.EndsAt.Equal(until) {
		t.Errorf("stored %+v", y.persist)
	}
	y.after(40 * time.Minute).on(session.Woke{}).is(session.Renewing)
	y.on(y.tokens("r2", time.Hour)).on(y.keys(time.Hour)).is(session.Active)
	if !y.s.EndsAt.Equal(until) {
		t.Errorf("after a renewal it ends at %v", y.s.EndsAt)
	}
	y.on(session.Limit{}).after(5 * time.Hour)
	if !y.s.EndsAt.IsZero() {
		t.Errorf("it still ends at %v", y.s.EndsAt)
	}
	y = active(t)
	y.on(session.Limit{Until: until}).on(session.SignOut{}).on(session.Limit{Until: until})
	if !y.s.EndsAt.IsZero() {
		t.Errorf("a session that there is not ends at %v", y.s.EndsAt)
	}
}

// A limit that is set while the browser is open counts for the session to come.
func TestLimit_duringSignIn(t *testing.T) {
	y := begin(t)
	y.on(session.SignIn{}).on(session.Limit{Until: y.now.Add(time.Hour)}).is(session.SigningIn)
	y.on(session.Answered{Attempt: y.s.Attempt}).on(y.tokens("r1", time.Hour)).on(y.keys(8 * time.Hour)).is(session.Active)
	y.after(time.Hour).on(session.Woke{}).is(session.SignedOut)

	y = begin(t)
	y.on(session.SignIn{}).on(session.Limit{Until: y.now.Add(time.Hour)}).on(session.Cancel{}).is(session.SignedOut)
	y.on(session.SignIn{})
	if !y.s.EndsAt.IsZero() {
		t.Errorf("the limit of a canceled sign-in counts for the next: %v", y.s.EndsAt)
	}
}

package status

import (
	"slices"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/session"
)

var now = time.Date(2026, 1, 2, 10, 0, 0, 0, time.UTC)

func lasting(phase session.Phase, remaining time.Duration) app.Session {
	s := app.Session{Phase: phase, Identity: "ada", IssuedAt: now.Add(-time.Hour), ExpiresAt: now.Add(remaining), RenewAt: now.Add(remaining / 2)}
	if remaining <= 0 {
		s.RenewAt = time.Time{}
	}
	return s
}

func change(s app.Session, f func(*app.Session)) app.Session {
	f(&s)
	return s
}

func TestOf_phases(t *testing.T) {
	remaining := func() string { return "9 min" }
	for _, tt := range []struct {
		session  app.Session
		state    State
		severity Severity
		text     string
	}{
		{app.Session{Phase: session.SignedOut}, SignedOut, Neutral, "signed out"},
		{app.Session{Phase: session.SigningIn}, WaitingForUser, Busy, "waiting for your browser"},
		{app.Session{Phase: session.Exchanging}, Exchanging, Busy, "getting credentials"},
		{lasting(session.Active, time.Hour), SignedIn, OK, "9 min left"},
		{lasting(session.Active, -1), Expired, Neutral, "expired"},
		{lasting(session.Renewing, time.Hour), Renewing, Busy, "renewing, 9 min left"},
		{lasting(session.Renewing, -1), Renewing, Busy, "renewing"},
		{change(lasting(session.Active, time.Hour), func(s *app.Session) { s.Failures = 1 }), RenewalFailed, Warning, "renewal failed, 9 min left"},
		{change(lasting(session.Active, ExpiresSoonBefore), func(s *app.Session) { s.RenewAt = time.Time{} }), ExpiresSoon, Warning, "expires in 9 min"},
		{change(lasting(session.Active, ExpiresSoonBefore+1), func(s *app.Session) { s.RenewAt = time.Time{} }), SignedIn, OK, "9 min left"},
		{lasting(session.Active, ExpiresSoonBefore), SignedIn, OK, "9 min left"},
		{lasting(session.NeedsSignIn, time.Hour), SignInDue, Warning, "sign in again, 9 min left"},
		{lasting(session.NeedsSignIn, 0), SignInAgain, Error, "sign in again"},
		{lasting(session.Expired, 0), Retrying, Neutral, "expired, retrying"},
		{lasting(session.SignInFailed, 0), SignInFailed, Error, "sign-in failed"},
	} {
		got := Of(tt.session, now)
		if got.State != tt.state || got.Severity != tt.severity || got.Text(remaining) != tt.text {
			t.Errorf("%s: %s %s %q, want %s %s %q", tt.session.Phase, got.State, got.Severity, got.Text(remaining), tt.state, tt.severity, tt.text)
		}
		if valid := tt.session.HasCredentials(now); got.ExpiresAt.IsZero() == valid {
			t.Errorf("%s: expires at %v", got.State, got.ExpiresAt)
		}
	}
}

func TestTable_everyStateIsWhole(t *testing.T) {
	for state, row := range table {
		if !messages.Has(row.label) || row.remaining != "" && !messages.Has(row.remaining) || !slices.Contains(urgency, row.severity) {
			t.Errorf("%s: %+v", state, row)
		}
	}
}

// What time alone changes is announced: shortly before ChangesAt the status is the same, at it another.
func TestChangesAt_announcesChange(t *testing.T) {
	for _, s := range []app.Session{
		lasting(session.Active, time.Hour), lasting(session.NeedsSignIn, time.Hour), lasting(session.Renewing, time.Hour),
		change(lasting(session.Active, time.Hour), func(s *app.Session) { s.RenewAt = time.Time{} }),
	} {
		is := Of(s, now)
		before, at := Of(s, is.ChangesAt.Add(-1)), Of(s, is.ChangesAt)
		if before != is {
			t.Errorf("%s becomes %s before %v", is.State, before.State, is.ChangesAt)
		}
		if at.State == is.State && at.ExpiresAt.Equal(is.ExpiresAt) {
			t.Errorf("%s stays at %v", is.State, is.ChangesAt)
		}
	}
}

// Nobody is called signed in whose sign-in has failed or ended.
func TestWho_onlySignedIn(t *testing.T) {
	for phase, want := range map[session.Phase]string{
		session.SignInFailed: "Last signed in as ada", session.NeedsSignIn: "Last signed in as ada", session.SignedOut: "Last signed in as ada",
		session.Expired: "Signed in as ada", session.Renewing: "Signed in as ada",
	} {
		s := lasting(phase, -1)
		if got := Of(s, now).Who(s); got != want {
			t.Errorf("%s: %q, want %q", phase, got, want)
		}
	}
	valid := lasting(session.NeedsSignIn, time.Minute)
	if got := Of(valid, now).Who(valid); got != "Signed in as ada" {
		t.Errorf("with credentials: %q", got)
	}
	if got := Of(app.Session{}, now).Who(app.Session{}); got != "" {
		t.Errorf("nobody: %q", got)
	}
}

func TestMoreUrgent_order(t *testing.T) {
	order := []app.Session{
		{Phase: session.SignedOut},
		lasting(session.Active, time.Hour), lasting(session.Renewing, time.Hour),
		lasting(session.NeedsSignIn, time.Hour), lasting(session.Expired, 0), lasting(session.SignInFailed, 0),
	}
	for i := 1; i < len(order); i++ {
		less, more := Of(order[i-1], now), Of(order[i], now)
		if !more.MoreUrgent(less) || less.MoreUrgent(more) || more.MoreUrgent(more) {
			t.Errorf("%s against %s", more.State, less.State)
		}
	}
}

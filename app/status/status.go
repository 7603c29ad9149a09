// Package status is the one table from a session's state to what is shown of it: how urgent it is, what it is called,
// and when that changes. The window, the tray, the notifications and the command line all use it, so that they never
// disagree.
package status

import (
	"time"

	"daypass/app"
	"daypass/app/session"
)

// Severity is how urgent a state is, as a color and a shape show it.
type Severity string

// The severities.
const (
	// Neutral: the user is signed out and wants it so, or credentials have expired and are being renewed.
	Neutral Severity = "neutral"
	// OK: there are credentials.
	OK Severity = "ok"
	// Busy: something is under way that needs a moment, or the user in their browser.
	Busy Severity = "busy"
	// Warning: credentials still work, and will not for long.
	Warning Severity = "warning"
	// Error: there are no credentials, and only the user can help.
	Error Severity = "error"
)

// State is what a user is told of a session.
type State string

// The states.
const (
	SignedOut      State = "signed-out"
	WaitingForUser State = "waiting-for-user"
	Exchanging     State = "exchanging"
	SignedIn       State = "signed-in"
	Renewing       State = "renewing"
	// RenewalFailed: credentials still work, and an attempt to renew them has failed.
	RenewalFailed State = "renewal-failed"
	// ExpiresSoon: credentials still work for ExpiresSoonBefore at most, and nothing renews them.
	ExpiresSoon State = "ends-soon"
	// SignInDue: credentials still work, and only the user can renew them.
	SignInDue State = "sign-in-soon"
	// SignInAgain: credentials have expired, and only the user can get new ones.
	SignInAgain State = "sign-in-again"
	// Retrying: credentials have expired, and Daypass tries to renew them.
	Retrying State = "retrying"
	// Expired: credentials have expired, and what follows from that is not known yet.
	Expired State = "expired"
	// SignInFailed: the last sign-in failed.
	SignInFailed State = "sign-in-failed"
)

// ExpiresSoonBefore is the time before their expiry from which credentials that nothing renews end soon.
const ExpiresSoonBefore = 15 * time.Minute

// Status is what is shown of a session at a moment.
type Status struct {
	State    State
	Severity Severity
	// ExpiresAt is when the credentials expire that work now; zero where there are none.
	ExpiresAt time.Time
	// ChangesAt is when time alone makes it another status; zero: never.
	ChangesAt time.Time
}

// Of returns the status of s at now.
func Of(s app.Session, now time.Time) Status {
	st := Status{State: stateOf(s, now)}
	if s.HasCredentials(now) {
		st.ExpiresAt, st.ChangesAt = s.ExpiresAt, s.ExpiresAt
		if warnAt := s.ExpiresAt.Add(-ExpiresSoonBefore); st.State == SignedIn && s.RenewAt.IsZero() {
			st.ChangesAt = warnAt
		}
	}
	st.Severity = table[st.State].severity
	return st
}

func stateOf(s app.Session, now time.Time) State {
	valid := s.HasCredentials(now)
	switch s.Phase {
	case session.SigningIn:
		return WaitingForUser
	case session.Exchanging:
		return Exchanging
	case session.Renewing:
		return Renewing
	case session.Active:
		return activeState(s, valid, now)
	case session.NeedsSignIn:
		if valid {
			return SignInDue
		}
		return SignInAgain
	case session.Expired:
		return Retrying
	case session.SignInFailed:
		return SignInFailed
	}
	return SignedOut
}

func activeState(s app.Session, valid bool, now time.Time) State {
	switch {
	case !valid:
		return Expired
	case s.Failures > 0:
		return RenewalFailed
	case s.RenewAt.IsZero() && s.ExpiresAt.Sub(now) <= ExpiresSoonBefore:
		return ExpiresSoon
	}
	return SignedIn
}

// table is what belongs to each state: its severity, the ID of its label, and that of the label with the time left; empty
// for none.
var table = map[State]struct {
	severity         Severity
	label, remaining string
}{
	SignedOut:      {Neutral, "status.signed-out", ""},
	WaitingForUser: {Busy, "status.waiting-for-browser", ""},
	Exchanging:     {Busy, "status.exchanging", ""},
	SignedIn:       {OK, "status.signed-in", "status.signed-in.left"},
	Renewing:       {Busy, "status.renewing", "status.renewing.left"},
	RenewalFailed:  {Warning, "status.renewal-failed", "status.renewal-failed.left"},
	ExpiresSoon:    {Warning, "status.expires-soon", "status.expires-soon.in"},
	SignInDue:      {Warning, "status.sign-in-again", "status.sign-in-again.left"},
	SignInAgain:    {Error, "status.sign-in-again", ""},
	Retrying:       {Neutral, "status.retrying", ""},
	Expired:        {Neutral, "status.expired", ""},
	SignInFailed:   {Error, "status.sign-in-failed", ""},
}

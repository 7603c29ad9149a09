package session_test

import (
	"testing"
	"time"

	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/secret"
)

// stored is a session with keys of the given life left, as it was stored.
func (y *story) stored(refresh string, identity time.Duration) session.Restored {
	return session.Restored{Record: session.Record{
		Tokens:      auth.Tokens{RefreshToken: secret.New(refresh), Identity: auth.Identity{Subject: "ada"}},
		Credentials: sampleKeys(y.now.Add(identity-time.Hour), y.now.Add(identity)),
		RevokeType:  "mark", Renewals: 3,
	}}
}

// A stored session continues where it was.
func TestRestored_continues(t *testing.T) {
	y := begin(t)
	y.on(y.stored("r1", 50*time.Minute)).is(session.Active).does().renewsIn(34 * time.Minute)
	if y.s.Renewals != 3 || y.s.RevokeType != "mark" {
		t.Errorf("%+v", y.s)
	}
}

// A stored session whose renewal is overdue is renewed.
func TestRestored_overdueIsRenewed(t *testing.T) {
	y := begin(t)
	y.on(y.stored("r1", 10*time.Minute)).is(session.Active)
	if !y.s.RenewAt.Before(y.now) {
		t.Fatal("an overdue renewal waits")
	}
	y.on(session.Woke{}).is(session.Renewing).does("Refresh")

	y = begin(t)
	y.on(y.stored("r1", -time.Hour)).is(session.Expired).does("Refresh")

	y = begin(t) // killed between the tokens and the first keys
	e := y.stored("r1", time.Hour)
	e.Credentials = nil
	y.on(e).is(session.Exchanging).does("Refresh")
}

// A stored session is renewed if the clock was set back.
func TestRestored_clockSetBackRenews(t *testing.T) {
	y := begin(t)
	e := y.stored("r1", 5*time.Hour)
	e.Doubtful = true
	y.on(e).is(session.Renewing).does("Refresh")
}

// A stored session without a refresh token lasts as long as its credentials.
func TestRestored_withoutRefreshToken(t *testing.T) {
	y := begin(t)
	y.on(y.stored("", 10*time.Minute)).is(session.Active).does()
	y.after(10 * time.Minute).on(session.Woke{}).is(session.NeedsSignIn)

	y = begin(t)
	y.on(y.stored("", -time.Minute)).is(session.NeedsSignIn)
}

// What a user did in the meantime counts more than what was stored.
func TestRestored_userActionWins(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.stored("old", 10*time.Minute)).is(session.SigningIn).does()
	y = signedIn(t)
	y.on(y.stored("old", 10*time.Minute)).is(session.Active).does()
	if y.s.Tokens.RefreshToken.Reveal() != "r1" {
		t.Error("the stored token replaced the user's own")
	}
}

// A refresh that a new sign-in overtook brings a token of the session before.
func TestRule24_revokesRotatedTokenOfPreviousSession(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{}).does("Refresh").on(session.SignIn{})
	y.on(y.tokens("new", 2*time.Minute))
	y.on(session.Rotated{Spent: secret.New("r1"), RefreshToken: secret.New("r2")}).does("Revoke")
	if got := y.s.Tokens.RefreshToken.Reveal(); got != "new" {
		t.Errorf("the session now has %q", got)
	}
}

// Credentials that are seconds old are not renewed on request.
func TestRenew_ignoresNewCredentials(t *testing.T) {
	y := signedIn(t)
	y.after(4 * time.Second).on(session.Renew{}).is(session.Active).does()
	y.after(2 * time.Second).on(session.Renew{}).is(session.Renewing).does("Refresh")
	y.on(y.failure(session.Transient))
	y.on(session.Renew{}).is(session.Renewing)
}

// An answer that may not be the server's fails a sign-in, and a renewal is tried again.
func TestFailed_disturbedSignInAndRenewal(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.tokens("r1", time.Hour)).on(y.failure(session.Disturbed)).is(session.SignInFailed).does("Revoke")

	y = signedIn(t).after(44 * time.Minute).on(session.Woke{})
	y.on(y.failure(session.Disturbed)).is(session.Active).renewsIn(2 * time.Second)
}

// A pause that the server requests is bounded.
func TestRetryAfter_isBounded(t *testing.T) {
	for earliest, want := range map[time.Duration]time.Duration{10 * time.Second: 10 * time.Second, 24 * time.Hour: 2 * time.Minute} {
		y := signedIn(t).after(44 * time.Minute).on(session.Woke{})
		f := y.failure(session.Transient)
		f.Failure.RetryAfter = earliest
		y.on(f).renewsIn(want)
	}
}

// A request that hung until its timeout is followed by a short pause, not by a whole one.
func TestRule25_pauseCountsFromBeginningOfAttempt(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{})
	for n := range 6 {
		y.after(20 * time.Second).on(y.failure(session.Transient))
		whole := schedule.Backoff(n+1, 1)
		if pause := y.s.RenewAt.Sub(y.now); pause < 2*time.Second || pause > max(whole-20*time.Second, schedule.Backoff(1, 1)) {
			t.Fatalf("a pause of %v after a request of 20 s", pause)
		}
		y.after(y.s.RenewAt.Sub(y.now)).on(session.Woke{}).does("Refresh")
	}
}

// A sign-out revokes credentials only while they are valid.
func TestRule33_signOutRevokesValidCredentialsOnly(t *testing.T) {
	y := signedIn(t).on(session.SignOut{}).does("Revoke")
	if e := y.effects[0].(session.Revoke); e.Credentials == nil || e.RefreshToken.Reveal() != "r1" {
		t.Errorf("%+v", e)
	}
	y = signedIn(t).after(2 * time.Hour).on(session.SignOut{}).does("Revoke")
	if e := y.effects[0].(session.Revoke); e.Credentials != nil {
		t.Error("keys that have ended are to be ended")
	}
}

// noRenewal is the failure of a renewal whose refresh token works and brings nothing to exchange.
func (y *story) noRenewal() session.Failed {
	f := y.failure(session.SignInAgain)
	f.Failure.TokenWorks = true
	return f
}

// A provider that sends no ID token on a refresh: the refresh token still works, so that signing out revokes
// it, and it is not used again without success.
func TestRule20_refreshWithoutIDToken(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{}).does("Refresh")
	y.on(y.noRenewal()).is(session.NeedsSignIn).does()
	y.on(session.Renew{}).does()
	y.after(time.Hour).on(session.Woke{Back: true}).does()
	y.on(session.SignOut{}).is(session.SignedOut).does("Revoke")
	if got := y.effects[0].(session.Revoke).RefreshToken.Reveal(); got != "r1" {
		t.Errorf("revoked %q", got)
	}
}

// One refresh is spent on an ID token that is not renewed.
func TestRefresh_onceForIDTokenThatIsNotRenewed(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.tokens("r1", time.Hour)).on(y.keys(time.Hour)).is(session.Active)
	y.after(48 * time.Minute).on(session.Woke{}).does("Refresh")
	again := y.tokens("r2", 12*time.Minute) // the ID token of before
	again.Tokens.NoIDTokenOnRefresh = true
	y.on(again).does("Exchange").on(y.keys(12 * time.Minute)).is(session.Active)
	if !y.s.RenewAt.IsZero() || y.s.CanRenew(y.now) {
		t.Errorf("the next renewal is planned at %v", y.s.RenewAt)
	}
	y.on(session.Renew{}).does()
	y.after(12 * time.Minute).on(session.Woke{}).is(session.NeedsSignIn).does()
	y.on(session.SignOut{}).does("Revoke")
}

// Anyone who waits for a sign-out waits until provider and server have been told.
func TestRule33_signOutWaitsForProviderAndServer(t *testing.T) {
	y := signedIn(t).on(session.SignOut{}).is(session.SignedOut)
	y.on(session.SignedOutRemotely{Attempt: y.s.Attempt, Problem: &session.Problem{Code: session.CodeSignOutIncomplete}})
	if !y.s.SigningOut {
		t.Error("the disk's report ended it")
	}
	if y.on(session.SignedOutRemotely{Attempt: y.s.Attempt, Revoked: true}); y.s.SigningOut {
		t.Error("it does not end")
	}
	y = begin(t).on(session.SignOut{})
	if y.s.SigningOut {
		t.Error("there was nobody to tell")
	}
	y = signedIn(t).on(session.SignOut{}).on(session.SignIn{})
	if y.s.SigningOut {
		t.Error("a new sign-in does not end it")
	}
}

package session_test

import (
	"testing"
	"time"

	"daypass/app/session"
	"daypass/auth/secret"
)

// persists checks what the last step has stored: the refresh token, or "" for a removal.
func (y *story) persists(refresh string, ask bool) *story {
	y.t.Helper()
	if y.persist == nil {
		y.t.Fatal("nothing is stored")
	}
	if got := y.persist.Record.Tokens.RefreshToken.Reveal(); got != refresh || y.persist.Ask != ask || y.persist.Attempt != y.s.Attempt {
		y.t.Fatalf("stored %q, asking %v, in attempt %d of %d", got, y.persist.Ask, y.persist.Attempt, y.s.Attempt)
	}
	return y
}

func (y *story) persistsNothing() *story {
	y.t.Helper()
	if y.persist != nil {
		y.t.Fatalf("stored %+v", y.persist)
	}
	return y
}

func TestPersist_followsWhatOutlivesTheAgent(t *testing.T) {
	y := begin(t).on(session.SignIn{}).persistsNothing()
	y.on(y.tokens("r1", 2*time.Minute)).persists("r1", true)
	y.on(y.keys(time.Hour)).persists("r1", true)
	y.after(time.Minute).on(session.Woke{}).persistsNothing()
	y.after(43 * time.Minute).on(session.Woke{}).does("Refresh").persistsNothing()
	y.on(session.Rotated{Spent: secret.New("r1"), RefreshToken: secret.New("r2")}).persists("r2", false)
	y.on(y.failure(session.Transient)).persistsNothing()
	y.on(session.SignOut{}).persists("", false)
	if y.persist.Record != (session.Record{}) {
		t.Errorf("left on disk: %+v", y.persist.Record)
	}
	y.on(session.SignOut{}).persistsNothing()
}

// Why only the user can go on is stored; a passing problem is not.
func TestPersist_problemThatNeedsTheUser(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{})
	y.on(y.failure(session.SignInAgain)).persists("", false)
	if r := y.persist.Record; !r.MustSignIn || r.Problem == nil || r.Credentials == nil {
		t.Errorf("%+v", r)
	}
}

func TestPersist_restoredSessionIsStoredAgain(t *testing.T) {
	y := begin(t)
	y.on(y.stored("r1", 50*time.Minute)).persists("r1", false)
}

func (y *story) ends(signedOut bool) *story {
	y.t.Helper()
	if y.ended == nil || y.ended.SignedOut != signedOut {
		y.t.Fatalf("ended: %+v, want signed out %v", y.ended, signedOut)
	}
	return y
}

func TestEnded_onSignOutAndForAnotherUser(t *testing.T) {
	y := signedIn(t)
	if y.ended != nil {
		t.Error("a first sign-in ends a session")
	}
	y.on(session.SignIn{})
	y.on(y.tokens("r2", time.Hour))
	if y.ended != nil {
		t.Error("the same user's sign-in ends the session")
	}
	y.on(session.SignOut{}).ends(true)
	y = otherUser(t)
	if y.ended != nil {
		t.Error("it ends before the answer")
	}
	y.on(session.Answer{Attempt: y.s.Attempt, Yes: true}).ends(false)
	y = signedIn(t).after(44 * time.Minute).on(session.Woke{})
	y.on(y.failure(session.Refused))
	if y.ended != nil {
		t.Error("a refused renewal ends the session")
	}
}

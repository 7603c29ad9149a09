package session_test

import (
	"testing"
	"time"

	"daypass/app/session"
)

// otherUser is a sign-in that ends with the tokens of eve, in a session of ada's.
func otherUser(t *testing.T) *story {
	t.Helper()
	y := signedIn(t).after(time.Minute).on(session.SignIn{}).does("OpenBrowser")
	other := y.tokens("r5", time.Hour)
	other.Tokens.Identity.Subject = "eve"
	y.on(other).is(session.SigningIn).does()
	if q := y.s.Question; q == nil || q.Code != session.QuestionUser || q.ID != y.s.Attempt {
		t.Fatalf("asked %+v", q)
	}
	return y
}

func (y *story) isAdas(refresh string) *story {
	y.t.Helper()
	if y.s.Tokens.Identity.Subject != "ada" || y.s.Tokens.RefreshToken.Reveal() != refresh || y.s.Credentials == nil || y.s.Question != nil {
		y.t.Fatalf("the session is no longer ada's: %+v", y.s)
	}
	return y
}

// Somebody who brings another account than before gets nowhere without the user's yes.
func TestRule45_asksAboutOtherUser(t *testing.T) {
	y := otherUser(t)
	if got := y.s.Tokens.Identity.Subject; got != "ada" {
		t.Fatalf("%s is signed in before the answer", got)
	}
	y.on(session.Answer{Attempt: y.s.Attempt, Yes: true}).is(session.Exchanging).does("Exchange")
	if y.s.Tokens.Identity.Subject != "eve" || y.s.Credentials != nil || !y.effects[0].(session.Exchange).NewSignIn {
		t.Errorf("after a yes: %+v", y.s)
	}
}

// Without a yes the session goes on as it was, and the other token is given back.
func TestRule45_sessionStaysWithoutYes(t *testing.T) {
	for name, e := range map[string]func(*story) session.Event{
		"no":      func(y *story) session.Event { return session.Answer{Attempt: y.s.Attempt} },
		"cancel":  func(*story) session.Event { return session.Cancel{} },
		"silence": func(y *story) session.Event { y.now = y.s.NextWake(y.now); return session.Woke{} },
	} {
		y := otherUser(t)
		y.on(e(y)).is(session.Active).does("Abort", "Revoke").isAdas("r1")
		if got := y.effects[1].(session.Revoke).RefreshToken.Reveal(); got != "r5" {
			t.Errorf("%s: %s is revoked", name, got)
		}
		y.on(session.Renew{}).does("Refresh")
	}
}

// An old answer does not count for a new question.
func TestAnswer_oldOneIsIgnored(t *testing.T) {
	y := otherUser(t)
	y.on(session.Answer{Attempt: y.s.Attempt - 1, Yes: true}).is(session.SigningIn).does()
	y.on(session.SignIn{}).is(session.SigningIn).does()
	y.on(session.SignOut{}).is(session.SignedOut).does("Abort", "Revoke", "Revoke")
}

// After a sign-out anyone may sign in without a question.
func TestSignOut_nextUserIsNotAskedAbout(t *testing.T) {
	y := signedIn(t).on(session.SignOut{}).on(session.SignIn{})
	other := y.tokens("r5", time.Hour)
	other.Tokens.Identity.Subject = "eve"
	y.on(other).is(session.Exchanging).does("Exchange")
}

// The sign-in begins again with a yes, in the way that was chosen.
func TestRule38_yesRestartsSignIn(t *testing.T) {
	for _, device := range []bool{false, true} {
		y := begin(t).on(session.SignIn{Device: device}).does("OpenBrowser")
		earliest := session.NeedsAnswer{Attempt: y.s.Attempt, Question: session.Question{Code: session.QuestionHost}, Deadline: y.now.Add(time.Minute)}
		y.on(earliest).is(session.SigningIn).does()
		old := y.s.Attempt
		y.on(session.Answer{Attempt: old, Yes: true}).is(session.SigningIn).does("Abort", "OpenBrowser")
		if again := y.effects[1].(session.OpenBrowser); again.Device != device || again.Attempt == old || y.s.Question != nil {
			t.Errorf("%+v", again)
		}
	}
	y := begin(t).on(session.SignIn{})
	y.on(session.NeedsAnswer{Attempt: y.s.Attempt, Deadline: y.now.Add(time.Minute)})
	y.on(session.Answer{Attempt: y.s.Attempt}).is(session.SignedOut).does("Abort")
}

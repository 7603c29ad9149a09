package session_test

import (
	"testing"
	"time"

	"daypass/app/session"
	"daypass/auth/secret"
)

// Whatever happens in whatever order, the promises hold.
func FuzzStep(f *testing.F) {
	f.Add([]byte{0, 10, 20, 30, 40, 50, 60, 70})
	f.Add([]byte{0, 4, 5, 6, 7, 4, 9, 7, 9, 5, 6})
	f.Add([]byte("\"0\t"))
	f.Add([]byte{0, 4, 5, 6, 7, 28, 10, 255, 255, 3, 6, 6})
	f.Fuzz(func(t *testing.T, script []byte) {
		y := begin(t)
		for _, b := range script {
			byUser := b%17 == 0 || b%17 == 16
			y.after(time.Duration(b) * 7 * time.Second).on(y.event(b))
			y.holds(byUser)
		}
	})
}

func (y *story) event(b byte) session.Event {
	classes := []session.Class{session.Transient, session.Refused, session.SignInAgain, session.WrongUser, session.Canceled}
	if b >= 128 {
		classes = []session.Class{session.RenewalRefused, session.RenewalDoubted}
	}
	switch b % 17 {
	case 16:
		return session.Answer{Attempt: y.s.Attempt, Yes: b%2 == 0}
	case 15:
		return session.NeedsAnswer{Attempt: y.s.Attempt, Deadline: y.now.Add(time.Minute)}
	case 14:
		other := y.tokens("r4", time.Hour)
		other.Tokens.Identity.Subject = "eve"
		return other
	case 13:
		return y.stored([]string{"", "r1"}[b%2], time.Duration(b)*time.Minute-time.Hour)
	case 12:
		return session.Rotated{Spent: y.s.Tokens.RefreshToken, RefreshToken: secret.New("r3")}
	case 0:
		return session.SignIn{}
	case 1:
		return session.Cancel{}
	case 2:
		return session.SignOut{}
	case 3:
		return session.Renew{}
	case 4:
		return session.LinkReady{Attempt: y.s.Attempt - uint64(b%3/2)}
	case 5:
		return session.Answered{Attempt: y.s.Attempt}
	case 6:
		return y.tokens([]string{"", "r1", "r2"}[b%3], time.Duration(b)*time.Minute)
	case 7:
		return y.keys(time.Duration(b) * time.Minute)
	case 8:
		return session.SignedOutRemotely{Attempt: y.s.Attempt, Problem: &session.Problem{Code: session.CodeSignOutIncomplete}}
	case 9:
		return y.failure(classes[int(b)%len(classes)])
	case 11:
		return session.Limit{Until: y.now.Add(time.Duration(b) * time.Minute)}
	case 10:
		return session.Woke{Back: b%2 == 0}
	}
	return session.KeyPairsChanged{Set: somePairs()}
}

// holds checks what is true of every state after every event.
func (y *story) holds(byUser bool) {
	y.t.Helper()
	s := y.s
	for _, e := range y.effects {
		if _, ok := e.(session.OpenBrowser); ok && !byUser {
			y.t.Fatal("a browser without a user")
		}
	}
	if s.KeyPairs != nil && s.Tokens.Identity.Subject == "" {
		y.t.Fatal("key pairs of nobody")
	}
	live := s.HasCredentials(y.now)
	switch s.Phase {
	case session.Active, session.Renewing:
		if !live {
			y.t.Fatalf("%s without live keys", s.Phase)
		}
	case session.Expired:
		if live || s.Work == session.Idle && s.RenewAt.IsZero() {
			y.t.Fatalf("expired with live keys (%v), or with nothing planned", live)
		}
	case session.NeedsSignIn, session.SignInFailed:
		if s.Problem == nil {
			y.t.Fatalf("%s without a reason", s.Phase)
		}
	case session.SignedOut:
		if s.Credentials != nil || !s.Tokens.RefreshToken.IsZero() {
			y.t.Fatal("signed out with something left")
		}
	case session.SigningIn, session.Exchanging:
		if s.Work == session.Idle {
			y.t.Fatalf("%s and nothing under way", s.Phase)
		}
	default:
		y.t.Fatalf("unknown phase %q", s.Phase)
	}
	if !s.EndsAt.IsZero() && !y.now.Before(s.EndsAt) {
		y.t.Fatal("a session past its end")
	}
	if s.Work == session.Idle && s.CanRenew(y.now) && s.RenewAt.IsZero() {
		y.t.Fatal("a session that could renew never will")
	}
}

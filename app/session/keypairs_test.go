package session_test

import (
	"testing"
	"time"

	"daypass/app/keypairs"
	"daypass/app/session"
)

func somePairs() *keypairs.Set {
	return &keypairs.Set{Port: 20001, Pairs: []keypairs.Pair{{Name: "restic", AccessKeyID: "DAYPASS1"}}}
}

// Key pairs are stored with the session, survive the agent and a sign-in of the same user, and end with the session.
func TestKeyPairs_endWithTheSession(t *testing.T) {
	set := somePairs()
	y := signedIn(t).on(session.KeyPairsChanged{Set: set}).persists("r1", false)
	if y.persist.Record.KeyPairs != set {
		t.Errorf("stored %+v", y.persist.Record.KeyPairs)
	}
	record := y.persist.Record
	y.on(session.KeyPairsChanged{Set: set}).persistsNothing()
	y.on(session.SignIn{})
	y.on(y.tokens("r2", 2*time.Minute))
	if y.s.KeyPairs != set {
		t.Error("another sign-in of the same user ended them")
	}
	y.on(y.keys(time.Hour)).on(session.SignOut{}).persists("", false)
	if y.s.KeyPairs != nil {
		t.Error("they outlive the session")
	}
	restored := begin(t).on(session.Restored{Record: record})
	if restored.s.KeyPairs != set {
		t.Errorf("restored %+v", restored.s.KeyPairs)
	}
}

// Key pairs of one user are none of another's, and without a user there are none.
func TestKeyPairs_ofOneUserOnly(t *testing.T) {
	y := signedIn(t).on(session.KeyPairsChanged{Set: somePairs()}).on(session.SignIn{})
	other := y.tokens("r2", 2*time.Minute)
	other.Tokens.Identity.Subject = "bob"
	y.on(other).on(session.Answer{Attempt: y.s.Attempt, Yes: true})
	if y.s.Tokens.Identity.Subject != "bob" || y.s.KeyPairs != nil {
		t.Errorf("%+v", y.s)
	}
	if y := begin(t).on(session.KeyPairsChanged{Set: somePairs()}).persistsNothing(); y.s.KeyPairs != nil {
		t.Error("key pairs of nobody")
	}
}

package ui_test

import (
	"testing"
	"time"

	"daypass/ui/uitest"
)

// A session is limited from its menu, and the window says when it ends.
func TestLimit_ofSession(t *testing.T) {
	s := uitest.SignedIn(time.Hour)
	s.EndsAt = uitest.Now.Add(3 * time.Hour)
	b := newBench(t, one(s))
	b.press("connection-menu")
	b.press("connection.limit")
	b.see("Time limit for Research lake")
	b.press("limit.2h0m0s")
	b.asked("limit research-lake " + uitest.Now.Add(2*time.Hour).UTC().Format(time.RFC3339))
	b.press("connection-menu")
	b.press("connection.limit")
	b.press("limit.none")
	b.asked("limit research-lake 0001-01-01T00:00:00Z")
}

// Where nobody is signed in, the choice of an end signs in.
func TestLimit_signsIn(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.press("connection-menu")
	b.press("connection.limit")
	b.see("Sign in for a limited time")
	b.press("limit.1h0m0s")
	b.asked("sign-in research-lake")
	b.asked("limit research-lake " + uitest.Now.Add(time.Hour).UTC().Format(time.RFC3339))
}

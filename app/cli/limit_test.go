package cli

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app/session"
)

// A time of day is the next one that there is, and what is unclear is refused.
func TestSessionLimit_end(t *testing.T) {
	now := time.Date(2026, 3, 28, 17, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		limit sessionLimit
		want  time.Time
		set   bool
	}{
		{sessionLimit{}, time.Time{}, false},
		{sessionLimit{duration: 2 * time.Hour}, now.Add(2 * time.Hour), true},
		{sessionLimit{until: "18:00"}, now.Add(time.Hour), true},
		{sessionLimit{until: "9:30"}, time.Date(2026, 3, 29, 9, 30, 0, 0, time.UTC), true},
		{sessionLimit{until: "17:00"}, now.Add(24 * time.Hour), true},
		{sessionLimit{until: "Never"}, time.Time{}, true},
	} {
		at, set, err := c.limit.end(now)
		if err != nil || set != c.set || !at.Equal(c.want) {
			t.Errorf("%+v: %v %t %v, want %v %t", c.limit, at, set, err, c.want, c.set)
		}
	}
	for _, l := range []sessionLimit{{duration: time.Hour, until: "18:00"}, {duration: -time.Hour}, {until: "25:00"}, {until: "soon"}} {
		var usage usageError
		if _, _, err := l.end(now); !errors.As(err, &usage) {
			t.Errorf("%+v: %v", l, err)
		}
	}
}

func (f *fakeCore) LimitSession(_ context.Context, id string, until time.Time) error {
	f.calls = append(f.calls, "limit "+id+" "+until.UTC().Format(time.RFC3339))
	return nil
}

// A sign-in is limited once it has begun, and a session that there is at once.
func TestLoginCommand_limit(t *testing.T) {
	t.Setenv("SSH_CONNECTION", "")
	synctest.Test(t, func(t *testing.T) {
		until := time.Date(2026, 3, 28, 18, 0, 0, 0, time.UTC)
		limited := func(p *program, ctx context.Context, f follower) error {
			return (&signIn{p: p, f: f, until: until, limited: true}).run(ctx, false)
		}
		f := play(phase(session.SignedOut), phase(session.SigningIn), active("ada", time.Hour))
		_, stderr, err := run(t, f, limited)
		if want := "sign in lake,limit lake 2026-03-28T18:00:00Z"; err != nil || strings.Join(f.calls, ",") != want || !strings.Contains(stderr, "You will then be signed out") {
			t.Errorf("%v, calls %v, %s", err, f.calls, stderr)
		}
		f = play(active("ada", time.Hour))
		_, stderr, err = run(t, f, func(p *program, ctx context.Context, f follower) error {
			return (&signIn{p: p, f: f, limited: true}).run(ctx, false)
		})
		if want := "limit lake 0001-01-01T00:00:00Z"; err != nil || strings.Join(f.calls, ",") != want || !strings.Contains(stderr, "no time limit") {
			t.Errorf("%v, calls %v, %s", err, f.calls, stderr)
		}
	})
}

package notify

import (
	"slices"
	"testing"
	"time"

	"daypass/app"
)

// The end that the user has set is told of once it is near, and not where it was set so near; the notice goes with the
// session.
func TestDecide_endOfLimitedSession(t *testing.T) {
	limited := func(left time.Duration, soon bool) app.Session {
		s := good
		s.EndsAt, s.EndsSoon = noon.Add(left), soon
		return s
	}
	far, near := limited(9*time.Minute, false), limited(9*time.Minute, true)
	c := decide(snapshot(far), snapshot(near), noon)
	if len(c.show) != 1 || c.show[0].title != "Session for Lake ends soon" || c.show[0].body != "You will be signed out in 9 min, at the time limit that you set." || c.show[0].signIn {
		t.Errorf("%+v", c)
	}
	if c := decide(snapshot(near), snapshot(near), noon); len(c.show) > 0 {
		t.Errorf("again: %+v", c)
	}
	if c := decide(snapshot(good), snapshot(near), noon); len(c.show) > 0 {
		t.Errorf("just set: %+v", c)
	}
	if c := decide(snapshot(near), snapshot(out), noon); !slices.Equal(c.withdraw, []string{"lake"}) {
		t.Errorf("after the end: %+v", c)
	}
}

package present_test

import (
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

func TestClock_texts(t *testing.T) {
	tests := []struct {
		left          time.Duration
		clock, coarse string
		// next is when the first of the words changes.
		next time.Duration
	}{
		{999 * time.Millisecond, "0:01", "less than 1 min left", time.Second},
		{59 * time.Second, "0:59", "less than 1 min left", time.Second},
		{time.Minute, "1:00", "1 min left", time.Second},
		{10 * time.Minute, "10:00", "10 min left", time.Second},
		{10*time.Minute + time.Second, "10 min", "10 min left", time.Second},
		{59*time.Minute + 59*time.Second, "59 min", "59 min left", time.Minute},
		{time.Hour, "1 h", "1 h left", time.Second},
		{time.Hour + 30*time.Second, "1 h", "1 h left", 31 * time.Second},
		{6*time.Hour + 12*time.Minute + 40*time.Second, "6 h 12 min", "6 h 12 min left", 41 * time.Second},
		{24 * time.Hour, "1 d", "1 d left", time.Second},
		{76*time.Hour + 5*time.Minute, "3 d 4 h", "3 d 4 h left", 5*time.Minute + time.Second},
	}
	for _, tt := range tests {
		s := uitest.SignedIn(tt.left)
		s.RenewAt = uitest.Now.Add(1000*time.Hour + 59*time.Minute)
		w := present.Present(ready(app.Snapshot{Sessions: []app.Session{s}}))
		if w.Session.Clock.Text != tt.clock || w.Session.Word != tt.coarse {
			t.Errorf("%v: clock %q, word %q; want %q, %q", tt.left, w.Session.Clock.Text, w.Session.Word, tt.clock, tt.coarse)
		}
		if next := w.Next.Sub(uitest.Now); next != tt.next {
			t.Errorf("%v: changes in %v, want %v", tt.left, next, tt.next)
		}
	}
}

// Next is exact: until then no word changes, and at it one does. Two hours are walked through.
func TestClock_nextChange(t *testing.T) {
	in := ready(app.Snapshot{Sessions: []app.Session{uitest.SignedIn(2*time.Hour + 3*time.Second)}})
	end := uitest.Now.Add(2*time.Hour + 10*time.Second)
	w := present.Present(in)
	for steps := 0; in.Now.Before(end) && !w.Next.IsZero(); steps++ {
		before := words(w)
		in.Now = w.Next.Add(-time.Millisecond)
		if now := words(present.Present(in)); now != before {
			t.Fatalf("at %v the words changed before their time:\n%s\n%s", in.Now, before, now)
		}
		in.Now = w.Next
		if w = present.Present(in); words(w) == before {
			t.Fatalf("at %v nothing changed, but the clock rang", in.Now)
		}
		if steps > 2*3600 {
			t.Fatal("the clock rings more than once a second")
		}
	}
	if w.Session.Clock.Text != "" {
		t.Errorf("at the end the clock still says %q", w.Session.Clock.Text)
	}
}

func words(w present.Window) string {
	s := w.Session
	return strings.Join([]string{s.Word, s.Clock.Text, s.Renews, s.Message.Title, s.Message.Clock, w.Sidebar.Rows[0].Word}, "|")
}

// The ring shows the share of the keys' own life, whatever was asked for.
func TestShareOfLife_ring(t *testing.T) {
	for left, want := range map[time.Duration]float32{time.Hour: 1, 45 * time.Minute: 0.75, 30 * time.Minute: 0.5, 2 * time.Hour: 1, time.Second: 0} {
		s := uitest.SignedIn(left)
		s.IssuedAt, s.RequestedDuration = s.ExpiresAt.Add(-time.Hour), 12*3600
		if got := present.Present(ready(app.Snapshot{Sessions: []app.Session{s}})).Session.Clock.Share; got != want {
			t.Errorf("%v of an hour: %v, want %v", left, got, want)
		}
	}
	s := uitest.SignedIn(time.Hour)
	s.IssuedAt = s.ExpiresAt
	if got := present.Present(ready(app.Snapshot{Sessions: []app.Session{s}})).Session.Clock.Share; got != 0 {
		t.Errorf("a life of nothing: %v", got)
	}
}

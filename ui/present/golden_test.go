package present_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

// states are the sessions of the pictures, by the name of their golden.
func states() map[string]app.Session {
	hour := 42*time.Minute + 10*time.Second
	duration := uitest.SignedIn(hour)
	duration.RequestedDuration, duration.ClockSkew = 12*3600, 180
	fixed := uitest.SignedIn(9*time.Minute + 59*time.Second)
	fixed.RenewAt = time.Time{}
	failing := uitest.SignedIn(hour)
	failing.Failures, failing.RenewAt = 1, uitest.Now.Add(2*time.Minute)
	failing.Problem = &app.Problem{Title: "The storage server cannot be reached", Detail: "It did not respond in time."}
	asking := uitest.Lost(-time.Minute)
	asking.Waiting = []string{"aws", "python3 train.py", "rclone"}
	signedOut := uitest.SignedOut()
	signedOut.Problem = &app.Problem{Title: "Signed out here only", Detail: "login.example.com could not be told."}
	return map[string]app.Session{
		"active": uitest.SignedIn(hour), "renewing": uitest.Phase(uitest.SignedIn(3*time.Minute), session.Renewing),
		"notes": duration, "ends-soon": fixed, "renewal-failed": failing,
		"days": uitest.SignedIn(76*time.Hour + 5*time.Minute), "needs-sign-in-live": uitest.Lost(hour), "needs-sign-in": uitest.Lost(-time.Minute),
		"signed-out": uitest.SignedOut(), "sign-out-incomplete": signedOut, "waiting": uitest.Waiting(),
		"exchanging": uitest.Phase(uitest.SignedOut(), session.Exchanging), "trouble": uitest.Refused(), "expired": uitest.Ended(), "tools-wait": asking,
	}
}

// What the window says in every state of a session, word by word.
func TestSession_golden(t *testing.T) {
	for name, s := range states() {
		t.Run(name, func(t *testing.T) {
			w := present.Present(present.Input{Snapshot: uitest.Snapshot(s), Agent: present.Agent{Ready: true}, Screen: present.ShowSession, Selected: s.ID, Now: uitest.Now})
			uitest.Golden(t, name+".txt", describe(w))
		})
	}
}

// describe writes a window down as a user would read it from top to bottom.
func describe(w present.Window) string {
	var b strings.Builder
	line := func(format string, args ...any) {
		if s := strings.TrimRight(fmt.Sprintf(format, args...), " "); s != "" {
			b.WriteString(s + "\n")
		}
	}
	line("[%s]", w.Title)
	for _, r := range w.Sidebar.Rows {
		line("%-4s %s%s: %s", r.Severity, map[bool]string{true: "* "}[r.Selected], r.Name, r.Word)
	}
	s := w.Session
	line("\n# %s (%s)", s.Name, s.Severity)
	line("%s", s.Who)
	line("%s", s.Where)
	if s.Clock.Text != "" {
		line("clock %s %.3f %s", s.Clock.Text, s.Clock.Share, s.Clock.Severity)
	}
	line("%s", s.Renews)
	line("can %s", able(s.Can))
	if s.Banner.Text != "" {
		line("banner %s: %s [%s]", s.Banner.Severity, s.Banner.Text, s.Banner.Action.Label)
	}
	for _, n := range s.Notes {
		line("note: %s", n)
	}
	if s.Browse {
		line("\n(buckets)")
	} else {
		uitest.DescribeMessage(line, s.Message)
	}
	line("\nchanges in %v", w.Next.Sub(uitest.Now))
	return b.String()
}

func able(c present.Can) string {
	var out []string
	for _, one := range []struct {
		name string
		on   bool
	}{{"sign in", c.SignIn}, {"cancel", c.Cancel}, {"renew", c.Renew}, {"sign out", c.SignOut}} {
		if one.on {
			out = append(out, one.name)
		}
	}
	return strings.Join(out, ", ")
}

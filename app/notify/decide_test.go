package notify

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/status"
)

var noon = time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)

// at is a session in a phase, with so many failures and so much life left in its keys.
func at(p session.Phase, failures int, text time.Duration) app.Session {
	s := app.Session{ID: "lake", Name: "Lake", Phase: p, Failures: failures}
	if text != dead {
		s.ExpiresAt = noon.Add(text)
	}
	if failures > 0 || p == session.NeedsSignIn {
		s.Problem = &app.Problem{Detail: "login.example says no."}
	}
	return s
}

const (
	live = 12 * time.Minute
	dead = 0
)

var (
	good     = at(session.Active, 0, live)
	once     = at(session.Active, 1, live)
	twice    = at(session.Active, 2, live)
	trying   = at(session.Renewing, 2, live)
	thrice   = at(session.Active, 3, live)
	expired  = at(session.Expired, 9, dead)
	refused  = at(session.NeedsSignIn, 1, live)
	lost     = at(session.NeedsSignIn, 1, dead)
	browsing = at(session.SigningIn, 0, live)
	out      = app.Session{ID: "lake", Name: "Lake", Phase: session.SignedOut}
	failed   = app.Session{ID: "lake", Name: "Lake", Phase: session.SignInFailed}
)

func snapshot(sessions ...app.Session) app.Snapshot { return app.Snapshot{Sessions: sessions} }

func TestDecide_shows(t *testing.T) {
	tests := []struct {
		name          string
		before, after app.Session
		title, body   string
		severity      status.Severity
		signIn        bool
	}{
		{
			"a renewal fails", once, twice, "Renewal failed for Lake",
			"login.example says no. Daypass keeps trying. Your credentials expire in 12 min.", status.Warning, false,
		},
		{
			"the keys end while it is tried", twice, expired, "Credentials for Lake have expired",
			"login.example says no. Daypass keeps trying to renew them.", status.Error, false,
		},
		{
			"the provider asks for the user", good, refused, "Sign in to Lake again",
			"login.example says no. Your credentials expire in 12 min.", status.Warning, true,
		},
		{
			"the provider asks for the user after failures", thrice, refused, "Sign in to Lake again",
			"login.example says no. Your credentials expire in 12 min.", status.Warning, true,
		},
		{"the provider asks for the user after the end", expired, lost, "Your session for Lake has ended", "login.example says no. Sign in again to continue.", status.Error, true},
		{"the keys end and nothing renews them", good, lost, "Your session for Lake has ended", "login.example says no. Sign in again to continue.", status.Error, true},
		{"the keys end after it was said", refused, lost, "Your session for Lake has ended", "login.example says no. Sign in again to continue.", status.Error, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := decide(snapshot(tt.before), snapshot(tt.after), noon)
			if len(c.show) != 1 || len(c.withdraw) != 0 {
				t.Fatalf("%+v", c)
			}
			if got, want := c.show[0], (notice{"lake", tt.title, tt.body, tt.severity, tt.signIn}); got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestDecide_staysSilent(t *testing.T) {
	tests := map[string][2]app.Session{
		"a success":                   {browsing, good},
		"a renewal that goes well":    {at(session.Renewing, 0, live), good},
		"one failure":                 {good, once},
		"another failure":             {twice, thrice},
		"another attempt":             {twice, trying},
		"a sign-out":                  {good, out},
		"a sign-in that was given up": {browsing, refused},
		"a sign-in that failed":       {browsing, failed},
		"nothing new":                 {lost, lost},
	}
	for name, tt := range tests {
		if c := decide(snapshot(tt[0]), snapshot(tt[1]), noon); len(c.show) != 0 {
			t.Errorf("%s: %+v", name, c.show)
		}
	}
	for _, s := range []app.Session{twice, expired, refused, lost} {
		if c := decide(app.Snapshot{}, snapshot(s), noon); len(c.show) != 0 {
			t.Errorf("what was so when the agent started: %+v", c.show)
		}
	}
}

func TestDecide_withdraws(t *testing.T) {
	tests := map[string][2]app.Snapshot{
		"it recovered":           {snapshot(thrice), snapshot(good)},
		"it recovered after all": {snapshot(expired), snapshot(good)},
		"the user signs in":      {snapshot(lost), snapshot(browsing)},
		"the user signs out":     {snapshot(refused), snapshot(out)},
		"it was removed":         {snapshot(refused), snapshot()},
	}
	for name, tt := range tests {
		if c := decide(tt[0], tt[1], noon); !slices.Equal(c.withdraw, []string{"lake"}) || len(c.show) != 0 {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

// An outage of an hour, as the snapshots show it: once for the failing, once for the end.
func TestDecide_reportsOutageOnce(t *testing.T) {
	var before app.Snapshot
	var titles []string
	take := func(s app.Session) {
		after := snapshot(s)
		for _, n := range decide(before, after, noon).show {
			titles = append(titles, n.title)
		}
		before = after
	}
	take(good)
	for i := range 100 {
		take(at(session.Renewing, i, live))
		take(at(session.Active, i+1, live))
	}
	for i := range 100 {
		take(at(session.Expired, 100+i, dead))
	}
	take(good)
	want := "Renewal failed for Lake, Credentials for Lake have expired"
	if got := strings.Join(titles, ", "); got != want {
		t.Errorf("said %q", got)
	}
}

func TestExpiry_neverLaterThanSaid(t *testing.T) {
	const now, in = "Your credentials are about to expire.", "Your credentials expire in "
	for d, want := range map[time.Duration]string{
		-1: now, 1999 * time.Millisecond: now, 2 * time.Second: in + "2 s.", 59 * time.Second: in + "59 s.",
		time.Minute: in + "1 min.", 119 * time.Second: in + "1 min.", 2 * time.Minute: in + "2 min.",
		119*time.Minute + 59*time.Second: in + "1 h 59 min.", 2 * time.Hour: in + "2 h.", 47*time.Hour + 59*time.Minute: in + "1 d 23 h.",
	} {
		if got := expiry(d); got != want {
			t.Errorf("%v: %q", d, got)
		}
	}
}

// waits is a session in a phase for which tools wait.
func waits(p session.Phase, tools ...string) app.Session {
	return app.Session{ID: "lake", Name: "Lake", Phase: p, Waiting: tools}
}

// Tools that wait are named in one notification.
func TestRule29_waitingToolsInOneNotice(t *testing.T) {
	tests := []struct {
		name          string
		before, after app.Session
		title         string
	}{
		{"one", out, waits(session.SignedOut, "aws"), "Credentials for Lake requested by aws"},
		{"another", waits(session.SignedOut, "aws"), waits(session.SignedOut, "aws", "rclone"), "Credentials for Lake requested by aws and rclone"},
		{"many", lost, waits(session.NeedsSignIn, "aws", "mc", "rclone"), "Credentials for Lake requested by aws, mc and rclone"},
		{"the same", waits(session.SignedOut, "aws"), waits(session.SignedOut, "aws"), ""},
		{"while signing in", browsing, waits(session.SigningIn, "aws"), ""},
		{"while it is renewed", expired, waits(session.Expired, "aws"), ""},
	}
	for _, tt := range tests {
		c := decide(snapshot(tt.before), snapshot(tt.after), noon)
		switch {
		case tt.title == "" && len(c.show) == 0:
		case tt.title != "" && len(c.show) == 1 && c.show[0].title == tt.title && c.show[0].signIn && c.show[0].id == "lake":
		default:
			t.Errorf("%s: %+v", tt.name, c)
		}
	}
	c := decide(snapshot(waits(session.SignedOut, "aws")), snapshot(good), noon)
	if !slices.Equal(c.withdraw, []string{"lake"}) || len(c.show) != 0 {
		t.Errorf("when they can go on: %+v", c)
	}
}

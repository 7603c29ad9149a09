package present

import (
	"cmp"
	"net/url"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/status"
	"daypass/stsclient"
)

// Session is one connection on screen.
type Session struct {
	ID, Name string
	// Where is the server's host, Who the user, as sentences for the header.
	Where, Who string
	Severity   status.Severity
	Word       string
	Clock      Clock
	// Renews says when the keys renew themselves, or that they do not.
	Renews string
	Can    Can
	Banner Banner
	// Notes are worth knowing and no errors.
	Notes []string
	// Browse is true when there are keys to look into the storage with; Message is shown otherwise.
	Browse  bool
	Message Message
}

// Clock is the time left.
type Clock struct {
	Text string
	// Share is what is left of the life of the keys, from 0 to 1, in steps too small to see.
	Share    float32
	Severity status.Severity
}

// Banner is one line about an error above what still works. An empty Text means none.
type Banner struct {
	Severity status.Severity
	Text     string
	Action   Action
	// Dismiss is true when the user can put it away.
	Dismiss bool
}

// state returns the status of a session, and its words in the sidebar.
func state(s app.Session, c *countdown) (status.Status, string) {
	st := status.Of(s, c.now)
	if !st.ChangesAt.Equal(st.ExpiresAt) { // whose countdown changes it
		c.changesIn(st.ChangesAt.Sub(c.now))
	}
	return st, st.Text(func() string { return c.coarse(st.ExpiresAt) })
}

// present makes the screen of one session.
func present(s app.Session, failed *app.Problem, since time.Time, c *countdown) Session {
	st, word := state(s, c)
	v := Session{ID: s.ID, Name: s.Name, Where: host(s.Endpoint), Who: st.Who(s), Severity: st.Severity, Word: word, Can: s.Can(c.now)}
	if s.HasCredentials(c.now) {
		v.Clock = Clock{Text: c.clock(s.ExpiresAt), Share: share(s, c), Severity: st.Severity}
		v.Renews = renews(s, c)
		v.Notes = notes(s)
	} else if text := WaitingTools(s.Waiting); text != "" {
		v.Notes = []string{text}
	}
	if failed != nil && s.Problem != nil && failed.Title == s.Problem.Title && failed.Detail == s.Problem.Detail {
		failed = nil // it is said where the session is
	}
	v.Banner = banner(s, failed, c)
	v.Browse = s.HasCredentials(c.now) && s.Phase != session.SigningIn && s.Phase != session.Exchanging
	if !v.Browse {
		v.Message = message(s, since, c)
		v.Message.Severity = st.Severity
	}
	return v
}

// shareSteps is how finely the ring shows the time left.
const shareSteps = 120

func share(s app.Session, c *countdown) float32 {
	life := s.ExpiresAt.Sub(s.IssuedAt)
	if life <= 0 {
		return 0
	}
	steps := int64(shareSteps) * int64(c.left(s.ExpiresAt)) / int64(life)
	return float32(min(steps, shareSteps)) / shareSteps
}

func renews(s app.Session, c *countdown) string {
	switch {
	case s.Phase == session.Renewing:
		return "Renewing now"
	case s.Phase == session.NeedsSignIn:
		return "Sign in again by then"
	case s.RenewAt.IsZero():
		return "Does not renew itself"
	case s.Failures > 0:
		return "Tries again in " + c.coarse(s.RenewAt)
	case c.left(s.RenewAt) == 0:
		return "Renews itself any moment"
	}
	return renewed(s.Renewals) + c.coarse(s.RenewAt)
}

// renewed is how often the keys have renewed themselves, before the time until they do next.
func renewed(times int) string {
	switch times {
	case 0:
		return "Renews itself in "
	case 1:
		return "Renewed once, next in "
	}
	return "Renewed " + Grouped(times) + " times, next in "
}

func banner(s app.Session, failed *app.Problem, c *countdown) Banner {
	live := s.HasCredentials(c.now)
	switch {
	case failed != nil:
		return Banner{Severity: status.Error, Text: Sentence(failed.Title, failed.Detail), Dismiss: true}
	case live && s.Phase == session.NeedsSignIn:
		text := "Only you can renew this session. Sign in again before the keys end."
		if s.Problem != nil {
			text = Sentence(s.Problem.Title, "Sign in again before the keys end.")
		}
		return Banner{Severity: status.Warning, Text: text, Action: Action{Do: DoSignIn, Label: "Sign in"}}
	case live && s.Problem != nil && s.Phase != session.SigningIn && s.Phase != session.Exchanging:
		again := NotByItself
		if !s.RenewAt.IsZero() || s.Phase == session.Renewing {
			again = byItself
		}
		return Banner{Severity: status.Warning, Text: JoinSentences(Sentence(s.Problem.Title, s.Problem.Detail), again)}
	case s.Phase == session.SignedOut && s.Problem != nil:
		return Banner{Severity: status.Warning, Text: Sentence(s.Problem.Title, s.Problem.Detail)}
	}
	return Banner{}
}

// skewWorthTelling is a difference of clocks that a user may want to fix.
const skewWorthTelling = 30 * time.Second

func notes(s app.Session) []string {
	var out []string
	asked, granted := s.RequestedDuration.Duration(), s.GrantedDuration.Duration()
	if asked != 0 && (asked-granted).Abs() > time.Minute {
		out = append(out, "Asked for "+Span(asked)+", the server gave "+Span(granted)+".")
	}
	if skew := s.ClockSkew.Duration(); skew.Abs() >= skewWorthTelling {
		way := "behind"
		if skew < 0 {
			way = "ahead of"
		}
		out = append(out, "This computer's clock is "+Span(skew.Abs())+" "+way+" the server's. Daypass allows for it.")
	}
	for _, w := range s.Warnings {
		if text := cmp.Or(warnings[w], app.WarningText(w)); text != "" {
			out = append(out, text)
		}
	}
	return out
}

var warnings = map[string]string{
	string(stsclient.WarnLongToken):           "The login's token is longer than servers promise to take.",
	string(stsclient.WarnSessionTokenTooLong): "The login puts so much into its token that the storage will refuse requests. An administrator must send fewer claims.",
}

// host is the part of an address that a user knows the server by.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return u.Host
}

// WaitingTools names the tools that requested credentials without success; empty for none.
func WaitingTools(tools []string) string {
	if len(tools) == 0 {
		return ""
	}
	var names []string
	for _, name := range tools {
		names = append(names, Visible(name))
	}
	return Listed(names) + map[bool]string{true: " waits for keys.", false: " wait for keys."}[len(tools) == 1]
}

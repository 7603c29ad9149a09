package present

import (
	"net/url"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/app/status"
	"daypass/stsclient"
)

// Session is one connection on screen.
type Session struct {
	ID, Name string
	// Where is the server's host, Who the user as words for the header, and User their name alone.
	Where, Who, User string
	Severity         status.Severity
	Word             string
	Clock            Clock
	// Renews says when the credentials are renewed, or that they are not.
	Renews string
	Can    Can
	Banner Banner
	// Notes are worth knowing and no errors.
	Notes []string
	// Browse is true when there are credentials to browse the storage with; Message is shown otherwise.
	Browse  bool
	Message Message
}

// Clock is the time left.
type Clock struct {
	Text string
	// Share is what is left of the lifetime of the credentials, from 0 to 1, in steps too small to see.
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
	v := Session{ID: s.ID, Name: s.Name, Where: host(s.Endpoint), Who: st.Who(s), User: s.Identity, Severity: st.Severity, Word: word, Can: s.Can(c.now)}
	if s.HasCredentials(c.now) {
		v.Clock = Clock{Text: c.clock(s.ExpiresAt), Share: share(s, c), Severity: st.Severity}
		v.Renews = renews(s, c)
		v.Notes = notes(s, c.now)
	} else if text := WaitingTools(s.Waiting); text != "" {
		v.Notes = []string{text}
	}
	if failed != nil && s.Problem != nil && failed.Current() == s.Problem.Current() {
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
		return messages.Text("window.renewing")
	case s.Phase == session.NeedsSignIn:
		return messages.Text("window.sign-in-by-then")
	case s.RenewAt.IsZero():
		return messages.Text("window.renews-not")
	case s.Failures > 0:
		return messages.Text("window.retries-in", messages.Args{"TimeLeft": c.coarse(s.RenewAt)})
	case c.left(s.RenewAt) == 0:
		return messages.Text("window.renews-soon")
	}
	return renewal(s.Renewals, c.coarse(s.RenewAt))
}

// renewal says how often the credentials have been renewed, and when they are next.
func renewal(times int, left string) string {
	if times == 0 {
		return messages.Text("window.renews-in", messages.Args{"TimeLeft": left})
	}
	return messages.Plural("window.renewed", times, messages.Args{"TimeLeft": left})
}

// LongestRenewal returns a text as wide as the longest of the usual ones that Session.Renews can be, and LongestClock one
// as wide as the longest of Session.Clock.
func LongestRenewal() string { return renewal(0, LongestClock()) }

// LongestClock is described at LongestRenewal.
func LongestClock() string { return Span(longestSpan) }

const longestSpan = 20*time.Hour + 50*time.Minute

func banner(s app.Session, failed *app.Problem, c *countdown) Banner {
	live := s.HasCredentials(c.now)
	switch {
	case failed != nil:
		return Banner{Severity: status.Error, Text: ProblemSentence(*failed), Dismiss: true}
	case live && s.Phase == session.NeedsSignIn:
		next := messages.Text("window.session-ends.next")
		text := JoinSentences(messages.Text("window.session-ends"), next)
		if s.Problem != nil {
			text = Sentence(s.Problem.Current().Title, next)
		}
		return Banner{Severity: status.Warning, Text: text, Action: Action{Do: DoSignIn, Label: messages.Text("common.sign-in")}}
	case live && s.Problem != nil && s.Phase != session.SigningIn && s.Phase != session.Exchanging:
		again := RetriesNot()
		if !s.RenewAt.IsZero() || s.Phase == session.Renewing {
			again = messages.Text("window.retries")
		}
		return Banner{Severity: status.Warning, Text: JoinSentences(ProblemSentence(*s.Problem), again)}
	case s.Phase == session.SignedOut && s.Problem != nil:
		return Banner{Severity: status.Warning, Text: ProblemSentence(*s.Problem)}
	}
	return Banner{}
}

// skewWorthTelling is a difference of clocks that a user may want to fix.
const skewWorthTelling = 30 * time.Second

func notes(s app.Session, now time.Time) []string {
	var out []string
	if !s.EndsAt.IsZero() {
		out = append(out, messages.Text("window.note.ends", messages.Args{"Moment": Moment(s.EndsAt, now)}))
	}
	requested, granted := s.RequestedDuration.Duration(), s.GrantedDuration.Duration()
	if requested != 0 && (requested-granted).Abs() > time.Minute {
		out = append(out, messages.Text("window.note.duration", messages.Args{"Requested": Span(requested), "Granted": Span(granted)}))
	}
	if skew := s.ClockSkew.Duration(); skew.Abs() >= skewWorthTelling {
		difference := messages.Args{"Difference": Span(skew.Abs())}
		if skew < 0 {
			out = append(out, messages.Text("window.note.clock-ahead", difference))
		} else {
			out = append(out, messages.Text("window.note.clock-behind", difference))
		}
	}
	for _, w := range s.Warnings {
		if text := warning(w); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// warning returns the sentences for a code in app.Session.Warnings; empty for one that is not known.
func warning(code string) string {
	switch stsclient.Warning(code) {
	case stsclient.WarnLongToken:
		return messages.Text("window.note.long-token")
	case stsclient.WarnSessionTokenTooLong:
		return messages.Text("window.note.session-token-too-long")
	}
	return app.WarningText(code)
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
		names = append(names, Visible(clients.ShownName(name)))
	}
	return messages.Text("window.note.waiting-tools", messages.Args{"Tools": Listed(names)})
}

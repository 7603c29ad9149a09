package present

import (
	"cmp"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/status"
)

// Do names what a button does.
type Do string

// The things buttons do.
const (
	DoSignIn   Do = "sign-in"
	DoCancel   Do = "cancel"
	DoRenew    Do = "renew"
	DoSignOut  Do = "sign-out"
	DoCopyLink Do = "copy-link"
	DoOpenLink Do = "open-link"
	DoEdit     Do = "edit"
	DoDetails  Do = "details"
	DoAddScope Do = "add-scope"
	DoUse      Do = "use"
	DoRemove   Do = "remove"
	DoRetry    Do = "retry"
)

// Action is a button. An empty Label means none.
type Action struct {
	Do       Do
	Label    string
	Disabled bool
}

// Message is a screen that says one thing: what is, why, what next.
type Message struct {
	Severity status.Severity
	Title    string
	Text     string
	// Clock is a countdown at a fixed place with its caption; empty for none.
	Clock, ClockCaption string
	// Next is what the user can do, where the buttons do not say it.
	Next string
	// Admin is what an administrator must change; it gets a copy button.
	Admin string
	// Primary is the one button that stands out; Others stand beside it.
	Primary Action
	Others  []Action
}

func agentMessage(a Agent, c *countdown) Message {
	if a.Problem == nil {
		return Message{Severity: status.Busy, Title: "Starting Daypass", Text: "The part that keeps your sessions is being started."}
	}
	m := Message{
		Severity: status.Error, Title: a.Problem.Title, Text: a.Problem.Detail, Next: a.Problem.NextStep,
		Primary: Action{Do: DoRetry, Label: "Try again"},
	}
	if !a.RetryAt.IsZero() {
		m.Clock, m.ClockCaption = c.clock(a.RetryAt), "until Daypass tries again by itself"
	}
	return m
}

func noticesMessage(problems []app.Problem) Message {
	m := Message{Severity: status.Warning, Title: "Nothing needs attention"}
	for i, p := range problems {
		if i == 0 {
			m.Title, m.Text, m.Next, m.Admin = p.Title, p.Detail, p.NextStep, p.Admin
			continue
		}
		m.Text += "\n\n" + Sentence(p.Title, p.Detail)
	}
	return m
}

// What users are told of whether Daypass tries again.
const (
	NotByItself = "Daypass does not try again by itself."
	byItself    = "Daypass tries again by itself."
)

// JoinSentences joins two sentences, of which the first may be missing; what it says already is not said twice.
func JoinSentences(a, b string) string {
	if a == "" || strings.Contains(a, "by itself") {
		return cmp.Or(a, b)
	}
	return a + " " + b
}

// longWait is how long something may take before it is said that it is still awaited.
const longWait = 10 * time.Second

// message is what stands where the buckets would be.
func message(s app.Session, since time.Time, c *countdown) Message {
	switch s.Phase {
	case session.SigningIn:
		if !s.LinkReady && s.UserCode == "" {
			return awaiting(host(s.Issuer), "Your login was asked where to sign in. Your browser opens when it answers.", since, c)
		}
		return waiting(s, c)
	case session.Exchanging:
		return awaiting(host(s.Endpoint), "The storage server was asked for keys in your name.", since, c)
	case session.SignInFailed:
		m := ProblemMessage(s.Problem, "Signing in failed")
		m.Primary = Action{Do: DoSignIn, Label: "Try again"}
		m.Next = JoinSentences(m.Next, NotByItself)
		if s.Problem != nil && s.Problem.Scope != "" {
			m.Primary = Action{Do: DoAddScope, Label: "Also request " + Visible(s.Problem.Scope)}
			m.Others = append(m.Others, Action{Do: DoSignIn, Label: "Try again"})
		}
		m.Others = append(m.Others, Action{Do: DoEdit, Label: "Edit connection"}, Action{Do: DoDetails, Label: "Details"})
		return m
	case session.NeedsSignIn:
		m := ProblemMessage(s.Problem, "Your session has ended")
		m.Primary = Action{Do: DoSignIn, Label: "Sign in again"}
		return m
	case session.Expired, session.Active, session.Renewing:
		return ended(s, c)
	}
	return Message{
		Title:   "Signed out of " + s.Name,
		Text:    "Sign in with your company login. Your browser opens at " + host(s.Issuer) + ", and this window goes on by itself.",
		Primary: Action{Do: DoSignIn, Label: "Sign in"},
	}
}

// awaiting says which host is awaited, since when it is so, and what for.
func awaiting(host, what string, since time.Time, c *countdown) Message {
	m := Message{Severity: status.Busy, Title: "Waiting for " + host, Text: what, Others: []Action{{Do: DoCancel, Label: "Cancel"}}}
	if since.IsZero() {
		return m
	}
	if left := longWait - c.now.Sub(since); left > 0 {
		c.changesIn(left)
	} else {
		m.Title = "Still waiting for " + host
		m.Text += " It has not answered yet. Daypass keeps waiting for a while."
	}
	return m
}

func waiting(s app.Session, c *countdown) Message {
	m := Message{
		Severity: status.Busy, Title: "Waiting for your browser",
		Text:   "Sign in on the page that opened at " + host(s.Issuer) + ". This window goes on by itself.",
		Next:   "Nothing opened? Copy the link into a browser on this computer, or open it again. If the page shows an error, cancel here.",
		Others: []Action{{Do: DoCopyLink, Label: "Copy link", Disabled: !s.LinkReady}, {Do: DoOpenLink, Label: "Open again", Disabled: !s.LinkReady}, {Do: DoCancel, Label: "Cancel"}},
	}
	if !s.Deadline.IsZero() {
		m.Clock, m.ClockCaption = c.clock(s.Deadline), "left to sign in"
	}
	return m
}

// ended is for keys that have ended while Daypass still tries to renew them.
func ended(s app.Session, c *countdown) Message {
	m := ProblemMessage(s.Problem, "The keys have ended")
	m.Primary = Action{Do: DoRenew, Label: "Try now", Disabled: s.RenewAt.IsZero()}
	m.Others = append(m.Others, Action{Do: DoSignIn, Label: "Sign in again"})
	if c.left(s.RenewAt) > 0 {
		m.Clock, m.ClockCaption = c.clock(s.RenewAt), "until Daypass tries again by itself"
	}
	return m
}

// ProblemMessage returns a message about a problem; title is for one that is not known.
func ProblemMessage(p *app.Problem, title string) Message {
	if p == nil {
		return Message{Title: title}
	}
	return Message{Title: p.Title, Text: p.Detail, Next: p.NextStep, Admin: p.Admin}
}

// Question is a yes or no. Its ID names what is done then.
type Question struct {
	ID, Title, Text, Yes string
	// Harmless is true where nothing is lost by a yes.
	Harmless bool
}

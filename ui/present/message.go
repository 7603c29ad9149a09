package present

import (
	"time"

	"daypass/app"
	"daypass/app/messages"
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
	DoTest     Do = "test"
	DoLimit    Do = "limit"
	DoUpdate   Do = "update"
	// DoDuplicate, DoExport, DoLink and DoQR pass a connection on; DoMove takes it to another server.
	DoDuplicate Do = "duplicate"
	DoExport    Do = "export"
	DoMove      Do = "move"
	DoLink      Do = "link"
	DoQR        Do = "qr"
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
		return Message{Severity: status.Busy, Title: messages.Text("window.agent.starting.title"), Text: messages.Text("window.agent.starting.text")}
	}
	words := a.Problem.Current()
	m := Message{
		Severity: status.Error, Title: words.Title, Text: words.Detail, Next: words.NextStep,
		Primary: Action{Do: DoRetry, Label: messages.Text("common.try-again")},
	}
	if !a.RetryAt.IsZero() {
		m.Clock, m.ClockCaption = c.clock(a.RetryAt), messages.Text("window.until-retry")
	}
	return m
}

func noticesMessage(problems []app.Problem) Message {
	m := Message{Severity: status.Warning, Title: messages.Text("window.no-problems")}
	for i, p := range problems {
		words := p.Current()
		if i == 0 {
			m.Title, m.Text, m.Next, m.Admin = words.Title, words.Detail, words.NextStep, words.Admin
			continue
		}
		m.Text += "\n\n" + Sentence(words.Title, words.Detail)
	}
	return m
}

// RetriesNot returns the sentence that says that Daypass does not try again.
func RetriesNot() string { return messages.Text("window.retries-not") }

// JoinSentences joins two sentences, each of which may be missing.
func JoinSentences(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return messages.Text("common.joined", messages.Args{"First": a, "Second": b})
}

// longWait is how long something may take before it is said that it is still awaited.
const longWait = 10 * time.Second

// message is what stands where the buckets would be.
func message(s app.Session, since time.Time, c *countdown) Message {
	switch s.Phase {
	case session.SigningIn:
		if !s.LinkReady && s.UserCode == "" {
			return awaiting(host(s.Issuer), messages.Text("window.waiting.provider"), since, c)
		}
		return waiting(s, c)
	case session.Exchanging:
		return awaiting(host(s.Endpoint), messages.Text("window.waiting.credentials"), since, c)
	case session.SignInFailed:
		m := ProblemMessage(s.Problem, messages.Text("window.sign-in-failed"))
		m.Primary = Action{Do: DoSignIn, Label: messages.Text("common.try-again")}
		m.Next = JoinSentences(m.Next, RetriesNot())
		if s.Problem != nil && s.Problem.Scope != "" {
			m.Primary = Action{Do: DoAddScope, Label: messages.Text("window.message.add-scope", messages.Args{"Scope": Visible(s.Problem.Scope)})}
			m.Others = append(m.Others, Action{Do: DoSignIn, Label: messages.Text("common.try-again")})
		}
		m.Others = append(m.Others, Action{Do: DoEdit, Label: messages.Text("window.message.edit")}, Action{Do: DoDetails, Label: messages.Text("window.message.details")})
		return m
	case session.NeedsSignIn:
		m := ProblemMessage(s.Problem, messages.Text("window.session-ended"))
		m.Primary = Action{Do: DoSignIn, Label: messages.Text("common.sign-in-again")}
		return m
	case session.Expired, session.Active, session.Renewing:
		return ended(s, c)
	}
	return Message{
		Title:   messages.Text("window.signed-out.title", messages.Args{"Connection": s.Name}),
		Text:    messages.Text("window.signed-out.text", messages.Args{"Host": host(s.Issuer)}),
		Primary: Action{Do: DoSignIn, Label: messages.Text("common.sign-in")},
	}
}

// awaiting says which host is awaited, since when it is so, and what for.
func awaiting(host, what string, since time.Time, c *countdown) Message {
	m := Message{Severity: status.Busy, Title: WaitTitle("", host, SlowWait), Text: what, Others: []Action{{Do: DoCancel, Label: messages.Text("common.cancel")}}}
	if since.IsZero() {
		return m
	}
	if left := longWait - c.now.Sub(since); left > 0 {
		c.changesIn(left)
	} else {
		m.Title = WaitTitle("", host, LongWait)
		m.Text = JoinSentences(what, messages.Text("window.waiting.no-response"))
	}
	return m
}

func waiting(s app.Session, c *countdown) Message {
	m := Message{
		Severity: status.Busy, Title: messages.Text("window.browser.title"),
		Text: messages.Text("window.browser.text", messages.Args{"Host": host(s.Issuer)}),
		Next: messages.Text("window.browser.next"),
		Others: []Action{
			{Do: DoCopyLink, Label: messages.Text("window.message.copy-link"), Disabled: !s.LinkReady},
			{Do: DoOpenLink, Label: messages.Text("window.message.open-again"), Disabled: !s.LinkReady},
			{Do: DoCancel, Label: messages.Text("common.cancel")},
		},
	}
	if !s.Deadline.IsZero() {
		m.Clock, m.ClockCaption = c.clock(s.Deadline), messages.Text("window.browser.time-left")
	}
	return m
}

// ended is for credentials that have expired while Daypass still tries to renew them.
func ended(s app.Session, c *countdown) Message {
	m := ProblemMessage(s.Problem, messages.Text("window.credentials-expired"))
	m.Primary = Action{Do: DoRenew, Label: messages.Text("window.message.retry-now"), Disabled: s.RenewAt.IsZero()}
	m.Others = append(m.Others, Action{Do: DoSignIn, Label: messages.Text("common.sign-in-again")})
	if c.left(s.RenewAt) > 0 {
		m.Clock, m.ClockCaption = c.clock(s.RenewAt), messages.Text("window.until-retry")
	}
	return m
}

// ProblemMessage returns a message about a problem; title is for one that is not known.
func ProblemMessage(p *app.Problem, title string) Message {
	if p == nil {
		return Message{Title: title}
	}
	words := p.Current()
	return Message{Title: words.Title, Text: words.Detail, Next: words.NextStep, Admin: words.Admin}
}

// Question is a yes or no. Its ID names what is done then.
type Question struct {
	ID, Title, Text, Yes string
	// Harmless is true where nothing is lost by a yes.
	Harmless bool
}

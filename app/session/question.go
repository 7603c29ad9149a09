package session

import (
	"fmt"
	"time"

	"daypass/auth"
)

// Question is something that only the user knows, asked in the middle of a sign-in. It holds no secret.
type Question struct {
	// ID is to be sent back with the answer.
	ID uint64 `json:"id"`
	// Code is stable and for machines: one of the constants.
	Code string `json:"code"`
	// Title is the question in a few words, and Detail what a yes would mean.
	Title  string `json:"title"`
	Detail string `json:"detail"`
	// Yes and No are the labels of the answers.
	Yes string `json:"yes"`
	No  string `json:"no"`
	// Hosts are what a yes confirms, where the question is about them.
	Hosts []string `json:"hosts,omitempty"`
}

// Codes of questions.
const (
	// QuestionHost: may the provider send the user, or what proves their sign-in, to another site?
	QuestionHost = "login-other-site"
	// QuestionUser: shall somebody else than before be signed in?
	QuestionUser = "login-other-user"
)

// questionTimeout is how long tokens wait for the user's answer.
const questionTimeout = 5 * time.Minute

// ask has the present attempt wait for the user.
func (p *step) ask(q Question, deadline time.Time) {
	q.ID = p.Attempt
	p.work(AskUser)
	p.Question, p.Deadline = &q, deadline
}

// needsAnswer takes a question about the provider. The sign-in begins again once it is answered.
func (p *step) needsAnswer(e NeedsAnswer) {
	if p.current(e.Attempt) && p.Work == WaitBrowser {
		p.ask(e.Question, e.Deadline)
	}
}

func (p *step) answered(e Answer) {
	if p.Work != AskUser || e.Attempt != p.Attempt {
		return
	}
	held, device := p.held, p.Device
	switch {
	case !e.Yes:
		p.decline()
	case held != nil:
		p.accept(*held)
	default:
		p.begin(WaitBrowser)
		p.do(OpenBrowser{p.Attempt, device})
	}
}

// decline ends a sign-in whose question was answered with no, or not at all. What was there before it
// stays.
func (p *step) decline() {
	p.stop()
	p.plan()
}

// isOtherUser reports whether tokens are somebody else's than those of the session before. Who was
// signed out is no longer asked about.
func (p *step) isOtherUser(who auth.Identity) bool {
	was := p.Tokens.Identity
	return was.Subject != "" && !sameUser(was, who)
}

func otherUser(was, is auth.Identity) Question {
	q := Question{
		Code: QuestionUser, Title: fmt.Sprintf("Continue as %s?", is.Display()),
		Detail: fmt.Sprintf("You were signed in as %s. The sign-in that has just ended is by %s. Continue only if that is you.", was.Display(), is.Display()),
		Yes:    "Continue", No: "Cancel",
	}
	if was.Display() == is.Display() {
		q.Detail = fmt.Sprintf("The provider now has another account named %s than the one you were signed in with. Continue only if both are yours.", is.Display())
	}
	return q
}

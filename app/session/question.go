package session

import (
	"time"

	"daypass/app/messages"
	"daypass/auth"
)

// Question is something that only the user knows, asked in the middle of a sign-in. It holds no secret.
type Question struct {
	// ID is to be sent back with the answer.
	ID uint64 `json:"id"`
	// Code is stable and for machines: one of the constants.
	Code string `json:"code"`
	// Variant selects another detail of the same code; empty for the usual one.
	Variant string `json:"variant,omitempty"`
	// Params are the values of the parameters of its texts, by their names.
	Params map[string]string `json:"params,omitempty"`
	// QuestionWords are its words in English, for programs that read it. A user is shown Current.
	QuestionWords
	// Hosts are what a yes confirms, where the question is about them.
	Hosts []string `json:"hosts,omitempty"`
}

// QuestionWords are a question as a user reads it.
type QuestionWords struct {
	// Title is the question in a few words, and Detail what a yes would mean.
	Title  string `json:"title"`
	Detail string `json:"detail"`
	// Yes and No are the labels of the answers.
	Yes string `json:"yes"`
	No  string `json:"no"`
}

// NewQuestion returns a question with its words in English.
func NewQuestion(code, variant string, params map[string]string) Question {
	q := Question{Code: code, Variant: variant, Params: params}
	q.QuestionWords = q.words(messages.ForPrograms())
	return q
}

// Current returns the question's words in the language of this process.
func (q Question) Current() QuestionWords {
	if q.Params == nil || !messages.Has(textOfQuestion+q.Code+titlePart) {
		return q.QuestionWords
	}
	return q.words(messages.Current())
}

// textOfQuestion is how the IDs of the texts of questions begin. The code follows, and then the part.
const textOfQuestion = "agent.question."

func (q Question) words(p *messages.Printer) QuestionWords {
	detail := textOfQuestion + q.Code + detailPart
	if q.Variant != "" {
		detail = textOfQuestion + q.Code + "." + q.Variant + detailPart
	}
	args := p.Values(q.Params)
	return QuestionWords{
		Title: p.Text(textOfQuestion+q.Code+titlePart, args), Detail: p.Text(detail, args),
		Yes: p.Text("common.continue"), No: p.Text("common.cancel"),
	}
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
func (s State) isOtherUser(who auth.Identity) bool {
	was := s.Tokens.Identity
	return was.Subject != "" && !sameUser(was, who)
}

func otherUser(was, is auth.Identity) Question {
	variant := ""
	if was.Display() == is.Display() {
		variant = "same-name"
	}
	return NewQuestion(QuestionUser, variant, map[string]string{"User": is.Display(), "Before": was.Display()})
}

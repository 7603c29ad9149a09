package present

import (
	"daypass/app"
	"daypass/app/messages"
	"daypass/auth/safetext"
)

// Problem is a failure with its cause and the next step. An empty Title means none.
type Problem struct{ Title, Text, Next string }

// ProblemOf returns a problem as it is shown; the zero Problem for nil.
func ProblemOf(p *app.Problem) Problem {
	if p == nil {
		return Problem{}
	}
	words := p.Current()
	shown := Problem{Title: words.Title, Text: safetext.Text(words.Detail), Next: words.NextStep}
	if words.Admin != "" {
		shown.Next = JoinSentences(shown.Next, ForAdministrator(words.Admin))
	}
	return shown
}

// ForAdministrator returns what an administrator must change, as what it is.
func ForAdministrator(admin string) string {
	return messages.Text("window.for-administrator", messages.Args{"Text": admin})
}

// ProblemSentence returns the title and the cause of a problem, as one text.
func ProblemSentence(p app.Problem) string {
	words := p.Current()
	return Sentence(words.Title, words.Detail)
}

package present

import (
	"strings"

	"daypass/app"
	"daypass/auth/safetext"
)

// Problem is a failure with its cause and the next step. An empty Title means none.
type Problem struct{ Title, Text, Next string }

// ProblemOf returns a problem as it is shown; the zero Problem for nil.
func ProblemOf(p *app.Problem) Problem {
	if p == nil {
		return Problem{}
	}
	shown := Problem{Title: p.Title, Text: safetext.Text(p.Detail), Next: p.NextStep}
	if p.Admin != "" {
		shown.Next = strings.TrimSpace(shown.Next + " For the administrator: " + p.Admin)
	}
	return shown
}

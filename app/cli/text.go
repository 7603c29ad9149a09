package cli

import (
	"cmp"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/format"
	"daypass/app/messages"
	"daypass/auth/safetext"
)

// formatter writes in the language of the command line.
func formatter() format.Formatter { return messages.Current().Format() }

// oneLine returns text from outside for the cell of a table.
func oneLine(s string) string { return safetext.Line(s, 0) }

// timeLeft says how long the credentials of s are still valid, rounded down; "-" where there are none.
func timeLeft(s app.Session, now time.Time) string {
	if !s.HasCredentials(now) {
		return "-"
	}
	return cmp.Or(formatter().Hours(s.ExpiresAt.Sub(now)), messages.Text("common.less-than-1-min"))
}

// columnGap is how far the columns of a table are apart.
const columnGap = 3

// heading returns the first line of a table, whose titles are given by their IDs.
func heading(ids ...string) []string {
	titles := make([]string, len(ids))
	for i, id := range ids {
		titles[i] = messages.Text(id)
	}
	return titles
}

// problemText is all of a problem that concerns the user, as lines.
func problemText(p app.Problem) string {
	words := p.Current()
	lines := []string{messages.Text("common.title-alone", messages.Args{"Title": words.Title}), words.Detail, words.NextStep}
	if words.Admin != "" {
		lines = append(lines, messages.Text("cli.problem.admin", messages.Args{"Text": words.Admin}))
	}
	return strings.Join(lines, "\n")
}

package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"daypass/app"
	"daypass/app/session"
)

// clean shows what a terminal would take for a command, and what turns the direction of writing, as
// escapes: names and refusals come from servers. Line breaks stay.
func clean(s string) string {
	plain := func(r rune) bool { return r == '\n' || unicode.IsPrint(r) && r != unicode.ReplacementChar }
	var b strings.Builder
	for _, r := range s {
		if plain(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// oneLine is clean for the cell of a table.
func oneLine(s string) string { return clean(strings.Join(strings.Fields(s), " ")) }

var stateWords = map[session.Phase]string{
	session.SignedOut: "signed out", session.SigningIn: "waiting for the browser", session.Exchanging: "getting keys",
	session.Active: "signed in", session.Renewing: "renewing", session.NeedsSignIn: "sign in again",
	session.Expired: "expired", session.Trouble: "trouble",
}

// timeLeft says how long the keys of s still work, rounded down; "-" where there are none.
func timeLeft(s app.Session, now time.Time) string {
	if !s.Live(now) {
		return "-"
	}
	left := s.ExpiresAt.Sub(now)
	hours, minutes := int(left/time.Hour), int(left%time.Hour/time.Minute)
	switch {
	case hours > 0:
		return fmt.Sprintf("%d h %02d min", hours, minutes)
	case minutes > 0:
		return fmt.Sprintf("%d min", minutes)
	}
	return "less than 1 min"
}

// problemText is all of a problem that concerns the user, as lines.
func problemText(p app.Problem) string {
	lines := []string{p.Title + ".", p.Detail, p.NextStep}
	if p.Admin != "" {
		lines = append(lines, "For your administrator: "+p.Admin)
	}
	return strings.Join(lines, "\n")
}

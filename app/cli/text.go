package cli

import (
	"fmt"
	"strings"
	"time"

	"daypass/auth/safetext"

	"daypass/app"
)

// oneLine returns text from outside for the cell of a table.
func oneLine(s string) string { return safetext.Line(s, 0) }

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

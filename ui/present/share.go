package present

import (
	"time"

	"daypass/app"
	"daypass/app/buckets"
)

// ShareLife is how long a link can be asked to live.
type ShareLife struct {
	Life  time.Duration
	Label string
}

// ShareLives are the lives to choose from; the first is the one at first.
var ShareLives = []ShareLife{
	{time.Hour, "1 hour"},
	{15 * time.Minute, "15 minutes"},
	{4 * time.Hour, "4 hours"},
	{12 * time.Hour, "12 hours"},
	{24 * time.Hour, "1 day"},
	{3 * 24 * time.Hour, "3 days"},
	{7 * 24 * time.Hour, "7 days"},
}

// Share is a link being made.
type Share struct {
	Title, Text string
	// Ready is true where there is a link.
	Ready bool
	// Ends says when the link really ends, and Capped why it is sooner than asked for; empty for not.
	Ends, Capped string
	// Renew is true where new keys would make it live longer.
	Renew bool
	// Problem is why there is no link.
	Problem string
	// Note says what becomes of a copy on the clipboard.
	Note string
}

// Sharing is what is known of a link being made.
type Sharing struct {
	Name string
	// Link is nil until it is there; Problem is why it is not.
	Link    *buckets.Link
	Problem *app.Problem
	// Renews is true where the keys can be renewed.
	Renews bool
	// Renewing is true while new keys are awaited.
	Renewing bool
	// Copied is true once the link is on the clipboard.
	Copied bool
	// Server is the one of the file, and Wait how long the link has been awaited.
	Server string
	Wait   Wait
}

// PresentShare makes the sheet.
func PresentShare(s Sharing, now time.Time) Share {
	m := Share{
		Title: "Share “" + Visible(s.Name) + "”",
		Text:  "Whoever has the link can read this file until it ends, without signing in. It cannot be taken back before.",
	}
	m.Note = "A copy stays on the clipboard until the link ends."
	if s.Copied {
		m.Note = "Copied. It stays on the clipboard until the link ends."
	}
	switch {
	case s.Problem != nil:
		m.Problem = Sentence(s.Problem.Title, s.Problem.Detail)
	case s.Renewing:
		m.Ends = "Waiting for new keys"
	case s.Link == nil:
		m.Ends = "Making the link" + WaitingFor(s.Server, s.Wait)
	default:
		m.Ready = true
		m.Ends = "Ends " + Moment(s.Link.Ends, now) + ", in " + Span(s.Link.Ends.Sub(now).Round(time.Minute))
		if s.Link.Capped {
			m.Capped = "That is when your keys end: no link outlives the keys that signed it."
			m.Renew = s.Renews
			if m.Renew {
				m.Capped += " Renew them first for a longer one."
			}
		}
	}
	return m
}

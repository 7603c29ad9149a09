// Package share is the sheet that makes a link to a file. It knows no toolkit; package shareview draws it.
package share

import (
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/ui/present"
)

// Lifetime is how long a link can be valid.
type Lifetime struct {
	Duration time.Duration
	Label    string
}

// Lifetimes are those to select from; the first is the default.
var Lifetimes = []Lifetime{
	{time.Hour, "1 hour"},
	{15 * time.Minute, "15 minutes"},
	{4 * time.Hour, "4 hours"},
	{12 * time.Hour, "12 hours"},
	{24 * time.Hour, "1 day"},
	{3 * 24 * time.Hour, "3 days"},
	{7 * 24 * time.Hour, "7 days"},
}

// Model is the sheet.
type Model struct {
	Title, Text string
	// Ready is true where there is a link.
	Ready bool
	// Ends says when the link really expires, and Capped why that is sooner than requested; empty for not.
	Ends, Capped string
	// Renew is true where new credentials would make it valid for longer.
	Renew bool
	// Problem is why there is no link.
	Problem string
	// Note says what happens to a copy on the clipboard.
	Note string
}

// State is what is known of a link being made.
type State struct {
	Name string
	// Link is nil until it is made; Problem is why it is not.
	Link    *buckets.Link
	Problem *app.Problem
	// Renews is true where the credentials can be renewed.
	Renews bool
	// Renewing is true while new credentials are awaited.
	Renewing bool
	// Copied is true once the link is on the clipboard.
	Copied bool
	// Server is the name of the connection, and Wait how long the link has been awaited.
	Server string
	Wait   present.Wait
}

// Present returns the sheet.
func Present(s State, now time.Time) Model {
	m := Model{
		Title: "Share “" + present.Visible(s.Name) + "”",
		Text:  "Whoever has the link can read this file until it ends, without signing in. It cannot be taken back before.",
	}
	m.Note = "A copy stays on the clipboard until the link ends."
	if s.Copied {
		m.Note = "Copied. It stays on the clipboard until the link ends."
	}
	switch {
	case s.Problem != nil:
		m.Problem = present.Sentence(s.Problem.Title, s.Problem.Detail)
	case s.Renewing:
		m.Ends = "Waiting for new keys"
	case s.Link == nil:
		m.Ends = present.WaitingFor("Making the link", s.Server, s.Wait)
	default:
		m.Ready = true
		m.Ends = "Ends " + present.Moment(s.Link.ExpiresAt, now) + ", in " + present.Span(s.Link.ExpiresAt.Sub(now).Round(time.Minute))
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

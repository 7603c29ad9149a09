// Package share is the sheet that makes a link to a file. It knows no toolkit; package shareview draws it.
package share

import (
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/messages"
	"daypass/ui/present"
)

// lifetimes are how long a link can be valid; the first is the default.
var lifetimes = []time.Duration{
	time.Hour, 15 * time.Minute, 4 * time.Hour, 12 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour,
}

// Lifetimes returns those to select from; the first is the default.
func Lifetimes() []present.Choice {
	var all []present.Choice
	for _, d := range lifetimes {
		all = append(all, present.Choice{Value: d.String(), Label: present.Lifetime(d)})
	}
	return all
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
		Title: messages.Text("share.title", messages.Args{"Name": present.Visible(s.Name)}),
		Text:  messages.Text("share.text"),
		Note:  messages.Text("share.note"),
	}
	if s.Copied {
		m.Note = messages.Text("share.note-copied")
	}
	switch {
	case s.Problem != nil:
		m.Problem = present.ProblemSentence(*s.Problem)
	case s.Renewing:
		m.Ends = messages.Text("share.waiting")
	case s.Link == nil:
		m.Ends = present.WaitingFor(messages.Text("share.creating"), s.Server, s.Wait)
	default:
		m.Ready = true
		m.Ends = messages.Text("share.expires", messages.Args{
			"Moment": present.Moment(s.Link.ExpiresAt, now), "TimeLeft": present.Span(s.Link.ExpiresAt.Sub(now).Round(time.Minute)),
		})
		if s.Link.Capped {
			m.Capped = messages.Text("share.capped")
			m.Renew = s.Renews
			if m.Renew {
				m.Capped = present.JoinSentences(m.Capped, messages.Text("share.capped.renew"))
			}
		}
	}
	return m
}

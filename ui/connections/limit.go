package connections

import (
	"context"
	"slices"
	"time"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/ui/present"
)

// Limits are the times at which a session can be made to end.
type Limits struct {
	Title, Text string
	Choices     []LimitChoice
}

// LimitChoice is one of them, and what selects it. Its ID names it to tests.
type LimitChoice struct {
	ID, Label string
	Do        func()
}

// workdayEnds is the hour at which many leave.
const workdayEnds = 18

// Limits returns the times at which the session of a connection can be made to end. Where nobody is signed in, each of them
// signs in.
func (s *Sessions) Limits(id string) Limits {
	one, now := s.agent.Session(id), s.now()
	signedOut := slices.Contains([]session.Phase{session.SignedOut, session.SignInFailed, session.NeedsSignIn}, one.Phase)
	m := Limits{Title: messages.Text("connections.limit.title", messages.Args{"Connection": present.Visible(one.Name)}), Text: messages.Text("connections.limit.text")}
	if signedOut {
		m.Title = messages.Text("connections.limit.sign-in.title")
	}
	add := func(choice, label string, until time.Time) {
		m.Choices = append(m.Choices, LimitChoice{ID: choice, Label: label, Do: func() { s.limit(id, until, signedOut) }})
	}
	for _, hours := range []time.Duration{1, 2, 4, 8} {
		d := hours * time.Hour
		add(d.String(), present.Lifetime(d), now.Add(d))
	}
	if evening := time.Date(now.Year(), now.Month(), now.Day(), workdayEnds, 0, 0, 0, now.Location()); now.Before(evening.Add(-time.Hour)) {
		add("evening", messages.Text("connections.limit.until", messages.Args{"Moment": messages.Current().Format().TimeOfDay(evening)}), evening)
	}
	if !one.EndsAt.IsZero() {
		add("none", messages.Text("connections.limit.none"), time.Time{})
	}
	return m
}

// limit has a session end at a time, after a sign-in where it has to begin.
func (s *Sessions) limit(id string, until time.Time, signIn bool) {
	if signIn {
		s.await(id)
	}
	s.agent.Call(func(ctx context.Context, core app.Core) error {
		if signIn {
			if err := core.SignIn(ctx, id); err != nil {
				return err
			}
		}
		return core.LimitSession(ctx, id, until)
	})
}

// Package present turns what Daypass knows into what the window says: strings, severities and what can
// be pressed, as a pure function of a snapshot, the user's selection and the time.
package present

import (
	"time"

	"daypass/app"
	"daypass/app/buckets/listing"
	"daypass/app/messages"
	"daypass/app/status"
)

// Screen is what the user has asked to see.
type Screen string

// The screens.
const (
	// ShowSession is the selected connection.
	ShowSession Screen = "session"
	// ShowWelcome is the ways to add a connection.
	ShowWelcome Screen = "welcome"
	// ShowForm is a connection being added or edited.
	ShowForm Screen = "form"
	// ShowSettings are the user's settings of Daypass as a whole.
	ShowSettings Screen = "settings"
	// ShowDetails is what the provider and the server say, for anyone who is asked for help.
	ShowDetails Screen = "details"
	// ShowUse is how to use the credentials in other tools.
	ShowUse Screen = "use"
	// ShowNotices is the list of problems of no one connection.
	ShowNotices Screen = "notices"
)

// ofSession reports whether a screen is about the selected connection.
func (s Screen) ofSession() bool { return s == ShowSession || s == ShowDetails || s == ShowUse }

// Agent says how the window stands with the agent.
type Agent struct {
	// Ready is true while the agent answers.
	Ready bool
	// Problem is why it does not; nil while it is being started.
	Problem *app.Problem
	// RetryAt is when the window tries again by itself.
	RetryAt time.Time
}

// Input is all that Present goes by.
type Input struct {
	Snapshot app.Snapshot
	Agent    Agent
	Screen   Screen
	// Selected is the ID of the connection to show; empty or unknown means the first.
	Selected string
	// Failed is the last intent that came to nothing.
	Failed *app.Problem
	// Since is when each session, by its ID, has come to the phase that it is in.
	Since map[string]time.Time
	Now   time.Time
}

// Window is everything on screen except the content of buckets.
type Window struct {
	Title   string
	Sidebar Sidebar
	Screen  Screen
	// Selected is the ID of the connection that the screen is about; empty for none.
	Selected string
	// Session is for ShowSession.
	Session Session
	// Message stands in place of everything else where it is not nil: no agent.
	Message *Message
	// Notices is for ShowNotices.
	Notices Message
	// Next is when the first of these words goes out of date by time alone; zero for never.
	Next time.Time
}

// Sidebar is the list of connections.
type Sidebar struct {
	Rows []Row
	// Notices is a line about problems of no one connection; empty for none.
	Notices string
	// NoticesSelected is true while they are on screen.
	NoticesSelected bool
	// SettingsSelected is true while the settings are on screen.
	SettingsSelected bool
}

// Row is one connection in the sidebar.
type Row struct {
	ID       string
	Name     string
	Severity status.Severity
	Word     string
	Selected bool
	Can      Can
}

// Can says which intents make sense for a session now.
type Can = app.Can

// Present makes the window.
func Present(in Input) Window {
	c := &countdown{now: in.Now}
	if !in.Agent.Ready {
		m := agentMessage(in.Agent, c)
		return Window{Title: "Daypass", Screen: ShowSession, Message: &m, Next: c.next}
	}
	w := Window{Title: "Daypass", Screen: in.Screen}
	sessions := inOrder(in.Snapshot.Sessions, in.Now)
	selected := choose(sessions, in.Selected)
	if selected == nil && w.Screen.ofSession() {
		w.Screen = ShowWelcome
	}
	if selected != nil && w.Screen.ofSession() {
		w.Selected = selected.ID
	}
	w.Sidebar = sidebar(in, w.Screen, sessions, selected, c)
	switch w.Screen {
	case ShowSession:
		w.Session = present(*selected, in.Failed, in.Since[selected.ID], c)
		w.Title = messages.Text("window.title", messages.Args{"Connection": selected.Name})
	case ShowDetails, ShowUse:
		w.Title = messages.Text("window.title", messages.Args{"Connection": selected.Name})
	case ShowNotices:
		w.Notices = noticesMessage(in.Snapshot.Problems)
	}
	w.Next = c.next
	return w
}

// inOrder puts those who are signed in first and otherwise keeps the snapshot's order.
func inOrder(all []app.Session, now time.Time) []app.Session {
	ordered := make([]app.Session, 0, len(all))
	for _, live := range []bool{true, false} {
		for _, s := range all {
			if s.HasCredentials(now) == live {
				ordered = append(ordered, s)
			}
		}
	}
	return ordered
}

func choose(sessions []app.Session, id string) *app.Session {
	for i := range sessions {
		if sessions[i].ID == id {
			return &sessions[i]
		}
	}
	if len(sessions) > 0 {
		return &sessions[0]
	}
	return nil
}

func sidebar(in Input, shown Screen, sessions []app.Session, chosen *app.Session, c *countdown) Sidebar {
	var bar Sidebar
	for _, s := range sessions {
		st, word := state(s, c)
		selected := shown.ofSession() && s.ID == chosen.ID
		bar.Rows = append(bar.Rows, Row{ID: s.ID, Name: s.Name, Severity: st.Severity, Word: word, Selected: selected, Can: s.Can(c.now)})
	}
	if n := len(in.Snapshot.Problems); n > 0 {
		bar.Notices = messages.Plural("window.problems", n)
	}
	bar.NoticesSelected, bar.SettingsSelected = shown == ShowNotices, shown == ShowSettings
	return bar
}

// ManyConnections is from how many connections on they can be filtered.
const ManyConnections = 10

// FilterRows returns the connections whose names contain a text, in whatever case.
func FilterRows(rows []Row, text string) []Row {
	if text == "" {
		return rows
	}
	var out []Row
	for _, r := range rows {
		if listing.Matches(r.Name, text) {
			out = append(out, r)
		}
	}
	return out
}

// Package tray is the icon in the desktop's tray and its menu. What they show is a pure function of
// the snapshot; fyne.io/systray brings it to the desktop.
package tray

import (
	"time"

	"daypass/app"
	"daypass/app/format"
	"daypass/app/messages"
	"daypass/app/status"
)

// menu is what the tray shows.
type menu struct {
	severity status.Severity
	tooltip  string
	entries  []entry
	// stopping is true where quitting Daypass stops transfers, which the item's label says.
	stopping bool
	// language is that of all words, also of those that never change otherwise.
	language string
	// next is when a word of it goes out of date; zero: never by time alone.
	next time.Time
}

// entry is one session in the menu.
type entry struct {
	id, title string
	severity  status.Severity
	// who is the user, as a line of the entry's own menu; empty when nobody is signed in.
	who string
	// signIn is the wording of signing in.
	signIn string
	can    app.Can
	// copies is true while there are credentials to copy.
	copies bool
}

// quit returns the label of the item that ends Daypass.
func (m menu) quit() string {
	if m.stopping {
		return messages.Text("agent.tray.quit-stopping")
	}
	return messages.Text("common.quit-daypass")
}

// show makes the menu of a snapshot. moving is true while transfers are running.
func show(s app.Snapshot, moving bool, now time.Time) menu {
	m := menu{severity: status.Neutral, tooltip: "Daypass", stopping: moving, language: messages.Current().Tag().String()}
	var worst status.Status
	for i, one := range s.Sessions {
		e, st, next := describe(one, now)
		m.entries = append(m.entries, e)
		m.next = earlier(m.next, next)
		if i == 0 || st.MoreUrgent(worst) {
			worst, m.severity = st, st.Severity
			m.tooltip = messages.Text("agent.tray.tooltip", messages.Args{"Entry": e.title})
		}
	}
	return m
}

func describe(s app.Session, now time.Time) (e entry, st status.Status, next time.Time) {
	st = status.Of(s, now)
	w := words{now: now, next: st.ChangesAt}
	text := st.Text(func() string { return w.remaining(st.ExpiresAt) })
	e = entry{
		id: s.ID, title: messages.Text("agent.tray.entry", messages.Args{"Connection": s.Name, "State": text}), severity: st.Severity,
		signIn: messages.Text("common.sign-in"), can: s.Can(now), copies: s.HasCredentials(now),
	}
	if s.Identity != "" && e.can.SignOut {
		e.who = st.Who(s)
	}
	if st.State == status.SignInDue || st.State == status.SignInAgain || st.State == status.Retrying {
		e.signIn = messages.Text("common.sign-in-again")
	}
	return e, st, w.next
}

// formatter writes in the language of the menu.
func formatter() format.Formatter { return messages.Current().Format() }

// words turns instants into words, and remembers when the first of them goes out of date.
type words struct{ now, next time.Time }

func (w *words) changesAt(t time.Time) { w.next = earlier(w.next, t) }

// remaining returns the time until expiry in its largest unit, and never more than there is.
func (w *words) remaining(expiry time.Time) string {
	text, written := formatter().Largest(expiry.Sub(w.now))
	if text == "" {
		w.changesAt(expiry)
		return messages.Text("common.less-than-1-min")
	}
	w.changesAt(expiry.Add(1 - written))
	return text
}

// earlier returns the earlier of two moments, of which zero is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

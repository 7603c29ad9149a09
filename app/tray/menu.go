// Package tray is the icon in the desktop's tray and its menu. What they show is a pure function of
// the snapshot; fyne.io/systray brings it to the desktop.
package tray

import (
	"strconv"
	"time"

	"daypass/app"
	"daypass/app/session"
)

// mark is how a session stands, as a shape and a colour. The icons are named by it.
type mark string

const (
	off  mark = "off"
	good mark = "good"
	busy mark = "busy"
	soon mark = "soon"
	bad  mark = "bad"
)

// endsSoon is the time left below which keys that nothing renews end soon.
const endsSoon = 15 * time.Minute

// menu is what the tray shows.
type menu struct {
	mark    mark
	tooltip string
	entries []entry
	// quit is the label of the item that ends Daypass. It says what else that ends.
	quit string
	// next is when a word of it goes out of date; zero: never by time alone.
	next time.Time
}

// entry is one session in the menu.
type entry struct {
	id, title string
	mark      mark
	// who is the person, as a line of the entry's own menu; empty when nobody is signed in.
	who string
	// signIn is the wording of signing in.
	signIn string
	can    app.Can
	// copies is true while there are keys to copy.
	copies bool
}

// copies are the ways to copy keys: a format of handover, and its name in the menu. They are no menu of
// their own: panels that show menus by libdbusmenu leave the third level empty.
var copies = []struct{ format, label string }{
	{"env", "Environment for sh, bash, zsh"},
	{"fish", "Environment for fish"},
	{"powershell", "Environment for PowerShell"},
	{"rclone", "Remote for rclone"},
	{"mc", "Alias for mc"},
	{"duckdb", "Secret for DuckDB"},
	{"json", "JSON"},
}

// The labels of the item that ends Daypass, without transfers and with some that are running.
const (
	quitLabel         = "Quit Daypass"
	quitStoppingLabel = "Quit Daypass and stop running transfers"
)

// show makes the menu of a snapshot. moving is true while transfers are running.
func show(s app.Snapshot, moving bool, now time.Time) menu {
	m := menu{mark: off, tooltip: "Daypass", quit: quitLabel}
	if moving {
		m.quit = quitStoppingLabel
	}
	worst := -1
	for _, one := range s.Sessions {
		e, rank, next := describe(one, now)
		m.entries = append(m.entries, e)
		m.next = earlier(m.next, next)
		if rank > worst {
			worst, m.mark = rank, e.mark
			m.tooltip = "Daypass: " + e.title
		}
	}
	return m
}

// The ranks of the states, the worst highest: the icon shows the worst. Somebody who has signed out
// wants it so, which is no trouble; keys that have ended by themselves are.
const (
	rankOut = iota
	rankGood
	rankBusy
	rankSoon
	rankEnded
	rankBad
)

func describe(s app.Session, now time.Time) (e entry, rank int, next time.Time) {
	w := words{now: now}
	state, m, rank := w.state(s)
	e = entry{id: s.ID, title: s.Name + " – " + state, mark: m, signIn: "Sign in", can: s.Can(now), copies: s.Live(now)}
	if s.Identity != "" && e.can.SignOut {
		e.who = "Signed in as " + s.Identity
	}
	if s.Phase == session.NeedsSignIn || s.Phase == session.Expired {
		e.signIn = "Sign in again"
	}
	return e, rank, w.next
}

// words turns instants into words, and remembers when the first of them goes out of date.
type words struct{ now, next time.Time }

func (w *words) state(s app.Session) (string, mark, int) {
	switch s.Phase {
	case session.SigningIn:
		return "waiting for your browser", busy, rankBusy
	case session.Exchanging:
		return "getting keys", busy, rankBusy
	case session.Renewing:
		return "renewing, " + w.left(s) + " left", busy, rankBusy
	case session.Active:
		return w.active(s)
	case session.NeedsSignIn:
		if s.Live(w.now) {
			return "sign in again, " + w.left(s) + " left", soon, rankSoon
		}
		return "sign in again", bad, rankBad
	case session.Expired:
		return "ended, trying again", off, rankEnded
	case session.Trouble:
		return "sign-in failed", bad, rankBad
	}
	return "signed out", off, rankOut
}

func (w *words) active(s app.Session) (string, mark, int) {
	if !s.Live(w.now) {
		return "ended", off, rankEnded
	}
	left := w.left(s)
	if s.Failures > 0 {
		return "not renewed, " + left + " left", soon, rankSoon
	}
	if !s.RenewAt.IsZero() {
		return left + " left", good, rankGood
	}
	if s.ExpiresAt.Sub(w.now) <= endsSoon {
		return "ends in " + left, soon, rankSoon
	}
	w.changesAt(s.ExpiresAt.Add(-endsSoon))
	return left + " left", good, rankGood
}

func (w *words) changesAt(t time.Time) { w.next = earlier(w.next, t) }

// left is the time left in its largest unit, and never more than there is.
func (w *words) left(s app.Session) string {
	left := s.ExpiresAt.Sub(w.now)
	for _, unit := range []struct {
		name string
		size time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"min", time.Minute}} {
		if n := left / unit.size; n > 0 {
			w.changesAt(s.ExpiresAt.Add(-n*unit.size + 1))
			return strconv.Itoa(int(n)) + " " + unit.name
		}
	}
	w.changesAt(s.ExpiresAt)
	return "under 1 min"
}

// earlier gives the earlier of two moments, of which zero is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

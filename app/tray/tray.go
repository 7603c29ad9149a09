package tray

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"daypass/app"
)

// Core is what the tray needs of app.Core.
type Core interface {
	Watch(ctx context.Context) <-chan app.Snapshot
	SignIn(ctx context.Context, id string) error
	CancelSignIn(ctx context.Context, id string) error
	RenewNow(ctx context.Context, id string) error
	SignOut(ctx context.Context, id string) error
}

// Options are what the tray works with.
type Options struct {
	Core Core
	// OpenWindow opens Daypass's window, or brings it to the front.
	OpenWindow func(ctx context.Context)
	// Quit ends the agent.
	Quit func()
	// Moving says with each change whether transfers are running, which Quit would stop. May be nil.
	Moving <-chan bool
	// Copy puts the credentials of a connection on the clipboard, in a format of handover, for as long as after
	// says; zero is until the end.
	Copy func(ctx context.Context, id, format string, after time.Duration)
	// SetTrayShown hears whether the icon is seen, each time that changes.
	SetTrayShown func(shown bool)
	// Log gets what the desktop refuses. Nil discards.
	Log *slog.Logger
}

// Run shows the icon wherever and whenever there is a tray, for as long as the user wants it, until
// ctx ends. Without a tray it only waits for one.
func Run(ctx context.Context, o Options) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	b := newBar()
	if b == nil {
		return
	}
	(&tray{Options: o, bar: b, clicks: make(chan click)}).run(ctx)
}

// bar is the desktop's side: the icon and its menu. All but presence is called by one
// goroutine.
type bar interface {
	// presence receives whether there is a tray, at once and with each change, until ctx ends.
	presence(ctx context.Context) <-chan bool
	// up puts the icon with its menu into the tray. Clicks are sent until down.
	up(m menu, clicks chan<- click) error
	// show changes what is there.
	show(m menu) error
	// down takes the icon away.
	down() error
}

// action is what an item of the menu does.
type action string

const (
	doSignIn  action = "sign in"
	doCancel  action = "cancel"
	doRenew   action = "renew"
	doSignOut action = "sign out"
	doCopy    action = "copy"
	doOpen    action = "open"
	doQuit    action = "quit"
)

// click is a user's press on an item; id is the session's and format that of the copy, where the
// action has one.
type click struct {
	do         action
	id, format string
}

type tray struct {
	Options
	bar    bar
	clicks chan click

	snapshot app.Snapshot
	there    bool // the desktop has a tray
	up       bool // our icon is in it
	failed   bool // it did not get in
	moving   bool // transfers are running
	shown    menu
}

func (t *tray) run(ctx context.Context) {
	snapshots, presence := t.Core.Watch(ctx), t.bar.presence(ctx)
	clock := time.NewTimer(0)
	clock.Stop()
	defer clock.Stop()
	defer func() {
		if t.up {
			t.check(t.bar.down())
		}
	}()
	for {
		select {
		case s, open := <-snapshots:
			if !open {
				return
			}
			t.snapshot = s
		case there := <-presence:
			t.there, t.failed = there, false
		case t.moving = <-t.Moving:
		case c := <-t.clicks:
			t.perform(ctx, c)
			continue
		case <-clock.C:
		case <-ctx.Done():
			return
		}
		clock.Stop()
		if next := t.render(time.Now().Round(0)); !next.IsZero() {
			clock.Reset(time.Until(next))
		}
	}
}

// render brings the desktop up to date, and returns the moment at which that is out of date again.
func (t *tray) render(now time.Time) time.Time {
	wanted := t.there && t.snapshot.Settings.Tray && t.snapshot.Revision > 0
	m := show(t.snapshot, t.moving, now)
	switch {
	case t.up && !wanted:
		t.check(t.bar.down())
		t.report(false)
	case !t.up && wanted && !t.failed:
		if err := t.bar.up(m, t.clicks); err != nil {
			t.check(err)
			t.failed = true
			return time.Time{}
		}
		t.report(true)
	case t.up && !m.same(t.shown):
		t.check(t.bar.show(m))
	}
	if !t.up {
		return time.Time{} // and no reason to wake up
	}
	t.shown = m
	return wholeMinute(m.next)
}

func (t *tray) check(err error) {
	if err != nil {
		t.Log.Warn("the tray", "error", err)
	}
}

func (t *tray) report(shown bool) {
	t.up = shown
	t.SetTrayShown(shown)
}

// same reports whether the user sees no difference.
func (m menu) same(other menu) bool {
	return m.severity == other.severity && m.stopping == other.stopping && m.language == other.language && m.tooltip == other.tooltip && slices.Equal(m.entries, other.entries)
}

// wholeMinute is the first whole minute from t on. An open menu is built again with each change, so
// the sessions' words change together.
func wholeMinute(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	if whole := t.Truncate(time.Minute); !whole.Equal(t) {
		return whole.Add(time.Minute)
	}
	return t
}

// perform does what was clicked. The intents only enqueue.
func (t *tray) perform(ctx context.Context, c click) {
	var err error
	switch c.do {
	case doSignIn:
		err = t.Core.SignIn(ctx, c.id)
	case doCancel:
		err = t.Core.CancelSignIn(ctx, c.id)
	case doRenew:
		err = t.Core.RenewNow(ctx, c.id)
	case doSignOut:
		err = t.Core.SignOut(ctx, c.id)
	case doCopy:
		go t.Copy(ctx, c.id, c.format, t.snapshot.Settings.ClearClipboardAfter()) // which waits for others
	case doOpen:
		go t.OpenWindow(ctx) // which may take seconds
	case doQuit:
		t.Quit()
	}
	if err != nil && !errors.Is(err, app.ErrStopped) {
		t.Log.Warn("the tray's menu", "item", c.do, "session", c.id, "error", err)
	}
}

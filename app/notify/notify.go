package notify

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"daypass/app"
	"daypass/app/status"
)

// Core is what notifications need of app.Core.
type Core interface {
	Watch(ctx context.Context) <-chan app.Snapshot
	SignIn(ctx context.Context, id string) error
}

// Options are what notifications work with.
type Options struct {
	Core Core
	// OpenWindow opens Daypass's window, or brings it to the front.
	OpenWindow func(ctx context.Context)
	// Messages is told at once, and is no state of a session. Nil for nothing.
	Messages <-chan Message
	// Log gets what the desktop refuses. Nil discards.
	Log *slog.Logger
}

// Message is something that could not be done for the user, who is not looking.
type Message struct{ Title, Body string }

// Run notifies for as long as the user wants it, until ctx ends or the core stops. Then it
// withdraws what is still on the screen.
func Run(ctx context.Context, o Options) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	answers := make(chan answer)
	(&notifier{Options: o, desktop: newDesktop(ctx, answers, o.Log), answers: answers, shown: map[string]bool{}}).run(ctx)
}

// desktop shows notices. Its methods do not wait for the screen.
type desktop interface {
	show(n notice)
	withdraw(id string)
	// close ends it, when what was asked is done or a second has passed.
	close()
}

// answer is what the user did with a notice: pressed its button, or the notice itself.
type answer struct {
	id     string
	signIn bool
}

type notifier struct {
	Options
	desktop desktop
	answers <-chan answer

	last  app.Snapshot
	shown map[string]bool
}

func (n *notifier) run(ctx context.Context) {
	defer n.close()
	snapshots := n.Core.Watch(ctx)
	for {
		select {
		case s, open := <-snapshots:
			if !open {
				return
			}
			n.take(s, time.Now().Round(0))
		case m := <-n.Messages:
			n.say(m)
		case a := <-n.answers:
			n.perform(ctx, a)
		case <-ctx.Done():
			return
		}
	}
}

func (n *notifier) close() {
	for id := range n.shown {
		n.desktop.withdraw(id)
	}
	n.desktop.close()
}

// take compares s with the snapshot before. While the user wants no notifications, what happens
// then is not told later either.
func (n *notifier) take(s app.Snapshot, now time.Time) {
	c := decide(n.last, s, now)
	n.last = s
	if !s.Settings.Notifications {
		c.show = nil
		for id := range n.shown {
			c.withdraw = append(c.withdraw, id)
		}
	}
	for _, id := range c.withdraw {
		if n.shown[id] {
			delete(n.shown, id)
			n.desktop.withdraw(id)
		}
	}
	for _, one := range c.show {
		n.shown[one.id] = true
		n.desktop.show(one)
	}
}

// say shows m in place of the message before it. It belongs to no session.
func (n *notifier) say(m Message) {
	if n.last.Settings.Notifications {
		n.shown[""] = true
		n.desktop.show(notice{title: m.Title, body: m.Body, severity: status.Warning})
	}
}

func (n *notifier) perform(ctx context.Context, a answer) {
	if !a.signIn {
		go n.OpenWindow(ctx) // which may take seconds
		return
	}
	if err := n.Core.SignIn(ctx, a.id); err != nil && !errors.Is(err, app.ErrStopped) {
		n.Log.Warn("sign in from a notification", "session", a.id, "error", err)
	}
}

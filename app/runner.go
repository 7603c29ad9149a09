package app

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"daypass/app/connection"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/app/settings"
	"daypass/auth"
)

// message is what the runner takes from its mailbox: an event of one session, or a connection that
// was defined or removed.
type message struct {
	id    string
	event session.Event
	// link comes with session.LinkReady.
	link string
	// define adds a connection or replaces its definition.
	define *connection.Definition
	remove bool
	// change is made to what belongs to no one session.
	change func(*runner)
	// done is closed once the message is taken and published.
	done chan<- struct{}
}

// runner owns the state of every session. Its one goroutine takes events, lets session.Step decide,
// and has the effects performed elsewhere; each result comes back as an event.
type runner struct {
	box    *mailbox
	alarm  *schedule.Alarm
	store  *store
	build  builder
	log    *slog.Logger
	jitter func() float64

	sessions map[string]*running
	problems []Problem
	settings settings.Settings
	// trayShown is as in Snapshot.
	trayShown bool
	ended     chan struct{}
	public    atomic.Pointer[published]
	work      sync.WaitGroup
	waiting   *waiting
}

// running is one session and what it works with.
type running struct {
	def    connection.Definition
	state  session.State
	parts  parts
	broken error // why parts could not be built
	link   string
	cancel map[uint64]context.CancelFunc
}

// published is what other goroutines read of the runner besides the snapshot: secrets, by session.
type published struct {
	keys  map[string]Keys
	links map[string]string
}

func newRunner(st *store, build builder, log *slog.Logger) *runner {
	r := &runner{
		box: newMailbox(), alarm: schedule.NewAlarm(), store: st, build: build, log: log,
		jitter: rand.Float64, sessions: map[string]*running{}, ended: make(chan struct{}), waiting: newWaiting(),
	}
	r.public.Store(&published{})
	return r
}

// run takes messages until ctx ends, then ends all work and every watch.
func (r *runner) run(ctx context.Context) {
	r.work.Go(func() { r.alarm.Run(ctx) })
	defer r.store.close()
	defer r.work.Wait()
	defer close(r.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case wake := <-r.alarm.C():
			r.woke(ctx, wake)
		case <-r.box.bell:
			r.take(ctx, r.box.takeAll())
		}
	}
}

// settle has m taken, and waits until it is published.
func (r *runner) settle(ctx context.Context, m message) error {
	done := make(chan struct{})
	m.done = done
	r.box.put(m)
	select {
	case <-done:
		return nil
	case <-r.ended:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
}

// clockSetBack is how far a clock must go back to make known expiries doubtful.
const clockSetBack = 30 * time.Second

func (r *runner) woke(ctx context.Context, wake schedule.Wake) {
	if wake.Jump.Abs() >= clockSetBack {
		r.log.Info("the clock jumped", "by", wake.Jump)
	}
	changed := false
	for id, run := range r.sessions {
		changed = r.step(ctx, id, run, session.Woke{Back: wake.Jump <= -clockSetBack}) || changed
	}
	if changed {
		r.publish()
	}
	r.plan()
}

func (r *runner) take(ctx context.Context, messages []message) {
	for _, m := range messages {
		r.takeOne(ctx, m)
	}
	r.publish()
	r.plan()
	for _, m := range messages {
		if m.done != nil {
			close(m.done)
		}
	}
}

func (r *runner) takeOne(ctx context.Context, m message) {
	switch {
	case m.define != nil:
		r.define(ctx, m.id, *m.define)
	case m.change != nil:
		m.change(r)
	case m.remove:
		r.remove(ctx, m.id)
	default:
		if run := r.sessions[m.id]; run != nil {
			if m.link != "" {
				run.link = m.link
			}
			r.step(ctx, m.id, run, m.event)
		}
	}
}

// step lets one session take one event, and reports whether its face to the world changed.
func (r *runner) step(ctx context.Context, id string, run *running, e session.Event) bool {
	before := run.state
	var effects []session.Effect
	run.state, effects = session.Step(run.state, e, now(), r.jitter())
	if before.Phase != run.state.Phase {
		r.log.Debug("session", "id", id, "event", eventName(e), "from", before.Phase, "to", run.state.Phase)
	}
	for _, effect := range effects {
		r.perform(ctx, id, run, effect)
	}
	return before != run.state
}

// now is the wall clock without its monotonic reading: expiries come from servers and must be
// compared by wall clock, also across a suspend.
func now() time.Time { return time.Now().Round(0) }

func (r *runner) define(ctx context.Context, id string, def connection.Definition) {
	run := r.sessions[id]
	if run == nil {
		run = &running{state: session.New(), cancel: map[uint64]context.CancelFunc{}}
		r.sessions[id] = run
	} else if !sameService(run.def, def) {
		r.step(ctx, id, run, session.SignOut{})
	}
	run.def = def
	run.parts, run.broken = r.build(def, func(ctx context.Context, t auth.Tokens) error {
		return r.settle(ctx, message{id: id, event: session.Rotated{RefreshToken: t.RefreshToken}})
	})
	if run.broken != nil {
		r.log.Warn("connection cannot be used", "id", id, "error", run.broken)
	}
}

func (r *runner) remove(ctx context.Context, id string) {
	if run := r.sessions[id]; run != nil {
		r.step(ctx, id, run, session.SignOut{})
		delete(r.sessions, id)
	}
}

// plan sets the alarm to the earliest moment at which time alone changes a session.
func (r *runner) plan() {
	var next time.Time
	for _, run := range r.sessions {
		at := run.state.NextWake(now())
		if !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	r.alarm.Set(next)
}

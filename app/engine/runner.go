package engine

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"daypass/app"
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
	// reload is the folder of the connections as it is now.
	reload *reloaded
	// change is made to what belongs to no one session.
	change func(*runner)
	// restore are sessions as they were stored.
	restore map[string]json.RawMessage
	// stored is told when what the event changed is on disk, or why it is not.
	stored func(error)
	// done is closed once the message is taken and published.
	done chan<- struct{}
}

// runner owns the state of every session. Its one goroutine takes events, lets session.Step decide,
// and has the effects performed elsewhere; each result comes back as an event.
type runner struct {
	box    *mailbox[message]
	alarm  *schedule.Alarm
	store  *store
	build  builder
	log    *slog.Logger
	jitter func() float64

	sessions map[string]*running
	problems []app.Problem
	settings settings.Settings
	// trayShown is as in Snapshot.
	trayShown bool
	ended     chan struct{}
	public    atomic.Pointer[published]
	work      sync.WaitGroup
	waiting   *waiting
	keeper    *keeper // nil where nothing is ever stored
	keeping   keeping
	// unreadable are the connections' files that could not be read.
	unreadable []app.Problem
	// ready is closed when the stored sessions are restored, or will not be for now.
	ready chan struct{}
	// ending is true once the program ends: nothing is begun any more.
	ending bool
	// left are the sessions whose person has gone since the last publication, and forget is told of each
	// once that is published, and whether it was by signing out.
	left   []left
	forget func(id string, signedOut bool)
}

// running is one session and what it works with.
type running struct {
	def    connection.Definition
	state  session.State
	parts  parts
	broken error // why parts could not be built
	link   string
	cancel map[uint64]context.CancelFunc
	kept   kept // what was last given to the keeper
	asked  *asked
}

// published is what other goroutines read of the runner besides the snapshot: secrets, by session.
type published struct {
	keys  map[string]app.Keys
	links map[string]string
}

func newRunner(st *store, build builder, log *slog.Logger) *runner {
	r := &runner{
		box: newMailbox[message](), alarm: schedule.NewAlarm(), store: st, build: build, log: log,
		jitter: rand.Float64, sessions: map[string]*running{}, ended: make(chan struct{}), waiting: newWaiting(),
		ready: make(chan struct{}), forget: func(string, bool) {},
	}
	r.public.Store(&published{})
	return r
}

// run takes messages until ctx ends, then ends all work and every watch.
func (r *runner) run(ctx context.Context) {
	r.work.Go(func() { r.alarm.Run(ctx) })
	defer r.startKeeper()()
	defer r.store.close()
	defer r.work.Wait()
	defer r.end(context.WithoutCancel(ctx))
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

// startKeeper starts the keeper, and gives the function that ends it when all else has ended.
func (r *runner) startKeeper() (end func()) {
	if r.keeper == nil {
		r.isReady()
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.keeper.run(ctx)
	}()
	return func() { cancel(); <-done }
}

// endPatience is how long the end of the program waits for refreshes that are under way.
const endPatience = 5 * time.Second

// end begins nothing more, but stores what the refreshes under way bring.
func (r *runner) end(ctx context.Context) {
	defer close(r.ended)
	r.ending = true
	late := time.NewTimer(endPatience)
	defer late.Stop()
	for r.isRefreshing() {
		select {
		case <-r.box.bell:
			r.take(ctx, r.box.takeAll())
		case <-late.C:
			r.log.Warn("a refresh is given up, since the program ends")
			r.abortAll()
			return
		}
	}
	if last := r.box.takeAll(); len(last) > 0 {
		r.take(ctx, last)
	}
	r.abortAll()
}

func (r *runner) isRefreshing() bool {
	for _, run := range r.sessions {
		if run.state.Work == session.RefreshToken && len(run.cancel) > 0 {
			return true
		}
	}
	return false
}

func (r *runner) abortAll() {
	for _, run := range r.sessions {
		for attempt := range run.cancel {
			run.abort(attempt)
		}
	}
}

// settle has m taken, and waits until it is published.
func (r *runner) settle(ctx context.Context, m message) error { return r.await(ctx, r.send(m)) }

// send has m taken. The channel is closed when it is published.
func (r *runner) send(m message) <-chan struct{} {
	done := make(chan struct{})
	m.done = done
	r.box.put(m)
	return done
}

// await waits for what was sent.
func (r *runner) await(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	case <-r.ended:
		return app.ErrStopped
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
		changed = r.step(ctx, id, run, session.Woke{Back: wake.Jump <= -clockSetBack}, nil) || changed
	}
	if changed {
		r.publish()
		r.forgetLeft()
	}
	r.plan()
}

func (r *runner) take(ctx context.Context, messages []message) {
	for _, m := range messages {
		r.takeOne(ctx, m)
	}
	r.publish()
	r.forgetLeft()
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
	case m.reload != nil:
		r.reload(ctx, *m.reload)
	case m.restore != nil:
		r.restoreAll(ctx, m.restore)
	default:
		if run := r.sessions[m.id]; run != nil {
			if m.link != "" {
				run.link = m.link
			}
			r.step(ctx, m.id, run, m.event, m.stored)
		} else if m.stored != nil {
			m.stored(errNotStored)
		}
	}
}

// step lets one session take one event, and reports whether its face to the world changed. stored,
// which may be nil, is told when what must outlive the agent is on disk.
func (r *runner) step(ctx context.Context, id string, run *running, e session.Event, stored func(error)) bool {
	before := run.state
	switch e.(type) {
	case session.SignIn, session.SignOut:
		run.asked = nil // it was for whoever was signed in
	}
	var effects []session.Effect
	run.state, effects = session.Step(run.state, e, now(), r.jitter())
	if before.Phase != run.state.Phase {
		r.log.Debug("session", "id", id, "event", eventName(e), "from", before.Phase, "to", run.state.Phase)
	}
	if gone(before.Tokens.Identity, run.state.Tokens.Identity) {
		r.left = append(r.left, left{id, run.state.Tokens.Identity.Subject == ""})
		if run.broken == nil && run.state.Tokens.RefreshToken.IsZero() {
			run.parts.login.Resume(auth.Tokens{}) // forgets those that it would refresh with
		}
	}
	r.keep(id, run, before.Phase == session.SigningIn || before.Phase == session.Exchanging, stored)
	for _, effect := range effects {
		r.perform(ctx, id, run, effect)
	}
	return before != run.state
}

// left is a session whose person has gone: signed out, or replaced by another one.
type left struct {
	id        string
	signedOut bool
}

// gone reports whether who was signed in is no longer who is.
func gone(before, now auth.Identity) bool {
	return before.Subject != "" && (before.Subject != now.Subject || before.Issuer != now.Issuer)
}

// forgetLeft has what was given out to other tools taken back. It comes after the publication, so that
// whoever is given something at this moment is seen by one of the two: they see that the keys have gone, or
// are among those whose keys are taken back.
func (r *runner) forgetLeft() {
	for _, l := range r.left {
		r.forget(l.id, l.signedOut)
	}
	r.left = nil
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
		r.step(ctx, id, run, session.SignOut{}, nil)
	} else if run.broken == nil {
		run.def = def // another name; what renews the session goes on
		return
	}
	run.def = def
	run.parts, run.broken = r.build(def, r.saver(id))
	if run.broken == nil && !run.state.Tokens.RefreshToken.IsZero() {
		run.parts.login.Resume(run.state.Tokens)
	}
	if run.broken != nil {
		r.log.Warn("connection cannot be used", "id", id, "error", run.broken)
	}
}

func (r *runner) remove(ctx context.Context, id string) {
	if run := r.sessions[id]; run != nil {
		r.step(ctx, id, run, session.SignOut{}, nil)
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

package engine

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/inbox"
	"daypass/app/keypairs"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/app/sessionstore"
	"daypass/app/settings"
	"daypass/auth"
	"daypass/auth/secret"
)

// runner owns the state of every session. Its one goroutine takes events, lets session.Step decide,
// and has the effects performed elsewhere; each result comes back as an event.
type runner struct {
	inbox  *inbox.Inbox[request]
	alarm  *schedule.Alarm
	store  *store
	build  builder
	log    *slog.Logger
	jitter func() float64

	sessions map[string]*sessionEntry
	// clientSecrets are those of the connections, by ID, that are kept in the vault and in no file.
	clientSecrets map[string]sessionstore.ClientSecret
	problems      []app.Problem
	settings      settings.Settings
	// trayShown is as in Snapshot.
	trayShown   bool
	ended       chan struct{}
	public      atomic.Pointer[published]
	work        sync.WaitGroup
	waiting     *waiting
	records     *sessionstore.Store // nil where nothing is ever stored
	storeStatus sessionstore.Status
	// unreadable are the connections' files that could not be read.
	unreadable []app.Problem
	// ready is closed when the stored sessions are restored, or will not be for now.
	ready chan struct{}
	// ending is true once the program ends: nothing is begun any more.
	ending bool
	// endings are the sessions that have ended since the last publication; the issuer is told of each once that is
	// published.
	endings []ending
	issuer  issuer
}

// issuer is the broker as the runner knows it. Its methods do not wait.
type issuer interface {
	SessionEnded(id string, signedOut bool)
	KeyPairs(id string) *keypairs.Set
	RestoreKeyPairs(id string, set keypairs.Set)
}

// sessionEntry is one session and what it works with.
type sessionEntry struct {
	def         connection.Definition
	state       session.State
	deps        dependencies
	broken      error // why they could not be built
	link        string
	cancel      map[uint64]context.CancelFunc
	stored      session.Record // what was last given to the store
	lastRequest *stsRequest
}

// published is what other goroutines read of the runner besides the snapshot: secrets, by session.
type published struct {
	keys          map[string]app.Credentials
	links         map[string]string
	clientSecrets map[string]secret.Secret
}

func newRunner(st *store, build builder, log *slog.Logger) *runner {
	r := &runner{
		inbox: inbox.New[request](), alarm: schedule.NewAlarm(), store: st, build: build, log: log,
		jitter: rand.Float64, sessions: map[string]*sessionEntry{}, clientSecrets: map[string]sessionstore.ClientSecret{}, ended: make(chan struct{}), waiting: newWaiting(),
		ready: make(chan struct{}),
	}
	r.public.Store(&published{})
	return r
}

// run does commands until ctx ends, then ends all work and every watch.
func (r *runner) run(ctx context.Context) {
	r.work.Go(func() { r.alarm.Run(ctx) })
	defer r.startStore()()
	defer r.store.close()
	defer r.work.Wait()
	defer r.end(context.WithoutCancel(ctx))
	for {
		select {
		case <-ctx.Done():
			return
		case wake := <-r.alarm.C():
			r.woke(ctx, wake)
		case <-r.inbox.Ready():
			r.take(ctx, r.inbox.TakeAll())
		}
	}
}

// startStore starts the session store, and returns the function that ends it when all else has ended.
func (r *runner) startStore() (end func()) {
	if r.records == nil {
		r.isReady()
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.records.Run(ctx)
	}()
	return func() { cancel(); <-done }
}

// endTimeout is how long the end of the program waits for refreshes that are under way.
const endTimeout = 5 * time.Second

// end begins nothing more, but stores what the refreshes under way bring.
func (r *runner) end(ctx context.Context) {
	defer close(r.ended)
	r.ending = true
	late := time.NewTimer(endTimeout)
	defer late.Stop()
	for r.isRefreshing() {
		select {
		case <-r.inbox.Ready():
			r.take(ctx, r.inbox.TakeAll())
		case <-late.C:
			r.log.Warn("a refresh is given up, since the program ends")
			r.abortAll()
			return
		}
	}
	if last := r.inbox.TakeAll(); len(last) > 0 {
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

// post has c done, and does not wait.
func (r *runner) post(c command) { r.inbox.Put(request{command: c}) }

// call has c done, and waits until its result is published.
func (r *runner) call(ctx context.Context, c command) error { return r.await(ctx, r.send(c)) }

// send has c done. The channel is closed when its result is published.
func (r *runner) send(c command) <-chan struct{} {
	done := make(chan struct{})
	r.inbox.Put(request{c, done})
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
		r.reportEndings()
	}
	r.plan()
}

func (r *runner) take(ctx context.Context, requests []request) {
	for _, q := range requests {
		q.do(ctx, r)
	}
	r.publish()
	r.reportEndings()
	r.plan()
	for _, q := range requests {
		if q.done != nil {
			close(q.done)
		}
	}
}

// step lets one session take one event, and reports whether its face to the world changed. saved, which may be
// nil, is called when what must outlive the agent is on disk.
func (r *runner) step(ctx context.Context, id string, run *sessionEntry, e session.Event, saved func(error)) bool {
	before := run.state
	switch e.(type) {
	case session.SignIn, session.SignOut:
		run.lastRequest = nil // it was for the user who was signed in
	}
	var effects []session.Effect
	run.state, effects = session.Step(run.state, e, now(), r.jitter())
	if before.Phase != run.state.Phase {
		r.log.Debug("session", "id", id, "event", eventName(e), "from", before.Phase, "to", run.state.Phase)
	}
	for _, effect := range effects {
		if persist, ok := effect.(session.Persist); ok {
			r.persist(id, run, persist, saved)
			saved = nil
			continue
		}
		r.perform(ctx, id, run, effect)
	}
	if saved != nil {
		saved(nil) // there was nothing to store
	}
	return before != run.state
}

// ending is the end of a session; see session.Ended.
type ending struct {
	id        string
	signedOut bool
}

// sessionEnded performs session.Ended.
func (r *runner) sessionEnded(id string, run *sessionEntry, e session.Ended) {
	r.endings = append(r.endings, ending{id, e.SignedOut})
	if run.broken == nil && run.state.Tokens.RefreshToken.IsZero() {
		run.deps.provider.Resume(auth.Tokens{}) // drops those that it would refresh with
	}
}

// reportEndings has what was given out of ended sessions taken back. It comes after the publication, so that
// a client that gets credentials at this moment is seen by one of the two: they see that the session has ended, or
// are among those whose credentials are taken back.
func (r *runner) reportEndings() {
	for _, e := range r.endings {
		r.issuer.SessionEnded(e.id, e.signedOut)
	}
	r.endings = nil
}

func now() time.Time { return schedule.Now() }

func (r *runner) define(ctx context.Context, id string, def connection.Definition) {
	def = r.withClientSecret(id, def)
	run := r.sessions[id]
	if run == nil {
		run = &sessionEntry{state: session.New(), cancel: map[uint64]context.CancelFunc{}}
		r.sessions[id] = run
	} else if !def.SameService(run.def) {
		r.step(ctx, id, run, session.SignOut{Because: connectionChanged(run.def, def)}, nil)
	} else if run.broken == nil {
		r.adjust(id, run, def)
		return
	}
	r.equip(id, run, def)
}

// equip replaces the definition of a session, and the clients that work by it.
func (r *runner) equip(id string, run *sessionEntry, def connection.Definition) {
	run.def = def
	run.deps, run.broken = r.build(def, r.saver(id))
	if run.broken == nil && !run.state.Tokens.RefreshToken.IsZero() {
		run.deps.provider.Resume(run.state.Tokens)
	}
	if run.broken != nil {
		r.log.Warn("connection cannot be used", "id", id, "error", run.broken)
	}
}

// adjust takes over a definition under which a session goes on, and what renews it. What differs in how the user signs in
// counts from the next sign-in on.
func (r *runner) adjust(id string, run *sessionEntry, def connection.Definition) {
	before := run.def
	run.def = def
	if def.Provider.SameSignIn(before.Provider) {
		return
	}
	deps, err := r.build(def, r.saver(id))
	if err != nil {
		r.log.Warn("a changed connection is used as it was until Daypass starts again", "id", id, "error", err)
		return
	}
	inherit(deps.provider, run.deps.provider, run.state.Tokens.Consent)
	run.deps = deps
}

func (r *runner) remove(ctx context.Context, id string) {
	if run := r.sessions[id]; run != nil {
		r.step(ctx, id, run, session.SignOut{}, nil)
		delete(r.sessions, id)
		r.keepClientSecret(id, sessionstore.ClientSecret{})
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

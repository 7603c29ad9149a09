// Package bridge is the window's end of the connection to the agent. Goroutines follow what the agent publishes; the
// UI thread takes the latest of it when it renders. What the user asks of the agent goes the other way, and no call
// waits for its answer on the UI thread.
package bridge

import (
	"context"
	"errors"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/retry"
	"daypass/app/settings"
	"daypass/ui/present"
	"daypass/ui/problem"
)

// The pauses between attempts to reach the agent.
const (
	firstPause = time.Second
	lastPause  = 30 * time.Second
)

// Options is what a bridge needs.
type Options struct {
	// Context ends the bridge.
	Context context.Context
	// Connect returns the agent, starting it where none answers.
	Connect func(ctx context.Context) (app.Core, error)
	// Dispatch runs a function on the UI thread.
	Dispatch func(func())
	// Now is the clock.
	Now func() time.Time
	// Changed is called, in any goroutine, when there is something to take.
	Changed func()
	// Raise brings the window to the front with what it is asked to show, and Close closes it; both run on the UI thread.
	Raise func(app.WindowTarget)
	Close func()
	// Failed shows, on the UI thread, why something that was asked of the agent failed; nil takes the last failure
	// away.
	Failed func(*app.Problem)
}

// Bridge is the connection to the agent. Its methods belong to the UI thread, except Current.
type Bridge struct {
	Options
	taken News
	retry chan struct{}

	mu    sync.Mutex
	news  News
	fresh Fresh
}

// News is what the agent published last.
type News struct {
	// Core is the agent; nil while there is none.
	Core app.Core
	// Agent says how the window stands with it.
	Agent present.Agent
	// Snapshot is what the agent knows; it is empty while there is no agent.
	Snapshot app.Snapshot
	// Transfers are all transfers.
	Transfers app.TransferList
}

// Fresh says what has changed since News were taken last.
type Fresh struct {
	// Agent is true where the agent or its snapshot has changed.
	Agent bool
	// Transfers is true where the list of transfers has changed.
	Transfers bool
}

// New returns a bridge that follows nothing yet.
func New(o Options) *Bridge { return &Bridge{Options: o, retry: make(chan struct{}, 1)} }

// Start begins to follow the agent.
func (b *Bridge) Start() { go b.follow() }

// Retry ends the pause before the next attempt to reach the agent.
func (b *Bridge) Retry() {
	select {
	case b.retry <- struct{}{}:
	default:
	}
}

// Take takes over what has been published, and reports what of it has changed.
func (b *Bridge) Take() Fresh {
	b.mu.Lock()
	defer b.mu.Unlock()
	fresh := b.fresh
	if fresh.Agent {
		b.taken.Core, b.taken.Agent, b.taken.Snapshot = b.news.Core, b.news.Agent, b.news.Snapshot
	}
	if fresh.Transfers {
		b.taken.Transfers = b.news.Transfers
	}
	b.fresh = Fresh{}
	return fresh
}

// Core returns the agent; nil while there is none.
func (b *Bridge) Core() app.Core { return b.taken.Core }

// Agent returns how the window stands with the agent.
func (b *Bridge) Agent() present.Agent { return b.taken.Agent }

// Snapshot returns what the agent knows, as it was taken last.
func (b *Bridge) Snapshot() app.Snapshot { return b.taken.Snapshot }

// Assume takes settings for those of the agent until it publishes others.
func (b *Bridge) Assume(s settings.Settings) { b.taken.Snapshot.Settings = s }

// Transfers returns all transfers, as they were taken last.
func (b *Bridge) Transfers() app.TransferList { return b.taken.Transfers }

// Session returns the session of a connection; the zero Session where there is none.
func (b *Bridge) Session(id string) app.Session {
	for _, s := range b.taken.Snapshot.Sessions {
		if s.ID == id {
			return s
		}
	}
	return app.Session{}
}

// Current returns the agent for a goroutine: the one that answers now.
func (b *Bridge) Current() (app.Core, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.news.Core == nil {
		return nil, app.ErrStopped
	}
	return b.news.Core, nil
}

// Call asks the agent for something in a goroutine. Its failure is shown by Failed.
func (b *Bridge) Call(ask func(context.Context, app.Core) error) {
	core := b.Core()
	if core == nil {
		return
	}
	b.Failed(nil)
	go func() {
		if err := ask(b.Context, core); err != nil && b.Context.Err() == nil {
			b.Dispatch(func() { b.Failed(problem.Of(err)) })
		}
	}()
}

// follow connects to the agent and reads what it publishes, and does so again when the agent is gone.
func (b *Bridge) follow() {
	ctx := b.Context
	backoff := retry.Backoff{First: firstPause, Max: lastPause}
	for ctx.Err() == nil {
		core, err := b.Connect(ctx)
		if err == nil {
			if b.serve(core) {
				backoff.Reset()
			}
			if hasQuit(core) {
				b.Dispatch(b.Close)
				return
			}
			err = problem.ErrAgentGone
		}
		if ctx.Err() != nil {
			return
		}
		pause := backoff.Next()
		b.publish(nil, present.Agent{Problem: problem.OfAgent(err), RetryAt: b.Now().Add(pause)}, app.Snapshot{})
		select {
		case <-time.After(pause):
		case <-b.retry:
		case <-ctx.Done():
			return
		}
		b.publish(nil, present.Agent{}, app.Snapshot{})
	}
}

// serve publishes what the agent does for as long as it is there, and reports whether it did anything.
func (b *Bridge) serve(core app.Core) (any bool) {
	ctx, end := context.WithCancel(b.Context)
	defer end()
	attended := make(chan struct{})
	go func() { defer close(attended); b.attend(ctx, core) }()
	go b.readTransfers(ctx, core)
	for snapshot := range core.Watch(b.Context) {
		any = true
		b.publish(core, present.Agent{Ready: true}, snapshot)
	}
	if _, can := core.(app.Quitter); can {
		select { // the same end ends both; it says whether the user has quit
		case <-attended:
		case <-time.After(firstPause):
		}
	}
	return any
}

// hasQuit reports whether the user has quit Daypass: the window then starts no other agent.
func hasQuit(core app.Core) bool {
	q, can := core.(app.Quitter)
	return can && q.HasQuit()
}

// attend brings the window to the front when the agent asks the one window to, and makes way for a window that is
// there already.
func (b *Bridge) attend(ctx context.Context, core app.Core) {
	calls, err := core.AttendWindow(ctx)
	if errors.Is(err, app.ErrWindowOpen) {
		b.Dispatch(b.Close)
	}
	if err != nil {
		return
	}
	for target := range calls {
		b.Dispatch(func() {
			b.Raise(target)
			go func() { _ = core.WindowRaised(ctx) }()
		})
	}
}

// publish puts a snapshot where the UI thread takes it.
func (b *Bridge) publish(core app.Core, agent present.Agent, snapshot app.Snapshot) {
	b.mu.Lock()
	b.fresh.Agent = true
	b.news.Core, b.news.Agent, b.news.Snapshot = core, agent, snapshot
	b.mu.Unlock()
	b.Changed()
}

// readTransfers publishes the lists of transfers until ctx ends.
func (b *Bridge) readTransfers(ctx context.Context, core app.Core) {
	for list := range core.WatchTransfers(ctx) {
		b.mu.Lock()
		b.news.Transfers, b.fresh.Transfers = list, true
		b.mu.Unlock()
		b.Changed()
	}
}

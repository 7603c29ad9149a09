package ui

import (
	"context"
	"errors"
	"time"

	"daypass/app"
	"daypass/app/retry"
	"daypass/app/session"
	"daypass/ui/present"
)

// The pauses between attempts to reach the agent.
const (
	firstPause = time.Second
	lastPause  = 30 * time.Second
)

// follow connects to the core and reads its snapshots, and does so again when the core is gone.
func (u *Window) follow() {
	backoff := retry.Backoff{First: firstPause, Max: lastPause}
	for u.ctx.Err() == nil {
		core, err := u.Connect(u.ctx)
		if err == nil {
			if u.serve(core) {
				backoff.Reset()
			}
			if hasQuit(core) {
				u.Dispatch(u.window.Close)
				return
			}
			err = errAgentGone
		}
		if u.ctx.Err() != nil {
			return
		}
		pause := backoff.Next()
		again := u.Now().Add(pause)
		u.bring(nil, present.Agent{Problem: agentProblem(err), RetryAt: again}, app.Snapshot{})
		select {
		case <-time.After(pause):
		case <-u.retry:
		case <-u.ctx.Done():
			return
		}
		u.bring(nil, present.Agent{}, app.Snapshot{})
	}
}

// serve shows what the core does for as long as it is there, and reports whether it did anything.
func (u *Window) serve(core app.Core) (any bool) {
	ctx, end := context.WithCancel(u.ctx)
	defer end()
	attended := make(chan struct{})
	go func() { defer close(attended); u.attend(ctx, core) }()
	go u.readTransfers(ctx, core)
	any = u.read(core)
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

// attend comes to the front when the core asks the one window to, and makes way for a window that is
// there already.
func (u *Window) attend(ctx context.Context, core app.Core) {
	calls, err := core.AttendWindow(ctx)
	if errors.Is(err, app.ErrWindowOpen) {
		u.Dispatch(u.window.Close)
	}
	if err != nil {
		return
	}
	for range calls {
		u.Dispatch(func() {
			u.window.RequestFocus()
			go func() { _ = core.WindowRaised(ctx) }()
		})
	}
}

// read brings snapshots until the core ends them, and reports whether there was one.
func (u *Window) read(core app.Core) (any bool) {
	for snapshot := range core.Watch(u.ctx) {
		any = true
		u.bring(core, present.Agent{Ready: true}, snapshot)
	}
	return any
}

// bring puts news where the UI thread finds it.
func (u *Window) bring(core app.Core, agent present.Agent, snapshot app.Snapshot) {
	u.inbox.Lock()
	u.inbox.fresh, u.inbox.core, u.inbox.agent, u.inbox.snapshot = true, core, agent, snapshot
	u.inbox.Unlock()
	u.invalidate()
}

// noticeSignIns brings the window to the front when a sign-in started here has come to its end.
func (u *Window) noticeSignIns() {
	for _, s := range u.input.Snapshot.Sessions {
		waiting := s.Phase == session.SigningIn || s.Phase == session.Exchanging
		seen, ours := u.awaited[s.ID]
		switch {
		case !ours:
		case waiting:
			u.awaited[s.ID] = true
		case seen:
			delete(u.awaited, s.ID)
			u.window.RequestFocus()
		}
	}
}

// notePhases notes since when each session is in its phase.
func (u *Window) notePhases() {
	since := map[string]time.Time{}
	phases := map[string]session.Phase{}
	for _, s := range u.input.Snapshot.Sessions {
		phases[s.ID], since[s.ID] = s.Phase, u.input.Since[s.ID]
		if since[s.ID].IsZero() || u.phases[s.ID] != s.Phase {
			since[s.ID] = u.Now()
		}
	}
	u.phases, u.input.Since = phases, since
}

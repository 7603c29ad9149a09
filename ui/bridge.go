package ui

import (
	"time"

	"daypass/app"
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
	pause := firstPause
	for u.ctx.Err() == nil {
		core, err := u.Connect(u.ctx)
		if err == nil {
			if u.read(core) {
				pause = firstPause
			}
			err = errAgentGone
		}
		if u.ctx.Err() != nil {
			return
		}
		again := u.Now().Add(pause)
		u.bring(nil, present.Agent{Problem: agentProblem(err), RetryAt: again}, app.Snapshot{})
		select {
		case <-time.After(pause):
		case <-u.retry:
		case <-u.ctx.Done():
			return
		}
		u.bring(nil, present.Agent{}, app.Snapshot{})
		pause = min(2*pause, lastPause)
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

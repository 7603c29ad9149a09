package ui

import (
	"time"

	"daypass/app/session"
)

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

package engine

import "time"

// idleTimer runs while there is something to wait for.
type idleTimer struct {
	*time.Timer
	running bool
}

func newIdleTimer() *idleTimer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return &idleTimer{Timer: t}
}

// keep starts the timer when want begins and stops it when want ends.
func (t *idleTimer) keep(want bool, d time.Duration) {
	switch {
	case want && !t.running:
		t.Reset(d)
	case !want && t.running:
		t.Stop()
	}
	t.running = want
}

package schedule

import "time"

// Timer runs while there is something to wait for. NewTimer returns a usable one.
type Timer struct {
	timer   *time.Timer
	running bool
}

// NewTimer returns a timer that does not run.
func NewTimer() *Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return &Timer{timer: t}
}

// C returns the channel that has a value when the time is over. The receiver calls Fired.
func (t *Timer) C() <-chan time.Time { return t.timer.C }

// Fired notes that the value of C was received.
func (t *Timer) Fired() { t.running = false }

// Keep starts the timer when want begins and stops it when want ends.
func (t *Timer) Keep(want bool, d time.Duration) {
	switch {
	case want && !t.running:
		t.timer.Reset(d)
	case !want && t.running:
		t.timer.Stop()
	}
	t.running = want
}

// Restart has d begin again.
func (t *Timer) Restart(d time.Duration) {
	t.Keep(false, 0)
	t.Keep(true, d)
}

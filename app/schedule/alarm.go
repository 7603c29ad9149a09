package schedule

import (
	"context"
	"time"
)

// Wake is what the alarm says when it goes off.
type Wake struct {
	// Now is the wall clock.
	Now time.Time
	// Jump is the clock's jump since the alarm last looked; see Jump.
	Jump time.Duration
}

// Alarm is the one timer of the program. Set it to the next deadline; it sends every time it
// wakes, at that deadline or earlier, and anyone who listens compares wall clocks. An alarm that is
// not set does not wake at all.
type Alarm struct {
	set chan time.Time
	out chan Wake
}

// NewAlarm returns an alarm that is not set. Run makes it work.
func NewAlarm() *Alarm {
	return &Alarm{set: make(chan time.Time, 1), out: make(chan Wake)}
}

// Set replaces the deadline; the zero time switches the alarm off. It never blocks.
func (a *Alarm) Set(deadline time.Time) {
	select {
	case <-a.set:
	default:
	}
	a.set <- deadline
}

// C is where the wakes arrive.
func (a *Alarm) C() <-chan Wake { return a.out }

// Run drives the alarm until ctx ends.
func (a *Alarm) Run(ctx context.Context) {
	var deadline time.Time
	checked := time.Now()
	timer := time.NewTimer(MaxSleep)
	timer.Stop()
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case next := <-a.set:
			if deadline.IsZero() {
				checked = time.Now() // nobody cared for the clock until now
			}
			deadline = next
		case <-timer.C:
			wake := poll(checked)
			checked = time.Now()
			select {
			case a.out <- wake:
			case <-ctx.Done():
				return
			}
		}
		timer.Stop()
		if !deadline.IsZero() {
			timer.Reset(sleep(deadline, time.Now()))
		}
	}
}

func poll(before time.Time) Wake {
	now := time.Now()
	return Wake{Now: now.Round(0), Jump: Jump(before.Round(0), now.Round(0), now.Sub(before))}
}

// sleep is how long to sleep towards deadline, to the next beat if that comes first: never under a second, so
// that a deadline in the past whose work is under way does not spin.
func sleep(deadline, now time.Time) time.Duration {
	return min(max(deadline.Round(0).Sub(now.Round(0)), time.Second), UntilBeat(now))
}

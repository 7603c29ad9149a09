package schedule

import "time"

// MaxSleep bounds how long the program trusts a timer before it looks at the wall clock again: Go's timers do
// not count the time a laptop sleeps, so a deadline in six hours would come six hours after waking up. A beat
// may come up to a second later.
const MaxSleep = 30 * time.Second

// UntilBeat returns the time from now to the next beat, at most MaxSleep and a second. Beats come every
// MaxSleep of the wall clock, at the same moments for everybody, so that all that is looked at again and
// again wakes the processor once and not one after the other. A beat in less than a second is left out: a
// timer that ran a little fast would otherwise wake twice.
func UntilBeat(now time.Time) time.Duration {
	next := now.Truncate(MaxSleep).Add(MaxSleep).Sub(now.Round(0))
	if next < time.Second {
		next += MaxSleep
	}
	return next
}

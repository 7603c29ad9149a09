package schedule

import (
	"context"
	"time"
)

// Now returns the wall clock without its monotonic reading: expiries come from servers and are compared by
// wall clock, also across a suspend.
func Now() time.Time { return time.Now().Round(0) }

// SleepUntil waits for a moment of the wall clock, which it reads again at every beat. It returns false when
// ctx ended first.
func SleepUntil(ctx context.Context, at time.Time) bool {
	for {
		now := Now()
		remaining := at.Sub(now)
		if remaining <= 0 {
			return ctx.Err() == nil
		}
		timer := time.NewTimer(min(remaining, UntilBeat(now)))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return false
		}
	}
}

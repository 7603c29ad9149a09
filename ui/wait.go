package ui

import (
	"time"

	"daypass/ui/present"
	"daypass/ui/wait"
)

// wait has say called, on the UI thread, when an answer takes long enough to say so, and again when it takes very long.
// stop, to be called on the UI thread, ends that.
func (u *Window) wait(say func(present.Wait)) (stop func()) {
	over := false
	step := func(after time.Duration, w present.Wait) *time.Timer {
		return time.AfterFunc(after, func() {
			u.Dispatch(func() {
				if !over && u.ctx.Err() == nil {
					say(w)
				}
			})
		})
	}
	slow, long := step(wait.SlowAfter, present.SlowWait), step(wait.LongAfter, present.LongWait)
	return func() {
		over = true
		slow.Stop()
		long.Stop()
	}
}

package ui

import (
	"time"

	"daypass/ui/browse"
	"daypass/ui/present"
	"daypass/ui/task"
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
	slow, long := step(browse.SlowAfter, present.SlowWait), step(browse.LongAfter, present.LongWait)
	return func() {
		over = true
		slow.Stop()
		long.Stop()
	}
}

// awaitReports has say called, on the UI thread, while nothing is heard of the run of t that is under way: when its
// first report takes long enough to say so, and each time that any report takes very long. begun reports whether there
// was a first one.
func awaitReports(t *task.Task, begun func() bool, say func(present.Wait)) {
	t.AfterSilence(browse.SlowAfter, func() {
		if !begun() {
			say(present.SlowWait)
		}
	})
	t.AfterSilence(browse.LongAfter, func() { say(present.LongWait) })
}

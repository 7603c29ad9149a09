// Package wait has a screen say that a server takes long to answer.
package wait

import (
	"time"

	"daypass/ui/task"
)

// Wait is how long an answer of a server has been awaited, in steps that are worth saying so.
type Wait int

// The steps.
const (
	None Wait = iota
	// Slow: the screen says what is awaited.
	Slow
	// Long: the screen says that it is still awaited.
	Long
)

const (
	// SlowAfter is how long an answer may take before the screen says what is awaited.
	SlowAfter = 400 * time.Millisecond
	// LongAfter is how long an answer may take before the screen says that it is still awaited.
	LongAfter = 10 * time.Second
)

// Answer has say called, on the UI thread, unless the run of t that is under way ends before: when it takes long enough
// to say so, and again when it takes very long. begins is when it asks the server, after its own begin.
func Answer(t *task.Task, begins time.Duration, say func(Wait)) {
	t.After(begins+SlowAfter, func() { say(Slow) })
	t.After(begins+LongAfter, func() { say(Long) })
}

// Reports has say called, on the UI thread, while the run of t that is under way reports nothing: when its first report
// takes long enough to say so, and each time that any report takes very long. begun reports whether there was a first
// one.
func Reports(t *task.Task, begun func() bool, say func(Wait)) {
	t.AfterSilence(SlowAfter, func() {
		if !begun() {
			say(Slow)
		}
	})
	t.AfterSilence(LongAfter, func() { say(Long) })
}

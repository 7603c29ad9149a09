package cli

import (
	"runtime/debug"
	"testing"
)

// The agent may take more while it moves files or forwards requests, and less again afterwards.
func TestMemory_followsWhatTheAgentDoes(t *testing.T) {
	gc := debug.SetGCPercent(100)
	before := debug.SetMemoryLimit(-1)
	t.Cleanup(func() { limit(before, gc) })
	var m memory
	for _, step := range []struct {
		name string
		do   func()
		want int64
	}{
		{"forwards", func() { m.forward(true) }, forwardingMemoryTarget},
		{"moves too", func() { m.move(true) }, movingMemoryTarget},
		{"moves only", func() { m.forward(false) }, movingMemoryTarget},
		{"idle", func() { m.move(false) }, idleMemoryTarget},
		{"forwards again", func() { m.forward(true) }, forwardingMemoryTarget},
		{"idle again", func() { m.forward(false) }, idleMemoryTarget},
	} {
		step.do()
		if got := debug.SetMemoryLimit(-1); got != step.want {
			t.Errorf("%s: %d, want %d", step.name, got, step.want)
		}
	}
}

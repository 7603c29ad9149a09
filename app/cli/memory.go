package cli

import (
	"runtime/debug"
	"sync"
)

// What the agent may take, in bytes, by what it does; the collector works harder near it, and nothing fails above it.
const (
	idleMemoryTarget = 24 << 20
	// forwardingMemoryTarget is for requests through the gateway, whose bodies are not kept.
	forwardingMemoryTarget = 40 << 20
	// movingMemoryTarget is for transfers: one of a million objects remembers which of them are done.
	movingMemoryTarget = 512 << 20
)

const (
	// idleGCPercent collects earlier than usual: the agent idles all day with little in use.
	idleGCPercent = 50
	busyGCPercent = 100
)

// memory lets the agent have more memory while it is busy, and releases it afterwards. The zero memory is of an idle agent.
// Its methods may be called from several goroutines.
type memory struct {
	mu                 sync.Mutex
	moving, forwarding bool
}

// move notes whether files are being moved, and forward whether requests are being forwarded.
func (m *memory) move(now bool)    { m.note(&m.moving, now) }
func (m *memory) forward(now bool) { m.note(&m.forwarding, now) }

func (m *memory) note(what *bool, now bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	*what = now
	limit(m.target())
	if !m.moving && !m.forwarding {
		debug.FreeOSMemory()
	}
}

// target returns what the agent may take, and how early the collector runs.
func (m *memory) target() (bytes int64, gcPercent int) {
	switch {
	case m.moving:
		return movingMemoryTarget, busyGCPercent
	case m.forwarding:
		return forwardingMemoryTarget, busyGCPercent
	}
	return idleMemoryTarget, idleGCPercent
}

func limit(bytes int64, gcPercent int) {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(bytes)
}

// Package inbox is an unbounded queue that many goroutines fill and one empties.
package inbox

import "sync"

// Inbox is the queue. Put never blocks, so that no button and no finished request waits for the goroutine
// that empties it. New returns a usable one.
type Inbox[T any] struct {
	mu    sync.Mutex
	items []T
	ready chan struct{}
}

// New returns an empty inbox.
func New[T any]() *Inbox[T] { return &Inbox[T]{ready: make(chan struct{}, 1)} }

// Put adds item.
func (m *Inbox[T]) Put(item T) {
	m.mu.Lock()
	m.items = append(m.items, item)
	m.mu.Unlock()
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

// Ready returns the channel that has a value when items may have come.
func (m *Inbox[T]) Ready() <-chan struct{} { return m.ready }

// TakeAll removes all items and returns them, the oldest first.
func (m *Inbox[T]) TakeAll() []T {
	m.mu.Lock()
	defer m.mu.Unlock()
	items := m.items
	m.items = nil
	return items
}

package engine

import "sync"

// mailbox is an unbounded queue that many fill and one empties. Putting never blocks, so that no
// button and no finished request waits for whoever empties it.
type mailbox[T any] struct {
	mu    sync.Mutex
	items []T
	bell  chan struct{}
}

func newMailbox[T any]() *mailbox[T] { return &mailbox[T]{bell: make(chan struct{}, 1)} }

func (m *mailbox[T]) put(item T) {
	m.mu.Lock()
	m.items = append(m.items, item)
	m.mu.Unlock()
	select {
	case m.bell <- struct{}{}:
	default:
	}
}

func (m *mailbox[T]) takeAll() []T {
	m.mu.Lock()
	defer m.mu.Unlock()
	items := m.items
	m.items = nil
	return items
}

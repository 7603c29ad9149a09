package app

import "sync"

// mailbox is an unbounded queue that many fill and one empties. Putting never blocks, so that no
// button and no finished request waits for the runner.
type mailbox struct {
	mu    sync.Mutex
	items []message
	bell  chan struct{}
}

func newMailbox() *mailbox { return &mailbox{bell: make(chan struct{}, 1)} }

func (m *mailbox) put(msg message) {
	m.mu.Lock()
	m.items = append(m.items, msg)
	m.mu.Unlock()
	select {
	case m.bell <- struct{}{}:
	default:
	}
}

func (m *mailbox) takeAll() []message {
	m.mu.Lock()
	defer m.mu.Unlock()
	items := m.items
	m.items = nil
	return items
}

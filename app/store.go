package app

import (
	"context"
	"sync"
)

// store holds the latest snapshot and hands it to watchers. Each watcher has one slot: the first
// value is there at once, and a slow reader finds the latest, not the backlog.
type store struct {
	mu       sync.Mutex
	latest   Snapshot
	watchers map[chan Snapshot]struct{}
	closed   bool
}

func newStore(first Snapshot) *store {
	return &store{latest: first, watchers: map[chan Snapshot]struct{}{}}
}

// publish makes s the latest, numbering it.
func (st *store) publish(s Snapshot) {
	st.mu.Lock()
	defer st.mu.Unlock()
	s.Revision = st.latest.Revision + 1
	st.latest = s
	for w := range st.watchers {
		offer(w, s)
	}
}

// offer puts s in the slot, replacing what was not read yet. The store's lock keeps senders apart.
func offer(w chan Snapshot, s Snapshot) {
	select {
	case <-w:
	default:
	}
	w <- s
}

func (st *store) current() Snapshot {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.latest
}

func (st *store) watch(ctx context.Context) <-chan Snapshot {
	w := make(chan Snapshot, 1)
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.closed {
		close(w)
		return w
	}
	w <- st.latest
	st.watchers[w] = struct{}{}
	context.AfterFunc(ctx, func() { st.drop(w) })
	return w
}

func (st *store) drop(w chan Snapshot) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if _, there := st.watchers[w]; there {
		delete(st.watchers, w)
		close(w)
	}
}

// close ends every watch.
func (st *store) close() {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.closed = true
	for w := range st.watchers {
		delete(st.watchers, w)
		close(w)
	}
}

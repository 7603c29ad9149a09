package engine

import (
	"context"
	"sync"

	"daypass/app"
)

// store holds the latest snapshot and hands it to watchers. Each watcher has one slot: the first
// value is there at once, and a slow reader finds the latest, not the backlog.
type store struct {
	mu       sync.Mutex
	latest   app.Snapshot
	watchers map[chan app.Snapshot]struct{}
	closed   bool
}

func newStore(first app.Snapshot) *store {
	return &store{latest: first, watchers: map[chan app.Snapshot]struct{}{}}
}

// publish makes s the latest, numbering it.
func (st *store) publish(s app.Snapshot) {
	st.mu.Lock()
	defer st.mu.Unlock()
	s.Revision = st.latest.Revision + 1
	st.latest = s
	for w := range st.watchers {
		offer(w, s)
	}
}

// offer puts s in the slot, replacing what was not read yet. The store's lock keeps senders apart.
func offer(w chan app.Snapshot, s app.Snapshot) {
	select {
	case <-w:
	default:
	}
	w <- s
}

func (st *store) current() app.Snapshot {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.latest
}

func (st *store) watch(ctx context.Context) <-chan app.Snapshot {
	w := make(chan app.Snapshot, 1)
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

func (st *store) drop(w chan app.Snapshot) {
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

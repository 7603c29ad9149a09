package uitest

import (
	"sync"
	"testing"
	"time"
)

// Queue is a dispatcher whose functions run in the goroutine that drains it.
type Queue struct {
	mu    sync.Mutex
	todo  []func()
	fresh chan struct{}
	total int
}

// NewQueue makes an empty queue.
func NewQueue() *Queue { return &Queue{fresh: make(chan struct{}, 1)} }

// Dispatch adds f.
func (q *Queue) Dispatch(f func()) {
	q.mu.Lock()
	q.todo = append(q.todo, f)
	q.total++
	q.mu.Unlock()
	select {
	case q.fresh <- struct{}{}:
	default:
	}
}

// Drain runs what has been added.
func (q *Queue) Drain() {
	for {
		q.mu.Lock()
		todo := q.todo
		q.todo = nil
		q.mu.Unlock()
		if len(todo) == 0 {
			return
		}
		for _, f := range todo {
			f()
		}
	}
}

// Total is the number of functions added since the start.
func (q *Queue) Total() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.total
}

// awaitTimeout is how long Until waits for what must come: only a test that fails waits that long, and a test of a
// million entries under the race detector on a busy machine needs most of a minute. pollInterval is how often it checks
// what comes without being dispatched.
const (
	awaitTimeout = 3 * time.Minute
	pollInterval = 5 * time.Millisecond
)

// Until drains until done is true, and reports whether it became so.
func (q *Queue) Until(done func() bool) bool {
	giveUp := time.After(awaitTimeout)
	for {
		q.Drain()
		if done() {
			return true
		}
		select {
		case <-q.fresh:
		case <-time.After(pollInterval):
		case <-giveUp:
			return false
		}
	}
}

// Await is Until that fails the test.
func (q *Queue) Await(t testing.TB, what string, done func() bool) {
	t.Helper()
	if !q.Until(done) {
		t.Fatalf("still waiting for %s", what)
	}
}

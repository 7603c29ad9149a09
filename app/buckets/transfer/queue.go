package transfer

import (
	"context"
	"sync"
)

// queue passes items to the workers of one attempt. The attempt is over when the queue is closed and
// every item that was put in has been finished; items that wait for an answer are not.
type queue struct {
	mu     sync.Mutex
	change sync.Cond
	ready  []*item
	parked []*item
	// unfinished counts the items put in and not finished, the parked ones too.
	unfinished int
	closed     bool
	stopped    bool
}

// maxWaiting bounds the items in memory: anyone who lists waits until some are moved or answered.
const maxWaiting = 2048

func newQueue(ctx context.Context) *queue {
	q := &queue{}
	q.change.L = &q.mu
	context.AfterFunc(ctx, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.stopped = true
		q.change.Broadcast()
	})
	return q
}

// put adds an item, when there is room. It reports false once the attempt was stopped.
func (q *queue) put(it *item) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.ready)+len(q.parked) >= maxWaiting && !q.stopped {
		q.change.Wait()
	}
	if q.stopped {
		return false
	}
	q.ready = append(q.ready, it)
	q.unfinished++
	q.change.Broadcast()
	return true
}

// close says that nothing more is put in.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.change.Broadcast()
}

// take returns the next item; nil when there is nothing more to do.
func (q *queue) take() *item {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		switch {
		case q.stopped, q.closed && q.unfinished == 0:
			return nil
		case len(q.ready) > 0:
			it := q.ready[0]
			q.ready[0] = nil
			q.ready = q.ready[1:]
			if len(q.ready) == maxWaiting/2 {
				q.change.Broadcast()
			}
			return it
		}
		q.change.Wait()
	}
}

// finished counts an item off.
func (q *queue) finished() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.unfinished--
	if q.closed && q.unfinished == 0 {
		q.change.Broadcast()
	}
}

// park puts an item that was taken aside, until it is taken up again.
func (q *queue) park(it *item) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.parked = append(q.parked, it)
}

// again puts an item that was taken back at the end.
func (q *queue) again(it *item) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ready = append(q.ready, it)
	q.change.Broadcast()
}

// questions returns the item whose question comes first, and how many wait with one. onlyQuestions is true
// when nothing else is left to do.
func (q *queue) questions() (first *item, waiting int, onlyQuestions bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.parked) == 0 {
		return nil, 0, false
	}
	return q.parked[0], len(q.parked), q.unfinished == len(q.parked)
}

// unpark takes parked items up again: the first, or all of them.
func (q *queue) unpark(all bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(1, len(q.parked))
	if all {
		n = len(q.parked)
	}
	q.ready = append(q.ready, q.parked[:n]...)
	q.parked = append([]*item(nil), q.parked[n:]...)
	q.change.Broadcast()
}

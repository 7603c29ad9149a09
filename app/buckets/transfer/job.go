package transfer

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/buckets/transfer/journal"
)

// Why an attempt ends before its work does.
var (
	errPaused   = errors.New("paused")
	errCanceled = errors.New("cancelled")
	errShutdown = errors.New("the agent ends")
)

// halt ends an attempt because nothing of it can go on.
type halt struct{ problem app.Problem }

// Error implements error.
func (h *halt) Error() string { return h.problem.English().Title }

// What becomes of an item besides done and failed.
var (
	// errSkipped: it was left out, as asked.
	errSkipped = errors.New("left out")
	// errAlready: an earlier attempt has moved it and could not say so.
	errAlready = errors.New("it is there already")
	// errLater: somebody else finishes it.
	errLater = errors.New("finished later")
)

// mover is what moves the items of one attempt: a download or an upload.
type mover interface {
	// find puts every item there is to move into the job's queue.
	find(ctx context.Context) error
	// move moves one item. Its error may be a *conflict, errSkipped, errLater or a failure.
	move(ctx context.Context, it *item) error
	// atOnce is how many items may be on their way at once now.
	atOnce() int
	// close finishes what is still to be finished and lets go of everything.
	close()
}

// job is one transfer.
type job struct {
	id      string
	e       *Engine
	log     *slog.Logger
	journal *journal.File

	mu       sync.Mutex
	record   *journal.Record
	counting bool
	active   map[*item]struct{}
	queue    *queue
	// waiting counts the workers that wait for the server or the credentials, and whyWaiting is what for.
	waiting    int
	whyWaiting *app.Problem
	stop       context.CancelCauseFunc // ends the attempt; nil while there is none
	// denials counts errors in a row, for as long as nothing has succeeded; after that it is -1.
	denials int
	path    string
	speed   speed
}

// noteLocked takes entries up and writes them down. The caller holds the lock.
func (j *job) noteLocked(entries ...journal.Entry) {
	for _, e := range entries {
		j.record.Apply(e)
	}
	j.e.lists.notify()
	if err := j.journal.Write(entries...); err != nil {
		j.log.Warn("the journal of a transfer cannot be written", "transfer", j.id, "error", err)
	}
}

// note is noteLocked for who does not hold the lock.
func (j *job) note(entries ...journal.Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.noteLocked(entries...)
}

// run makes one attempt at everything that is not done yet.
func (j *job) run(ctx context.Context, open func(context.Context, *job) (mover, error)) {
	m, err := open(ctx, j)
	if err != nil {
		j.conclude(ctx, &halt{problemOf(err)})
		return
	}
	failed := j.work(ctx, m)
	m.close()
	j.conclude(ctx, failed)
}

// work lists and moves, and returns when all is done or the attempt was stopped.
func (j *job) work(ctx context.Context, m mover) (failed error) {
	var all sync.WaitGroup
	all.Go(func() {
		err := m.find(ctx)
		j.mu.Lock()
		j.counting = false
		j.e.lists.notify()
		j.mu.Unlock()
		if err != nil && ctx.Err() == nil {
			failed = &halt{problemOf(err)} // what was found is moved all the same
		}
		j.queue.close()
	})
	c := &crew{job: j, mover: m, all: &all}
	for range workers {
		c.begin(ctx)
	}
	all.Wait()
	return failed
}

// begin makes an attempt ready.
func (j *job) begin(ctx context.Context, stop context.CancelCauseFunc) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.stop, j.counting, j.denials, j.waiting, j.whyWaiting = stop, true, 0, 0, nil
	j.active = map[*item]struct{}{}
	j.queue = newQueue(ctx)
	j.speed = speed{}
	j.noteLocked(journal.Entry{Run: true, At: now()})
}

// conclude ends an attempt: by its cause where it was stopped, else by what became of the items.
func (j *job) conclude(ctx context.Context, failed error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	last := journal.Entry{At: now(), Counts: &j.record.Counts}
	cause := context.Cause(ctx)
	var halted *halt
	switch {
	case errors.Is(cause, errPaused):
		last.Phase = app.TransferPaused
	case errors.Is(cause, errCanceled):
		last.Phase = app.TransferCanceled
	case errors.As(cause, &halted), errors.As(failed, &halted):
		last.Phase, last.Problem = app.TransferFailed, &halted.problem
	case cause != nil: // the agent ends: the journal says that it ran, so it will go on
	case j.record.Counts.Failed > 0:
		last.Phase = app.TransferFailed
	default:
		last.Phase = app.TransferDone
	}
	if last.Phase != "" {
		j.noteLocked(last)
	}
	j.stop, j.counting, j.waiting, j.whyWaiting = nil, false, 0, nil
	j.active = nil
	j.e.lists.notify()
	j.journal.Sync()
}

// found puts an item into the queue, unless it is done. It reports false once the attempt was stopped.
func (j *job) found(it *item) bool {
	j.mu.Lock()
	c := &j.record.Counts
	c.Files++
	c.Size += max(it.size, 0)
	done := j.record.IsDone(it.id)
	if done {
		c.Done++
		c.Bytes += max(it.size, 0)
	}
	j.e.lists.notify()
	j.mu.Unlock()
	return done || j.queue.put(it)
}

// started takes note that a worker has an item.
func (j *job) started(it *item) {
	j.mu.Lock()
	defer j.mu.Unlock()
	it.moved.Store(0)
	it.seen = speed{}
	j.active[it] = struct{}{}
}

// resized takes note that an item has another size than was thought.
func (j *job) resized(it *item, size int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.record.Counts.Size += size - max(it.size, 0)
	it.size = size
}

// waits shows that a worker waits for something, until the function it returns is called.
func (j *job) waits(problem app.Problem) (over func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.waiting++
	j.whyWaiting = &problem
	j.e.lists.notify()
	return func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.waiting--
		if j.waiting <= 0 {
			j.waiting, j.whyWaiting = 0, nil
		}
		j.e.lists.notify()
	}
}

// interrupt ends the attempt that is under way; it reports false when there is none.
func (j *job) interrupt(cause error) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stop == nil {
		return false
	}
	j.stop(cause)
	return true
}

// now is the wall clock.
func now() time.Time { return time.Now().Round(0) }

// isNotExist reports whether something is not there any more.
func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }

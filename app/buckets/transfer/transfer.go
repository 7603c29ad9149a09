// Package transfer moves files between this computer and the buckets: a queue of transfers, each of
// which finds its files, moves several at once and large ones in parts, asks where a name is taken,
// survives outages and renewals, and can be taken up again after it was stopped, by whatever.
//
// This package is the engine: the queue, the jobs, and what is published of them. Below it are journal (what a transfer
// remembers on disk), disk (this computer's side) and remote (the storage servers' side); none of these knows another.
//
// # Life of a transfer
//
// A job goes through attempts. Each lists everything that was requested and leaves out what its
// journal says is done, so that pausing, failing, a killed agent and a power cut all end in the same
// way: with another attempt. Parts of large files are remembered and checked again before they count.
//
// # What a user may rely on
//
// A download lies under a temporary name beside its target until its length and its checksum are
// right, and it and its data are on the disk (rule 35). Keys become names that are safe, and nothing
// leads out of the chosen folder (rule 34). Nothing is overwritten without being told to, neither
// here nor there. An upload carries a checksum that the server verifies, part by part and as a whole.
package transfer

import (
	"context"
	"log/slog"
	"os"
	"slices"
	"sync"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/flow"
	"daypass/app/buckets/transfer/journal"
)

const (
	// running is how many transfers work at once; the others wait for their turn.
	running = 3
	// workers is how many files of one transfer are on their way at once at least; there are more where the server may
	// have more requests at once.
	workers = flow.Start
	// heldParts is how many parts of one object are on their way through memory at once.
	heldParts = 4
	// maxEnded is how many transfers that have ended are remembered.
	maxEnded = 200
)

// Options are what an Engine is made of.
type Options struct {
	// Dir is the folder of the journals, for the user alone. It is made where it is missing.
	Dir string
	// Log gets what happens, without names of files. Nil discards.
	Log *slog.Logger
	// Busy is told when the engine begins to move files and when it has nothing left to move. Nil: nobody
	// wants to know.
	Busy func(busy bool)
}

// Engine carries out transfers. It implements app.Mover.
type Engine struct {
	dir      string
	sessions app.Sessions
	log      *slog.Logger
	busy     func(bool)

	mu   sync.Mutex
	jobs []*job // in the order in which they were requested
	// working are the jobs with an attempt under way.
	working map[*job]struct{}
	// learned is what was learned of each server, by its endpoint.
	learned map[string]*buckets.Learned
	// flows bound the requests to each server, by its endpoint.
	flows       map[string]*flow.Server
	maxRequests int
	bandwidth   *flow.Bandwidth
	kick        chan struct{}
	lists       *lists
}

var _ app.Mover = (*Engine)(nil)

// New reads the journals of earlier transfers; those that were under way go on with Run. What cannot
// be read is logged and hides no other.
func New(sessions app.Sessions, opts Options) *Engine {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Busy == nil {
		opts.Busy = func(bool) {}
	}
	e := &Engine{
		busy: opts.Busy, dir: opts.Dir, sessions: sessions, log: opts.Log, flows: map[string]*flow.Server{}, bandwidth: flow.NewBandwidth(),
		working: map[*job]struct{}{}, learned: map[string]*buckets.Learned{}, kick: make(chan struct{}, 1), lists: newLists(),
	}
	if err := os.MkdirAll(e.dir, 0o700); err != nil {
		e.log.Error("transfers cannot be remembered", "error", err)
	}
	e.load()
	return e
}

func (e *Engine) load() {
	all, errs := journal.ReadAll(e.dir)
	for _, err := range errs {
		e.log.Warn("transfer", "error", err)
	}
	for id, record := range all {
		if record.Phase == app.TransferRunning {
			record.Phase = app.TransferQueued
		}
		e.jobs = append(e.jobs, e.newJob(id, record))
	}
	slices.SortFunc(e.jobs, func(a, b *job) int {
		if c := a.record.Started.Compare(b.record.Started); c != 0 {
			return c
		}
		return slices.Compare([]byte(a.id), []byte(b.id))
	})
	e.dropOldest()
	e.lists.set(e.list(e.jobs))
}

// dropOldest drops the oldest transfers that have ended, where there are too many.
func (e *Engine) dropOldest() {
	ended := 0
	for i := len(e.jobs) - 1; i >= 0; i-- {
		if j := e.jobs[i]; j.record.Phase.Ended() {
			if ended++; ended > maxEnded {
				_ = j.journal.Remove()
				e.jobs = slices.Delete(e.jobs, i, i+1)
			}
		}
	}
}

func (e *Engine) newJob(id string, record *journal.Record) *job {
	return &job{
		id: id, e: e, log: e.log, record: record,
		journal: journal.New(e.dir, id),
	}
}

// Run implements app.Mover.
func (e *Engine) Run(ctx context.Context) {
	ctx, end := context.WithCancelCause(ctx)
	defer end(errShutdown)
	var attempts sync.WaitGroup
	attempts.Go(func() { e.publish(ctx) })
	attempts.Go(func() { e.follow(ctx) })
	for {
		e.startWaiting(ctx, &attempts)
		select {
		case <-e.kick:
			continue
		case <-ctx.Done():
		}
		break
	}
	attempts.Wait()
	e.lists.close()
}

// startWaiting begins attempts while there is room.
func (e *Engine) startWaiting(ctx context.Context, attempts *sync.WaitGroup) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, j := range e.jobs {
		if len(e.working) >= running {
			return
		}
		if j.currentPhase() != app.TransferQueued {
			continue
		}
		if len(e.working) == 0 {
			e.busy(true)
		}
		e.working[j] = struct{}{}
		attempt, stop := context.WithCancelCause(ctx)
		j.begin(attempt, stop)
		attempts.Go(func() {
			j.run(attempt, openMover)
			stop(nil)
			e.ended(j)
		})
	}
}

// ended takes note of the end of an attempt.
func (e *Engine) ended(j *job) {
	e.mu.Lock()
	delete(e.working, j)
	if len(e.working) == 0 {
		e.busy(false)
	}
	e.mu.Unlock()
	e.wake()
}

func (j *job) currentPhase() app.TransferPhase {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.record.Phase
}

// openMover makes what moves the items of one attempt.
func openMover(ctx context.Context, j *job) (mover, error) {
	switch j.record.Request.Direction {
	case app.Upload:
		return openUpload(ctx, j)
	case app.Copy:
		return openRelay(ctx, j)
	}
	return openDownload(ctx, j)
}

// wake has the engine look again at what waits and what is shown.
func (e *Engine) wake() {
	ring(e.kick)
	e.lists.turn()
}

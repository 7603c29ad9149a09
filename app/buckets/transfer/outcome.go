package transfer

import (
	"context"
	"errors"

	"daypass/app"
	"daypass/app/buckets/transfer/journal"
)

// finish takes note of what became of an item.
func (j *job) finish(it *item, err error) {
	var question *conflict
	var halted *halt
	switch {
	case errors.Is(err, errLater):
		return
	case err == nil, errors.Is(err, errAlready):
		j.done(it)
	case errors.As(err, &question):
		j.park(it, question)
		return
	case errors.Is(err, errSkipped):
		j.skipped(it)
	case errors.As(err, &halted), errors.Is(err, errPaused), errors.Is(err, errCanceled), errors.Is(err, errShutdown), errors.Is(err, context.Canceled):
		j.idle(it) // the attempt was stopped, whatever the item would have become
	default:
		j.failed(it, err)
	}
	j.queue.finished()
}

func (j *job) idle(it *item) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.active, it)
}

func (j *job) done(it *item) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.count(it)
	j.noteLocked(journal.Entry{Item: it.id, Done: true})
}

// count counts an item as done. The caller holds the lock.
func (j *job) count(it *item) {
	delete(j.active, it)
	j.denials = -1
	j.record.Counts.Done++
	j.record.Counts.Bytes += max(it.size, 0)
	j.e.lists.notify()
}

// skipped leaves an item out. It is tried again in no attempt, as long as nobody asks for it again.
func (j *job) skipped(it *item) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.active, it)
	j.record.Counts.Skipped++
	j.record.Counts.Size -= max(it.size, 0)
	j.e.lists.notify()
}

// skippedFile counts an item that was never put into the queue, with the reason.
func (j *job) skippedFile(id, name string, problem app.Problem) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.record.Counts.Files++
	j.record.Counts.Skipped++
	j.noteLocked(journal.Entry{Item: id, Failure: &app.FileFailure{Name: name, Skipped: true, Problem: problem}})
}

// park puts an item aside that needs an answer.
func (j *job) park(it *item, question *conflict) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.active, it)
	it.conflict = question
	j.queue.park(it)
	j.e.lists.notify()
	if j.answered(it) != app.Ask { // answered for all since it looked
		j.queue.unpark(true)
	}
}

// answered is what holds for an item. The caller holds the lock.
func (j *job) answered(it *item) app.ConflictPolicy {
	if choice := j.record.Choices[it.id]; choice != "" {
		return choice
	}
	if j.record.Policy == "" {
		return app.Ask
	}
	return j.record.Policy
}

// choice is what to do where an item's name is taken.
func (j *job) choice(it *item) app.ConflictPolicy {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.answered(it)
}

// answer answers the question that is asked.
func (j *job) answer(a app.ConflictAnswer) error {
	switch a.Choice {
	case app.Skip, app.Replace, app.KeepBoth:
	default:
		return app.NewTransferError("choice", "Choice", string(a.Choice))
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stop == nil {
		return app.ErrNoQuestion
	}
	first, _, _ := j.queue.questions()
	if first == nil || questionID(first) != a.Question {
		return app.ErrNoQuestion
	}
	if a.ForAll {
		j.noteLocked(journal.Entry{Policy: a.Choice})
	} else {
		j.noteLocked(journal.Entry{Item: first.id, Choice: a.Choice})
	}
	j.queue.unpark(a.ForAll)
	return nil
}

// maxDenials in a row, with nothing that succeeds, end an attempt: the rest would be refused too.
const maxDenials = 20

func (j *job) failed(it *item, err error) {
	problem := problemOf(err)
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.active, it)
	j.record.Counts.Failed++
	j.noteLocked(journal.Entry{Item: it.id, Failure: &app.FileFailure{Name: it.name, Problem: problem}})
	if j.denials >= 0 {
		j.denials++
	}
	if j.stop != nil && (haltsAll(err) || j.denials >= maxDenials) {
		j.stop(&halt{problem})
	}
}

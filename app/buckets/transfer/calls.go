package transfer

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"

	"daypass/app"
	"daypass/app/buckets/transfer/journal"
	"daypass/app/messages"
)

// WatchTransfers implements app.Core.
func (e *Engine) WatchTransfers(ctx context.Context) <-chan app.TransferList {
	return e.lists.watch(ctx)
}

// StartTransfer implements app.Core.
func (e *Engine) StartTransfer(ctx context.Context, req app.TransferRequest) (string, error) {
	if err := req.Validate(); err != nil {
		return "", err
	}
	id, err := newID()
	if err != nil {
		return "", err
	}
	j := e.newJob(id, journal.NewRecord())
	first := journal.Entry{Request: &req, Owner: e.identity(ctx, req.Connection), At: now()}
	if req.To != nil {
		first.ToOwner = e.identity(ctx, req.To.Connection)
	}
	j.record.Apply(first)
	if err := j.journal.Write(first); err != nil {
		return "", messages.NewError(err, "agent.error.transfer-journal")
	}
	e.mu.Lock()
	e.jobs = append(e.jobs, j)
	e.mu.Unlock()
	e.wake()
	return id, nil
}

func newID() (string, error) {
	var random [6]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s-%x", now().UTC().Format("20060102-150405"), random), nil
}

// identity is who is signed in.
func (e *Engine) identity(ctx context.Context, connection string) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, s := range (<-e.sessions.Watch(ctx)).Sessions {
		if s.ID == connection {
			return s.Identity
		}
	}
	return ""
}

func (e *Engine) job(id string) (*job, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, j := range e.jobs {
		if j.id == id {
			return j, nil
		}
	}
	return nil, app.ErrNoTransfer
}

// PauseTransfer implements app.Core.
func (e *Engine) PauseTransfer(_ context.Context, id string) error {
	return e.end(id, app.TransferPaused, errPaused)
}

// CancelTransfer implements app.Core.
func (e *Engine) CancelTransfer(_ context.Context, id string) error {
	return e.end(id, app.TransferCanceled, errCanceled)
}

// end stops a transfer that works, or keeps one that waits from beginning.
func (e *Engine) end(id string, phase app.TransferPhase, cause error) error {
	j, err := e.job(id)
	if err != nil {
		return err
	}
	defer e.wake()
	if j.interrupt(cause) {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.record.Phase.Ended() && j.stop == nil {
		j.noteLocked(journal.Entry{Phase: phase, At: now(), Counts: &j.record.Counts})
	}
	return nil
}

// ResumeTransfer implements app.Core.
func (e *Engine) ResumeTransfer(_ context.Context, id string) error {
	j, err := e.job(id)
	if err != nil {
		return err
	}
	defer e.wake()
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stop == nil && j.record.Phase != app.TransferDone {
		j.noteLocked(journal.Entry{Phase: app.TransferQueued, Counts: &j.record.Counts})
	}
	return nil
}

// AnswerConflict implements app.Core.
func (e *Engine) AnswerConflict(_ context.Context, id string, answer app.ConflictAnswer) error {
	j, err := e.job(id)
	if err != nil {
		return err
	}
	defer e.wake()
	return j.answer(answer)
}

// ClearTransfers implements app.Core.
func (e *Engine) ClearTransfers(ctx context.Context, ids []string) error {
	var unknown error
	for _, id := range ids {
		if _, err := e.job(id); err != nil {
			unknown = err
		}
	}
	e.mu.Lock()
	var cleared []*job
	e.jobs = slices.DeleteFunc(e.jobs, func(j *job) bool {
		phase := j.currentPhase()
		_, works := e.working[j]
		ended := !works && (len(ids) == 0 && phase.Ended() ||
			slices.Contains(ids, j.id) && (phase.Ended() || phase == app.TransferPaused))
		if ended {
			cleared = append(cleared, j)
		}
		return ended
	})
	e.mu.Unlock()
	e.wake()
	errs := []error{unknown}
	for _, j := range cleared {
		go j.tidy(context.WithoutCancel(ctx))
		if err := j.journal.Remove(); err != nil && !isNotExist(err) {
			errs = append(errs, messages.NewError(err, "agent.error.transfer-kept"))
		}
	}
	return errors.Join(errs...)
}

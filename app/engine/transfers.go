package engine

import (
	"context"

	"daypass/app"
)

// WatchTransfers implements Core.
func (a *Engine) WatchTransfers(ctx context.Context) <-chan app.TransferList {
	return a.mover.WatchTransfers(ctx)
}

// StartTransfer implements Core.
func (a *Engine) StartTransfer(ctx context.Context, req app.TransferRequest) (string, error) {
	if err := req.Validate(); err != nil {
		return "", err
	}
	if err := a.known(req.Connection); err != nil {
		return "", err
	}
	if req.To != nil {
		if err := a.known(req.To.Connection); err != nil {
			return "", err
		}
	}
	return a.mover.StartTransfer(ctx, req)
}

// PauseTransfer implements Core.
func (a *Engine) PauseTransfer(ctx context.Context, id string) error {
	return a.mover.PauseTransfer(ctx, id)
}

// CancelTransfer implements Core.
func (a *Engine) CancelTransfer(ctx context.Context, id string) error {
	return a.mover.CancelTransfer(ctx, id)
}

// ResumeTransfer implements Core.
func (a *Engine) ResumeTransfer(ctx context.Context, id string) error {
	return a.mover.ResumeTransfer(ctx, id)
}

// AnswerConflict implements Core.
func (a *Engine) AnswerConflict(ctx context.Context, id string, answer app.ConflictAnswer) error {
	return a.mover.AnswerConflict(ctx, id, answer)
}

// ClearTransfers implements Core.
func (a *Engine) ClearTransfers(ctx context.Context, ids []string) error {
	return a.mover.ClearTransfers(ctx, ids)
}

// noMover is the Mover of a Daypass that moves no files.
type noMover struct{}

func (noMover) Run(context.Context) {}

func (noMover) WatchTransfers(ctx context.Context) <-chan app.TransferList {
	list := make(chan app.TransferList, 1)
	list <- app.TransferList{Revision: 1}
	context.AfterFunc(ctx, func() { close(list) })
	return list
}

func (noMover) StartTransfer(context.Context, app.TransferRequest) (string, error) {
	return "", app.ErrNoTransfers
}

func (noMover) PauseTransfer(context.Context, string) error { return app.ErrNoTransfer }

func (noMover) CancelTransfer(context.Context, string) error { return app.ErrNoTransfer }

func (noMover) ResumeTransfer(context.Context, string) error { return app.ErrNoTransfer }

func (noMover) AnswerConflict(context.Context, string, app.ConflictAnswer) error {
	return app.ErrNoTransfer
}
func (noMover) ClearTransfers(context.Context, []string) error { return nil }

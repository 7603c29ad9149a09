package app

import (
	"context"

	"daypass/app/connection"
)

// Mover carries out transfers. Run works until ctx ends; the calls of Transfers may come before it.
type Mover interface {
	Transfers
	Run(ctx context.Context)
}

// Sessions is what a Mover knows of the sessions: the calls are those of Core.
type Sessions interface {
	Watch(ctx context.Context) <-chan Snapshot
	Keys(ctx context.Context, id string) (Keys, error)
	Connection(ctx context.Context, id string) (connection.Definition, error)
}

// WatchTransfers implements Core.
func (a *App) WatchTransfers(ctx context.Context) <-chan TransferList {
	return a.mover.WatchTransfers(ctx)
}

// StartTransfer implements Core.
func (a *App) StartTransfer(ctx context.Context, req TransferRequest) (string, error) {
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
func (a *App) PauseTransfer(ctx context.Context, id string) error {
	return a.mover.PauseTransfer(ctx, id)
}

// CancelTransfer implements Core.
func (a *App) CancelTransfer(ctx context.Context, id string) error {
	return a.mover.CancelTransfer(ctx, id)
}

// ResumeTransfer implements Core.
func (a *App) ResumeTransfer(ctx context.Context, id string) error {
	return a.mover.ResumeTransfer(ctx, id)
}

// AnswerConflict implements Core.
func (a *App) AnswerConflict(ctx context.Context, id string, answer ConflictAnswer) error {
	return a.mover.AnswerConflict(ctx, id, answer)
}

// ClearTransfers implements Core.
func (a *App) ClearTransfers(ctx context.Context, ids []string) error {
	return a.mover.ClearTransfers(ctx, ids)
}

// noMover is the Mover of a Daypass that moves no files.
type noMover struct{}

func (noMover) Run(context.Context) {}

func (noMover) WatchTransfers(ctx context.Context) <-chan TransferList {
	list := make(chan TransferList, 1)
	list <- TransferList{Revision: 1}
	context.AfterFunc(ctx, func() { close(list) })
	return list
}

func (noMover) StartTransfer(context.Context, TransferRequest) (string, error) {
	return "", ErrNoTransfers
}

func (noMover) PauseTransfer(context.Context, string) error { return ErrNoTransfer }

func (noMover) CancelTransfer(context.Context, string) error { return ErrNoTransfer }

func (noMover) ResumeTransfer(context.Context, string) error { return ErrNoTransfer }

func (noMover) AnswerConflict(context.Context, string, ConflictAnswer) error { return ErrNoTransfer }
func (noMover) ClearTransfers(context.Context, []string) error               { return nil }

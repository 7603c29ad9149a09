package uitest

import (
	"context"
	"strconv"
	"sync"

	"daypass/app"
)

// transfers is the part of Core that moves files; it shows the list it is given.
type transfers struct {
	mu       sync.Mutex
	list     app.TransferList
	watchers map[chan app.TransferList]struct{}
	started  []app.TransferRequest
	answers  []app.ConflictAnswer
}

// SetTransfers shows another list.
func (c *Core) SetTransfers(list app.TransferList) {
	t := &c.transfers
	t.mu.Lock()
	defer t.mu.Unlock()
	t.list = list
	for w := range t.watchers {
		select {
		case <-w:
		default:
		}
		w <- list
	}
}

// Started lists the transfers that were asked for.
func (c *Core) Started() []app.TransferRequest {
	c.transfers.mu.Lock()
	defer c.transfers.mu.Unlock()
	return append([]app.TransferRequest(nil), c.transfers.started...)
}

// Answers lists the answers given to questions.
func (c *Core) Answers() []app.ConflictAnswer {
	c.transfers.mu.Lock()
	defer c.transfers.mu.Unlock()
	return append([]app.ConflictAnswer(nil), c.transfers.answers...)
}

// WatchTransfers implements app.Core.
func (c *Core) WatchTransfers(ctx context.Context) <-chan app.TransferList {
	t, w := &c.transfers, make(chan app.TransferList, 1)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.watchers == nil {
		t.watchers = map[chan app.TransferList]struct{}{}
	}
	t.watchers[w] = struct{}{}
	w <- t.list
	context.AfterFunc(ctx, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.watchers, w)
		close(w)
	})
	return w
}

// StartTransfer implements app.Core. The transfers are numbered: transfer-1, transfer-2 and so on.
func (c *Core) StartTransfer(_ context.Context, req app.TransferRequest) (string, error) {
	c.transfers.mu.Lock()
	c.transfers.started = append(c.transfers.started, req)
	id := "transfer-" + strconv.Itoa(len(c.transfers.started))
	c.transfers.mu.Unlock()
	return id, c.called("start " + string(req.Direction))
}

// PauseTransfer implements app.Core.
func (c *Core) PauseTransfer(_ context.Context, id string) error {
	return c.called("pause-transfer " + id)
}

// CancelTransfer implements app.Core.
func (c *Core) CancelTransfer(_ context.Context, id string) error {
	return c.called("cancel-transfer " + id)
}

// ResumeTransfer implements app.Core.
func (c *Core) ResumeTransfer(_ context.Context, id string) error {
	return c.called("resume-transfer " + id)
}

// AnswerConflict implements app.Core.
func (c *Core) AnswerConflict(_ context.Context, id string, answer app.ConflictAnswer) error {
	c.transfers.mu.Lock()
	c.transfers.answers = append(c.transfers.answers, answer)
	c.transfers.mu.Unlock()
	return c.called("answer " + id)
}

// ClearTransfers implements app.Core.
func (c *Core) ClearTransfers(_ context.Context, ids []string) error {
	if len(ids) == 0 {
		return c.called("clear-transfers")
	}
	for _, id := range ids {
		if err := c.called("clear-transfer " + id); err != nil {
			return err
		}
	}
	return nil
}

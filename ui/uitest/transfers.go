package uitest

import (
	"context"
	"strconv"
	"sync"

	"daypass/app"
)

// transfers is the part of Core that moves files; it shows the list it is given.
type transfers struct {
	*calls
	mu       sync.Mutex
	list     app.TransferList
	watchers map[chan app.TransferList]struct{}
	started  []app.TransferRequest
	answers  []app.ConflictAnswer
}

// SetTransfers shows another list.
func (t *transfers) SetTransfers(list app.TransferList) {
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
func (t *transfers) Started() []app.TransferRequest {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]app.TransferRequest(nil), t.started...)
}

// Answers lists the answers given to questions.
func (t *transfers) Answers() []app.ConflictAnswer {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]app.ConflictAnswer(nil), t.answers...)
}

// WatchTransfers implements app.Core.
func (t *transfers) WatchTransfers(ctx context.Context) <-chan app.TransferList {
	w := make(chan app.TransferList, 1)
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
func (t *transfers) StartTransfer(_ context.Context, req app.TransferRequest) (string, error) {
	t.mu.Lock()
	t.started = append(t.started, req)
	id := "transfer-" + strconv.Itoa(len(t.started))
	t.mu.Unlock()
	return id, t.called("start " + string(req.Direction))
}

// PauseTransfer implements app.Core.
func (t *transfers) PauseTransfer(_ context.Context, id string) error {
	return t.called("pause-transfer " + id)
}

// CancelTransfer implements app.Core.
func (t *transfers) CancelTransfer(_ context.Context, id string) error {
	return t.called("cancel-transfer " + id)
}

// ResumeTransfer implements app.Core.
func (t *transfers) ResumeTransfer(_ context.Context, id string) error {
	return t.called("resume-transfer " + id)
}

// AnswerConflict implements app.Core.
func (t *transfers) AnswerConflict(_ context.Context, id string, answer app.ConflictAnswer) error {
	t.mu.Lock()
	t.answers = append(t.answers, answer)
	t.mu.Unlock()
	return t.called("answer " + id)
}

// ClearTransfers implements app.Core.
func (t *transfers) ClearTransfers(_ context.Context, ids []string) error {
	if len(ids) == 0 {
		return t.called("clear-transfers")
	}
	for _, id := range ids {
		if err := t.called("clear-transfer " + id); err != nil {
			return err
		}
	}
	return nil
}

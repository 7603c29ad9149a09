package engine

import (
	"context"
	"sync"
	"time"

	"daypass/app"
)

// raiseTimeout is how long a window may take to come to the front before it is taken for hung.
const raiseTimeout = 2 * time.Second

// windowSlot holds the one window that is open.
type windowSlot struct {
	mu   sync.Mutex
	open *attendedWindow
}

// attendedWindow is a window that is open.
type attendedWindow struct {
	calls  chan app.WindowTarget // one slot, see app.PutTarget
	closed chan struct{}
	// confirmed is closed at the next confirmation; nil while nobody waits for one.
	confirmed chan struct{}
}

func (w *windowSlot) attend(ctx context.Context, stopped <-chan struct{}) (<-chan app.WindowTarget, error) {
	if w.raise(ctx, app.WindowTarget{}) == nil {
		return nil, app.ErrWindowOpen
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := &attendedWindow{calls: make(chan app.WindowTarget, 1), closed: make(chan struct{})}
	w.mu.Lock()
	w.release(w.open)
	w.open = a
	w.mu.Unlock()
	go func() {
		select {
		case <-ctx.Done():
		case <-stopped:
		case <-a.closed:
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.release(a)
	}()
	return a.calls, nil
}

// release closes a's channel, once, and frees its slot. The caller holds the lock.
func (w *windowSlot) release(a *attendedWindow) {
	if a == nil || w.open != a {
		return
	}
	w.open = nil
	close(a.closed)
	close(a.calls)
}

// raise asks the window to come to the front with a target, and waits until it has. Where another takes its place in the
// meantime, as after it hung, that one is asked.
func (w *windowSlot) raise(ctx context.Context, target app.WindowTarget) error {
	timer := time.NewTimer(raiseTimeout)
	defer timer.Stop()
	for {
		a, confirmed := w.ask(target)
		if a == nil {
			return app.ErrNoWindow
		}
		select {
		case <-confirmed:
			return nil
		case <-a.closed:
			timer.Reset(raiseTimeout)
		case <-timer.C:
			return app.ErrNoWindow
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// ask asks the open window, nil where none is, to come to the front. The channel is closed once it has.
func (w *windowSlot) ask(target app.WindowTarget) (*attendedWindow, <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.open
	if a == nil {
		return nil, nil
	}
	if a.confirmed == nil {
		a.confirmed = make(chan struct{})
	}
	app.PutTarget(a.calls, target)
	return a, a.confirmed
}

func (w *windowSlot) confirm() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open != nil && w.open.confirmed != nil {
		close(w.open.confirmed)
		w.open.confirmed = nil
	}
}

// AttendWindow implements Core.
func (a *Engine) AttendWindow(ctx context.Context) (<-chan app.WindowTarget, error) {
	return a.window.attend(ctx, a.runner.ended)
}

// WindowRaised implements Core.
func (a *Engine) WindowRaised(context.Context) error {
	a.window.confirm()
	return nil
}

// SetTrayShown is called by the tray with whether its icon is shown.
func (a *Engine) SetTrayShown(shown bool) {
	a.runner.post(setTrayShown{shown})
}

// RaiseWindow implements Core.
func (a *Engine) RaiseWindow(ctx context.Context, target app.WindowTarget) error {
	return a.window.raise(ctx, target)
}

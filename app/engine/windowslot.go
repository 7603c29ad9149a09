package engine

import "context"

// AttendWindow implements Core.
func (a *Engine) AttendWindow(ctx context.Context) (<-chan struct{}, error) {
	return a.window.attend(ctx, a.runner.ended)
}

// WindowRaised implements Core.
func (a *Engine) WindowRaised(context.Context) error {
	a.window.confirm()
	return nil
}

// TellTray is for the tray to tell whether its icon is seen.
func (a *Engine) TellTray(shown bool) {
	a.runner.box.put(message{change: func(r *runner) { r.trayShown = shown }})
}

// RaiseWindow implements Core.
func (a *Engine) RaiseWindow(ctx context.Context) error { return a.window.raise(ctx) }

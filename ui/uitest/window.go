package uitest

import (
	"context"

	"daypass/app"
)

// AttendWindow implements app.Core.
func (c *Core) AttendWindow(ctx context.Context) (<-chan app.WindowTarget, error) {
	calls := make(chan app.WindowTarget)
	go func() {
		defer close(calls)
		for {
			select {
			case target := <-c.raise:
				calls <- target
			case <-ctx.Done():
				return
			}
		}
	}()
	return calls, c.called("attend")
}

// Raise asks the window to come to the front and show a target.
func (c *Core) Raise(t app.WindowTarget) { c.raise <- t }

// WindowRaised implements app.Core.
func (c *Core) WindowRaised(context.Context) error { return c.called("raised") }

// RaiseWindow implements app.Core.
func (c *Core) RaiseWindow(context.Context, app.WindowTarget) error { return c.called("raise") }

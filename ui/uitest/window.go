package uitest

import "context"

// AttendWindow implements app.Core: nobody else asks for the window.
func (c *Core) AttendWindow(ctx context.Context) (<-chan struct{}, error) {
	calls := make(chan struct{})
	context.AfterFunc(ctx, func() { close(calls) })
	return calls, c.called("attend")
}

// WindowRaised implements app.Core.
func (c *Core) WindowRaised(context.Context) error { return c.called("raised") }

// RaiseWindow implements app.Core.
func (c *Core) RaiseWindow(context.Context) error { return c.called("raise") }

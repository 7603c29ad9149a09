package uitest

import "context"

// AttendWindow implements app.Core.
func (c *Core) AttendWindow(ctx context.Context) (<-chan struct{}, error) {
	calls := make(chan struct{})
	go func() {
		defer close(calls)
		for {
			select {
			case <-c.raise:
				calls <- struct{}{}
			case <-ctx.Done():
				return
			}
		}
	}()
	return calls, c.called("attend")
}

// Raise asks the window to come to the front.
func (c *Core) Raise() { c.raise <- struct{}{} }

// WindowRaised implements app.Core.
func (c *Core) WindowRaised(context.Context) error { return c.called("raised") }

// RaiseWindow implements app.Core.
func (c *Core) RaiseWindow(context.Context) error { return c.called("raise") }

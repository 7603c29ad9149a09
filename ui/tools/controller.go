// Package tools is the screen on other programs: how to use the credentials of a connection in each, limited
// credentials for one of them, and who has access. It knows no toolkit; package toolsview draws it.
package tools

import (
	"context"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/session"
	"daypass/app/tools"
	"daypass/ui/bridge"
	"daypass/ui/clipboard"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// Window is what the screen needs of the window around it.
type Window interface {
	// Render renders what is on screen.
	Render()
	// Storage returns the storage of a connection that is open in the window; nil where none is.
	Storage(connection string) Storage
	// SignIn signs in to a connection, and Leave closes the screen.
	SignIn(connection string)
	Leave()
}

// Storage is the storage of a connection that is open in the window.
type Storage interface {
	// Location returns the folder that is on screen.
	Location() location.Location
	// Buckets lists the buckets.
	Buckets(context.Context) ([]buckets.Bucket, error)
}

// Controller is the state of the screen and what the user can do on it. It belongs to the UI thread. Nothing of it
// waits: what is asked of the agent comes back through the UI thread, unless the screen was left by then.
type Controller struct {
	// Limit is the form for limited credentials.
	Limit *Limit
	// Gateway is the form for key pairs.
	Gateway *Gateway

	window    Window
	agent     *bridge.Bridge
	clipboard *clipboard.Clipboard
	dispatch  func(func())
	state     State

	// ctx and leave are those of the connection on screen; nil while the screen is not shown.
	ctx     context.Context
	leave   context.CancelFunc
	loading *task.Task
	preview *task.Task
	// unread is why the lists cannot be read; nil while they can.
	unread *app.Problem
}

// New returns the controller of a screen that is not shown. dispatch runs a function on the UI thread.
func New(w Window, agent *bridge.Bridge, c *clipboard.Clipboard, dispatch func(func())) *Controller {
	t := &Controller{window: w, agent: agent, clipboard: c, dispatch: dispatch}
	t.Limit, t.Gateway = &Limit{tools: t}, &Gateway{tools: t}
	return t
}

// Open shows the tools of a connection from the beginning.
func (c *Controller) Open(connection string) {
	c.close()
	c.state = State{ID: connection}
}

// Follow loads the lists while the screen is shown for a connection; an empty one means that it is not shown.
func (c *Controller) Follow(connection string) {
	on := connection != "" && c.agent.Core() != nil
	if on && connection != c.state.ID { // another connection is selected now
		c.Open(connection)
	}
	if c.signedOut() {
		c.Limit.forget()
		c.Gateway.forget()
	}
	switch {
	case !on:
		c.close()
	case c.ctx == nil:
		c.ctx, c.leave = context.WithCancel(c.agent.Context)
		c.preview = task.New(c.ctx, c.dispatch)
		c.startLoading()
	}
}

// close ends the work for the connection on screen, whose results nobody waits for now.
func (c *Controller) close() {
	if c.ctx == nil {
		return
	}
	c.leave()
	c.ctx, c.leave, c.unread = nil, nil, nil
	c.Limit.forget()
	c.Gateway.forget()
	c.state.Step, c.state.Change, c.state.Limit.Issuing, c.state.Gateway.Creating = "", nil, false, false
}

// signedOut reports whether the user has signed out of the connection on screen, which ends every client's token.
func (c *Controller) signedOut() bool {
	return c.agent.Session(c.state.ID).Phase == session.SignedOut
}

// Model returns what the screen shows.
func (c *Controller) Model(now time.Time) Model {
	return Present(c.agent.Session(c.state.ID), c.state, c.clearAfter(), now)
}

// clearAfter is how long a secret stays on the clipboard; zero: until Daypass ends.
func (c *Controller) clearAfter() time.Duration {
	return c.agent.Snapshot().Settings.ClearClipboardAfter()
}

// run asks the agent for something as t. done gets the result, and its failure is shown, unless the screen was left.
func run[R any](c *Controller, t *task.Task, ask func(context.Context, app.Core) (R, error), done func(R, error)) {
	core := c.agent.Core()
	if c.ctx == nil || core == nil {
		return
	}
	c.state.Problem, c.state.Note = nil, ""
	task.Run(t, func(ctx context.Context) (R, error) { return ask(ctx, core) }, func(result R, err error) {
		if err != nil {
			c.state.Problem = problem.Of(err)
		}
		done(result, err)
		c.window.Render()
	})
	c.window.Render()
}

// change is run for what changes something, which nothing replaces.
func (c *Controller) change(ask func(context.Context, app.Core) error, done func(error)) {
	if c.ctx == nil {
		return
	}
	run(c, task.New(c.ctx, c.dispatch), func(ctx context.Context, core app.Core) (struct{}, error) {
		return struct{}{}, ask(ctx, core)
	}, func(_ struct{}, err error) { done(err) })
}

// Select shows a tool, or the form for limited credentials where id is Limited.
func (c *Controller) Select(id string) {
	s := &c.state
	s.Tool, s.Problem, s.Note = id, nil, ""
	c.dropStep()
	c.Limit.revision++
	switch id {
	case Limited:
		c.Limit.begin()
	case AnyProgram:
		c.Gateway.begin()
	}
	c.window.Render()
}

// SetFilter lists the tools whose names have a text in them.
func (c *Controller) SetFilter(text string) {
	if text == c.state.Filter {
		return
	}
	c.state.Filter = text
	c.window.Render()
}

// selected returns the tool on screen.
func (c *Controller) selected() (tools.Tool, bool) {
	id := selectedTool(c.state)
	for _, t := range c.state.Tools {
		if t.ID == id {
			return t, true
		}
	}
	return tools.Tool{}, false
}

// Preview shows what installing or removing would change in the files of the selected tool.
func (c *Controller) Preview(step tools.Step) {
	t, ok := c.selected()
	if !ok || c.preview == nil {
		return
	}
	s, id := &c.state, c.state.ID
	s.Step, s.Change = step, nil
	run(c, c.preview, func(ctx context.Context, core app.Core) (tools.Change, error) {
		return core.PreviewTool(ctx, id, t.ID, step)
	}, func(change tools.Change, err error) {
		if err != nil {
			s.Step = ""
			return
		}
		s.Change = &change
	})
}

// Cancel takes the preview away.
func (c *Controller) Cancel() {
	c.dropStep()
	c.window.Render()
}

func (c *Controller) dropStep() {
	if c.preview != nil {
		c.preview.Drop()
	}
	c.state.Step, c.state.Change = "", nil
}

// applied are the IDs of the notes on a step that was done.
var applied = map[tools.Step]string{tools.StepAdd: "tools.note.set-up", tools.StepRemove: "tools.note.removed"}

// Apply does exactly what the preview showed.
func (c *Controller) Apply() {
	t, ok := c.selected()
	s := &c.state
	if !ok || s.Change == nil {
		return
	}
	id, step, digest := s.ID, s.Step, s.Change.Digest
	s.Step, s.Change = "", nil
	c.change(func(ctx context.Context, core app.Core) error {
		return core.ApplyTool(ctx, id, t.ID, step, digest)
	}, func(err error) {
		if err == nil {
			s.Note = applied[step]
			c.reload()
		}
	})
}

// CopySnippet copies what to type or to paste for the selected tool.
func (c *Controller) CopySnippet() {
	if t, ok := c.selected(); ok {
		c.clipboard.Copy(t.Snippet)
		c.state.Note = "tools.note.copied"
		c.window.Render()
	}
}

// CopyCredentials copies the credentials themselves, which nothing shows, in the format of the selected tool.
func (c *Controller) CopyCredentials() {
	t, ok := c.selected()
	format := tools.Find(t.ID).CopyFormat()
	if !ok || format == "" {
		return
	}
	id, after := c.state.ID, c.clearAfter()
	c.change(func(ctx context.Context, core app.Core) error {
		access, err := core.ToolCredentials(ctx, id, "clipboard ("+format+")")
		if err != nil {
			return err
		}
		text, err := tools.Encode(format, access, tools.Command{})
		if err != nil {
			return err
		}
		return c.clipboard.Hold(ctx, core, string(text), after)
	}, func(err error) {
		if err == nil {
			c.state.Note = "tools.note.copied-credentials"
			c.reload()
		}
	})
}

// Pause denies credentials to a client until it is resumed.
func (c *Controller) Pause(client string, paused bool) {
	c.change(func(ctx context.Context, core app.Core) error { return core.PauseClient(ctx, client, paused) }, func(error) { c.reload() })
}

// Revoke removes a client from the list, and ends its token where it has one.
func (c *Controller) Revoke(client string) {
	if c.Limit.issued != nil && c.Limit.issued.Client == client {
		c.Limit.forget()
	}
	if c.Gateway.pair != nil && c.Gateway.pair.Client == client {
		c.Gateway.forget()
	}
	c.change(func(ctx context.Context, core app.Core) error { return core.RevokeClient(ctx, client) }, func(error) { c.reload() })
}

// SignIn signs in to the connection on screen.
func (c *Controller) SignIn() { c.window.SignIn(c.state.ID) }

// Leave closes the screen.
func (c *Controller) Leave() { c.window.Leave() }

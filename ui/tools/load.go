package tools

import (
	"context"
	"reflect"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/tools"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// loadEvery is the pause between two loads of the lists while they are on screen.
const loadEvery = 2 * time.Second

// lists are what is loaded from the agent.
type lists struct {
	tools     []tools.Tool
	clients   []clients.Client
	hasPolicy bool
}

// loaded is the result of loading the lists.
type loaded struct {
	lists
	err error
}

// startLoading loads the lists until the screen is left.
func (c *Controller) startLoading() {
	core, id := c.agent.Core(), c.state.ID
	c.loading = task.New(c.ctx, c.dispatch)
	task.RunReporting(c.loading, task.Reports[loaded]{Show: c.take}, func(ctx context.Context, report func(loaded)) (struct{}, error) {
		for {
			all, err := load(ctx, core, id)
			report(loaded{all, err})
			select {
			case <-time.After(loadEvery):
			case <-ctx.Done():
				return struct{}{}, ctx.Err()
			}
		}
	}, func(struct{}, error) {})
}

func load(ctx context.Context, core app.Core, id string) (l lists, err error) {
	if l.tools, err = core.Tools(ctx, id); err != nil {
		return l, err
	}
	if l.clients, err = core.Clients(ctx, id); err != nil {
		return l, err
	}
	def, err := core.Connection(ctx, id)
	l.hasPolicy = def.Keys.Policy != ""
	return l, err
}

// take shows the lists, where they differ from those on screen.
func (c *Controller) take(l loaded) {
	s := &c.state
	if l.err != nil {
		if c.unread == nil {
			c.unread = problem.Of(l.err)
			s.Problem = c.unread
			c.window.Render()
		}
		return
	}
	if shown := (lists{s.Tools, s.Clients, s.Limit.HasPolicy}); c.unread == nil && reflect.DeepEqual(l.lists, shown) {
		return
	}
	if s.Problem == c.unread { // and not that of something else since
		s.Problem = nil
	}
	c.unread = nil
	s.Tools, s.Clients, s.Limit.HasPolicy = l.tools, l.clients, l.hasPolicy
	if len(l.tools) > 0 {
		s.Limit.Daypass = l.tools[0].Daypass
	}
	c.window.Render()
}

// reload loads the lists at once, after something was done to them. A failure shows with the next load.
func (c *Controller) reload() {
	core, id := c.agent.Core(), c.state.ID
	if c.ctx == nil || core == nil {
		return
	}
	task.Run(task.New(c.ctx, c.dispatch), func(ctx context.Context) (lists, error) { return load(ctx, core, id) }, func(l lists, err error) {
		if err == nil {
			c.take(loaded{lists: l})
		}
	})
}

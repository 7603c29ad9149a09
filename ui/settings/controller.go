package settings

import (
	"context"
	"errors"

	"daypass/app/messages"
	"daypass/ui/bridge"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// Controller is the state of the screen and what the user can do on it. It belongs to the UI thread.
type Controller struct {
	agent    *bridge.Bridge
	dispatch func(func())
	render   func()
	quit     func()
	failed   string
	// saved is closed once the last change has been saved, or could not be; nil before the first.
	saved chan struct{}
}

// New returns the controller. dispatch runs a function on the UI thread, render renders what is on screen, and quit
// ends Daypass.
func New(agent *bridge.Bridge, dispatch func(func()), render, quit func()) *Controller {
	return &Controller{agent: agent, dispatch: dispatch, render: render, quit: quit}
}

// Model returns what the screen shows.
func (c *Controller) Model() Model { return Present(c.agent.Snapshot(), c.failed) }

// Set changes a setting at once: to on, or to a value. Where it cannot be saved, the screen shows it as it was. Settings
// are saved as a whole, so changes are saved one after the other.
func (c *Controller) Set(key string, on bool, value string) {
	before, core := c.agent.Snapshot().Settings, c.agent.Core()
	next := Changed(before, key, on, value)
	if core == nil || next == before {
		return
	}
	c.failed = ""
	c.agent.Assume(next)
	earlier, saved := c.saved, make(chan struct{})
	c.saved = saved
	task.Run(task.New(c.agent.Context, c.dispatch), func(ctx context.Context) (struct{}, error) {
		defer close(saved)
		if earlier != nil {
			<-earlier
		}
		return struct{}{}, core.SaveSettings(ctx, next)
	}, func(_ struct{}, err error) {
		if err != nil {
			c.failed = messages.Text("settings.not-saved", messages.Args{"Reason": reasonOf(err)})
			if c.agent.Snapshot().Settings == next { // and no later change is on its way
				c.agent.Assume(before)
			}
			c.render()
		}
	})
}

// Quit ends Daypass, the agent with its window.
func (c *Controller) Quit() { c.quit() }

// reasonOf returns why a setting could not be saved, without the words that it could not.
func reasonOf(err error) string {
	if known, ok := errors.AsType[*messages.Error](err); ok && known.Text.ID == "agent.error.settings-not-saved" && known.Err != nil {
		err = known.Err
	}
	return problem.Text(err)
}

package diagnosis

import (
	"context"

	"daypass/app"
	"daypass/app/doctor"
	"daypass/ui/bridge"
	"daypass/ui/clipboard"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// Window is what the screen needs of the window around it.
type Window interface {
	// Render renders what is on screen, and Leave closes the screen.
	Render()
	Leave()
}

// Controller is the state of the screen and what the user can do on it. It belongs to the UI thread.
type Controller struct {
	window    Window
	agent     *bridge.Bridge
	clipboard *clipboard.Clipboard
	check     *task.Task
	// connection is what the screen is about, and found what is known of it.
	connection string
	found      Found
}

// New returns the controller. dispatch runs a function on the UI thread.
func New(w Window, agent *bridge.Bridge, c *clipboard.Clipboard, dispatch func(func())) *Controller {
	return &Controller{window: w, agent: agent, clipboard: c, check: task.New(agent.Context, dispatch)}
}

// Open shows the details of a connection, and has the agent check it.
func (c *Controller) Open(connection string) {
	c.connection, c.found = connection, Found{}
	core := c.agent.Core()
	if core == nil {
		c.found = Found{ID: connection, Failed: problem.Of(app.ErrStopped)}
		return
	}
	task.Run(c.check, func(ctx context.Context) (doctor.Report, error) { return core.Diagnose(ctx, connection) }, func(report doctor.Report, err error) {
		c.found = Found{ID: connection, Report: &report}
		if err != nil {
			c.found = Found{ID: connection, Failed: problem.Of(err)}
		}
		c.window.Render()
	})
}

// Model returns what the screen shows for the selected connection.
func (c *Controller) Model(selected string) Model { return Present(c.agent.Session(selected), c.found) }

// Again checks the connection again.
func (c *Controller) Again() {
	c.Open(c.connection)
	c.window.Render()
}

// CopyReport copies all of it as text.
func (c *Controller) CopyReport() {
	if c.found.Report != nil {
		c.clipboard.Copy(c.found.Report.Text())
	}
}

// Leave closes the screen.
func (c *Controller) Leave() { c.window.Leave() }

package transfers

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"daypass/app"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/ui/bridge"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// Window is what the panel needs of the window around it.
type Window interface {
	// Render renders what is on screen.
	Render()
	// Ended is called once for each upload or copy that has ended.
	Ended(app.Transfer)
	// OpenFile opens a file or folder with the system's program. It may take long.
	OpenFile(path string) error
	// Tell shows a title and a text until they are closed.
	Tell(title, text string)
	// ShowFailures lists what was not transferred.
	ShowFailures(present.Failures)
}

// Controller is the state of the panel and what the user can do in it. It belongs to the UI thread.
type Controller struct {
	window   Window
	agent    *bridge.Bridge
	dispatch func(func())
	open     bool
	// ended are the transfers whose end was noticed; nil until the first list.
	ended map[string]bool
}

// New returns the controller. dispatch runs a function on the UI thread.
func New(w Window, agent *bridge.Bridge, dispatch func(func())) *Controller {
	return &Controller{window: w, agent: agent, dispatch: dispatch}
}

// Model returns what the panel shows.
func (c *Controller) Model(now time.Time) Model {
	names := map[string]string{}
	if sessions := c.agent.Snapshot().Sessions; len(sessions) > 1 {
		for _, s := range sessions {
			names[s.ID] = s.Name
		}
	}
	return Present(c.agent.Transfers(), names, c.open, now)
}

// Follow notices what has ended, after a new list of transfers came.
func (c *Controller) Follow() {
	first, still := c.ended == nil, map[string]bool{}
	for _, t := range c.agent.Transfers().Transfers {
		if !t.Phase.Ended() {
			continue
		}
		still[t.ID] = true
		if !first && !c.ended[t.ID] && t.Direction != app.Download {
			c.window.Ended(t)
		}
	}
	c.ended = still
}

// Open expands the panel, or collapses it.
func (c *Controller) Open(open bool) {
	c.open = open
	c.window.Render()
}

// Answer answers the question of a transfer.
func (c *Controller) Answer(id string, answer app.ConflictAnswer) {
	c.agent.Call(func(ctx context.Context, core app.Core) error {
		err := core.AnswerConflict(ctx, id, answer)
		if errors.Is(err, app.ErrNoQuestion) {
			return nil // answered elsewhere in the meantime
		}
		return err
	})
}

// Do does what a button says to a transfer, or to all that it makes sense for where id is empty.
func (c *Controller) Do(id string, command Command) {
	switch command {
	case Pause:
		c.agent.Call(func(ctx context.Context, core app.Core) error { return core.PauseTransfer(ctx, id) })
	case Cancel:
		c.agent.Call(func(ctx context.Context, core app.Core) error { return core.CancelTransfer(ctx, id) })
	case Resume, Retry:
		c.resume(id)
	case Clear:
		c.agent.Call(func(ctx context.Context, core app.Core) error { return core.ClearTransfers(ctx, some(id)) })
	case ShowFailures:
		if t := c.Find(id); t != nil {
			c.window.ShowFailures(FailuresOf(*t))
		}
	case OpenFolder:
		if t := c.Find(id); t != nil {
			c.openFolder(*t)
		}
	}
}

func some(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// Find returns the transfer with that ID; nil where it is gone.
func (c *Controller) Find(id string) *app.Transfer {
	all := c.agent.Transfers().Transfers
	if n := slices.IndexFunc(all, func(t app.Transfer) bool { return t.ID == id }); n >= 0 {
		return &all[n]
	}
	return nil
}

// resume resumes one transfer, or all that failed.
func (c *Controller) resume(id string) {
	ids := some(id)
	if id == "" {
		for _, t := range c.agent.Transfers().Transfers {
			if t.Phase == app.TransferFailed {
				ids = append(ids, t.ID)
			}
		}
	}
	c.agent.Call(func(ctx context.Context, core app.Core) error {
		for _, one := range ids {
			if err := core.ResumeTransfer(ctx, one); err != nil {
				return err
			}
		}
		return nil
	})
}

// openFolder opens the folder that a download went to in the system's file manager.
func (c *Controller) openFolder(t app.Transfer) {
	folder := t.Folder
	if t.Path != "" {
		folder = filepath.Dir(t.Path)
	}
	task.Run(task.New(c.agent.Context, c.dispatch), func(context.Context) (struct{}, error) {
		return struct{}{}, c.window.OpenFile(folder)
	}, func(_ struct{}, err error) {
		if err != nil {
			c.agent.Failed(problem.Of(problem.ErrNoFolder))
		}
	})
}

// Start starts a transfer.
func (c *Controller) Start(req app.TransferRequest) {
	c.agent.Call(func(ctx context.Context, core app.Core) error {
		_, err := core.StartTransfer(ctx, req)
		return err
	})
}

// Upload uploads files and folders to a location of a connection.
func (c *Controller) Upload(connection, bucket, prefix string, paths []string) {
	if len(paths) == 0 {
		return
	}
	if bucket == "" {
		c.window.Tell(messages.Text("transfers.no-bucket.title"), messages.Text("transfers.no-bucket.text"))
		return
	}
	c.Start(app.TransferRequest{
		Connection: connection, Direction: app.Upload, Location: location.Location{Bucket: bucket, Prefix: prefix},
		Paths: paths, Conflicts: app.Ask,
	})
}

// Download downloads objects and folders of a location of a connection to a folder of this computer.
func (c *Controller) Download(connection, bucket, prefix string, objects []app.TransferObject, folder string) {
	if len(objects) == 0 || folder == "" {
		return
	}
	c.Start(app.TransferRequest{
		Connection: connection, Direction: app.Download, Location: location.Location{Bucket: bucket, Prefix: prefix},
		Objects: objects, Folder: folder, Conflicts: app.Ask,
	})
}

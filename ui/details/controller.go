// Package details is the pane about the one thing that is selected in the listing: its preview, what the server knows of
// it, its versions, or what is in it. It knows no toolkit.
package details

import (
	"context"
	"time"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/ui/memory"
	"daypass/ui/present"
	"daypass/ui/task"
)

// Source is the storage of one connection, as far as the pane uses it.
type Source interface {
	preview.Source
	Stat(ctx context.Context, r objects.Ref) (objects.Info, error)
	Tags(ctx context.Context, r objects.Ref) ([]objects.Tag, error)
	SetTags(ctx context.Context, r objects.Ref, all []objects.Tag) error
	Versions(ctx context.Context, bucket, key string, max int) ([]objects.Version, bool, error)
	Restore(ctx context.Context, r objects.Ref) error
	DeleteVersion(ctx context.Context, r objects.Ref) error
	Count(ctx context.Context, bucket string, entries []buckets.Entry, max int, report func(objects.Sum)) (objects.Sum, error)
}

// Storage is the storage that the selection is in.
type Storage struct {
	Source Source
	// Denial returns why the server does not allow a change in a bucket; empty where that is not known.
	Denial func(bucket string, c Change) string
}

// Selection is what is selected in the listing on screen.
type Selection struct {
	// Storage is nil where no listing is on screen; Server is the name of its connection.
	Storage *Storage
	Server  string
	// Count is how many things are selected. The rest describes the only one.
	Count int
	// Ref names it; for a bucket the key is empty.
	Ref    objects.Ref
	Folder bool
	// Size is in bytes.
	Size int64
}

// Change is a change of the object in the pane.
type Change string

// The changes.
const (
	SaveTags       Change = "tags"
	RestoreVersion Change = "restore-version"
	DeleteVersion  Change = "delete-version"
)

// Host is the screen that the pane belongs to.
type Host interface {
	// Selected returns what is selected now.
	Selected() Selection
	// Change runs a change of an object in a storage, called label while it is under way. Where it was done,
	// Controller.Reload is called.
	Change(s *Storage, c Change, do func(context.Context) error)
	// Download fetches a version of an object to a folder on this computer.
	Download(ref objects.Ref)
	// Open shows the selected object with another program.
	Open()
}

// View is the pane on screen.
type View interface {
	Render(m Model)
	// AskTags asks for other tags, as lines that ParseTags can read.
	AskTags(lines string, done func(lines string))
	// Confirm asks before something is done.
	Confirm(q present.Question, do func())
}

// Deps is what a Controller needs.
type Deps struct {
	// Context ends what is under way, and Dispatch runs a function on the UI thread.
	Context  context.Context
	Dispatch func(func())
	Now      func() time.Time
	Decoder  preview.Decoder
	// Previews reports whether previews are loaded without being asked for.
	Previews func() bool
	// Memory is how the pane was left.
	Memory *memory.Store
	Host   Host
}

// Controller looks into what is selected while the pane is open. What it asks the server for ends when the selection
// moves on. It belongs to the UI thread.
type Controller struct {
	deps  Deps
	view  View
	open  bool
	state State
	task  *task.Task
}

// New returns a controller of a pane that is as the user left it.
func New(d Deps) *Controller {
	return &Controller{deps: d, open: d.Memory.Get().DetailsOpen, task: task.New(d.Context, d.Dispatch)}
}

// SetView sets the view that is rendered from now on.
func (c *Controller) SetView(v View) { c.view = v }

// Model returns what is to be shown now.
func (c *Controller) Model() Model {
	s, kept := c.state, c.deps.Memory.Get()
	s.Width, s.Unwrapped = kept.DetailsWidth, kept.LinesUnbroken
	m := NewModel(s, c.deps.Now())
	m.Open = c.open
	return m
}

// Render shows the pane, once it has a view.
func (c *Controller) Render() {
	if c.view != nil {
		c.view.Render(c.Model())
	}
}

// IsOpen reports whether the pane is open.
func (c *Controller) IsOpen() bool { return c.open }

// Toggle opens the pane, or closes it.
func (c *Controller) Toggle() {
	c.open = !c.open
	c.deps.Memory.Update(func(r *memory.Record) { r.DetailsOpen = c.open })
	c.state.Ref = objects.Ref{} // what was shown may be old
	c.Follow()
	c.Render()
}

// ShowTab shows another side of the object.
func (c *Controller) ShowTab(tab Tab) {
	c.state.Tab = tab
	c.load(0)
	c.Render()
}

// WrapLines has long lines of text broken, or not.
func (c *Controller) WrapLines(on bool) {
	c.deps.Memory.Update(func(r *memory.Record) { r.LinesUnbroken = !on })
	c.Render()
}

// SetWidth remembers the width of the pane; zero for what fits.
func (c *Controller) SetWidth(width float32) {
	c.deps.Memory.Update(func(r *memory.Record) { r.DetailsWidth = width })
}

// Do does what a button of a message offers.
func (c *Controller) Do(action present.Do) {
	switch action {
	case ActionStop:
		c.task.Stop()
	case ActionRetry:
		c.state.Requested = true
		c.load(0)
		c.Render()
	case ActionCount:
		c.count()
	case ActionOpen:
		c.deps.Host.Open()
	}
}

// Follow loads what is selected now, where that is something else than before.
func (c *Controller) Follow() {
	if !c.open {
		c.task.Drop()
		return
	}
	now := c.deps.Host.Selected()
	before := c.state.Selection
	c.state.Server = now.Server
	if before.Storage == now.Storage && before.Ref == now.Ref && before.Count == now.Count && now.Ref != (objects.Ref{}) {
		return
	}
	c.state = State{Selection: now, Tab: c.state.Tab}
	if c.state.Tab == "" {
		c.state.Tab = TabPreview
	}
	c.load(settleTime)
}

// Reload loads everything again, because it has changed.
func (c *Controller) Reload() {
	c.state = State{Selection: c.state.Selection, Tab: c.state.Tab}
	c.load(0)
}

// HasPreview reports whether there is a preview to show.
func (c *Controller) HasPreview() bool { return c.state.Preview != nil }

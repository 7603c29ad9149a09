// Package browser is the screen that browses the buckets of a connection: navigation, selection, commands, search, deleted
// and opened files, and the table of columns. It knows no toolkit; package browserview draws it.
package browser

import (
	"context"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/session"
	"daypass/ui/bookmarks"
	"daypass/ui/memory"
	"daypass/ui/present"
	"daypass/ui/problem"
)

// Agent is the agent, as far as the screen uses it.
type Agent interface {
	// Call asks the agent for something in a goroutine, and shows why that failed.
	Call(ask func(context.Context, app.Core) error)
	// Current returns the agent for a goroutine.
	Current() (app.Core, error)
	Session(id string) app.Session
	Snapshot() app.Snapshot
}

// Transfers start transfers, and find them.
type Transfers interface {
	Start(req app.TransferRequest)
	Upload(connection, bucket, prefix string, paths []string)
	Download(connection, bucket, prefix string, objects []app.TransferObject, folder string)
	// Find returns a transfer; nil where there is none.
	Find(id string) *app.Transfer
}

// Window is the window that the screen is in.
type Window interface {
	// Failed shows why something failed; nil takes that away.
	Failed(p *app.Problem)
	// Covered reports whether something lies over the window.
	Covered() bool
	// Share opens what makes a link to the selected file.
	Share()
	// ShowShortcuts lists the keys of the window.
	ShowShortcuts()
}

// Chooser asks the user for files and folders of this computer. What was chosen comes through done, on the UI thread,
// and nothing comes where the user has changed their mind.
type Chooser interface {
	// Files asks for files to read.
	Files(done func(paths []string))
	// Folder asks for a folder, beginning in start where that is there. yes is the button's label.
	Folder(yes, start string, done func(path string))
}

// Details is the pane about what is selected.
type Details interface {
	// Follow takes up what is selected now, and Reload loads it again.
	Follow()
	Reload()
	Render()
	Toggle()
	IsOpen() bool
}

// Deps is what a Controller needs.
type Deps struct {
	// Context ends what is under way, and Dispatch runs a function on the UI thread.
	Context   context.Context
	Dispatch  func(func())
	Now       func() time.Time
	Agent     Agent
	Transfers Transfers
	Window    Window
	// Open opens the storage of a session.
	Open func(s app.Session, keys buckets.CredentialSource) (Storage, error)
	// Show shows a file with the system's program.
	Show func(path string) error
	// Copy puts a text on the clipboard.
	Copy    func(text string)
	Chooser Chooser
	// Downloads is the folder that downloads go to, unless the user wants to be asked; empty for asking always.
	Downloads string
	Bookmarks *bookmarks.Store
	Memory    *memory.Store
}

// Controller is the screen. It belongs to the UI thread. Its fields are the parts that views use.
type Controller struct {
	Navigation *Navigation
	Selection  *Selecting
	Columns    *ColumnSettings
	Results    *Results
	Opened     *Opened

	deps    Deps
	view    View
	details Details
	servers map[string]*Server
	// shown is the ID of the connection on screen, and name what it is called; empty for none.
	shown, name string
	// wanted are the locations to go to once the storages of connections, by their IDs, are opened.
	wanted map[string]location.Location
}

// New returns a screen that shows no connection yet.
func New(d Deps) *Controller {
	c := &Controller{deps: d, servers: map[string]*Server{}, wanted: map[string]location.Location{}}
	c.Navigation, c.Selection, c.Columns, c.Results, c.Opened = &Navigation{c}, &Selecting{c}, &ColumnSettings{c}, &Results{c}, &Opened{c: c}
	return c
}

// SetDetails sets the pane about what is selected.
func (c *Controller) SetDetails(d Details) { c.details = d }

// SetView sets the view that is rendered from now on.
func (c *Controller) SetView(v View) { c.view = v }

// Shown returns the storage on screen; nil where there is none.
func (c *Controller) Shown() *Server { return c.servers[c.shown] }

// Server returns the storage of a connection; nil where it was not opened.
func (c *Controller) Server(connection string) *Server { return c.servers[connection] }

// Show shows a connection, which is called name, and opens its storage where that is wanted; an empty connection is none.
// It reports whether it is another one than before.
func (c *Controller) Show(connection, name string, open bool) (changed bool, err error) {
	changed = c.shown != connection || c.name != name
	c.shown, c.name = connection, name
	if !open || c.servers[connection] != nil {
		return changed, nil
	}
	if s := c.deps.Agent.Session(connection); s.ID == connection {
		err = c.open(s)
	}
	return changed, err
}

// open opens the storage of a session, where the user was last.
func (c *Controller) open(s app.Session) error {
	source, err := c.deps.Open(s, func(ctx context.Context) (app.Credentials, error) {
		core, err := c.deps.Agent.Current()
		if err != nil {
			return app.Credentials{}, err
		}
		return core.Credentials(ctx, s.ID)
	})
	if err != nil {
		return err
	}
	server := newServer(c, s, source)
	c.servers[s.ID] = server
	to, wanted := c.wanted[s.ID]
	delete(c.wanted, s.ID)
	if wanted {
		server.Listing.Go(to)
		return nil
	}
	c.returnTo(server, c.deps.Bookmarks.Last(s.ID))
	return nil
}

// GoTo goes to a location of a connection: now, or once its storage is opened.
func (c *Controller) GoTo(connection string, to location.Location) {
	if s := c.servers[connection]; s != nil {
		s.Listing.Go(to)
		return
	}
	c.wanted[connection] = to
}

// Follow closes the storages of sessions that have ended or are another user's now.
func (c *Controller) Follow() {
	still := map[string]owner{}
	for _, s := range c.deps.Agent.Snapshot().Sessions {
		if s.Phase != session.SignedOut {
			still[s.ID] = ownerOf(s)
		}
	}
	for id, s := range c.servers {
		if o, ok := still[id]; !ok || o != s.owner {
			s.close()
			delete(c.servers, id)
		}
	}
}

// Close ends everything.
func (c *Controller) Close() {
	c.Opened.close()
	for _, s := range c.servers {
		s.Listing.Close()
	}
}

// Refresh loads a location of a connection again where it is shown.
func (c *Controller) Refresh(connection string, at location.Location) {
	if s := c.servers[connection]; s != nil && s.Listing.At() == at {
		s.Listing.Refresh()
	}
}

// Deny notes why a server does not allow a command in a bucket.
func (c *Controller) Deny(connection, bucket string, command Command, reason string) {
	if s := c.servers[connection]; s != nil {
		s.denials[Denial{bucket, command}] = reason
	}
}

// Render shows the connection on screen.
func (c *Controller) Render() {
	if c.view == nil {
		return
	}
	if m, ok := c.Model(); ok {
		c.view.Render(m)
	}
	c.details.Render()
}

// selected shows that something else is selected.
func (c *Controller) selected() {
	c.details.Follow()
	c.Render()
}

// fail shows why something failed.
func (c *Controller) fail(err error) { c.deps.Window.Failed(problem.Of(err)) }

// Do does what a button of a message or of the line below the listing offers.
func (c *Controller) Do(action present.Do) {
	s := c.Shown()
	if s == nil {
		return
	}
	switch action {
	case ActionRetry:
		s.Listing.Retry()
	case ActionStop:
		s.Listing.Stop()
	case ActionGoUp:
		s.Listing.Up()
	case ActionOpenName:
		c.view.FocusPath()
	case ActionShowDeleted:
		c.Press(CommandDeleted)
	}
}

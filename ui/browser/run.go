package browser

import (
	"strings"
)

// runs is what each command does.
var runs = map[Command]func(*Controller, *Server){
	CommandOpen:         func(c *Controller, s *Server) { c.openSelected(s) },
	CommandUpload:       func(_ *Controller, s *Server) { s.uploadFiles() },
	CommandUploadFolder: func(_ *Controller, s *Server) { s.uploadFolder() },
	CommandDownload:     func(_ *Controller, s *Server) { s.downloadSelected() },
	CommandCopyPath: func(c *Controller, s *Server) {
		c.deps.Copy(strings.Join(Paths(s.Listing.At(), s.Selection.Entries()), "\n"))
	},
	CommandShare:     func(c *Controller, _ *Server) { c.deps.Window.Share() },
	CommandNew:       func(_ *Controller, s *Server) { s.create() },
	CommandRename:    func(_ *Controller, s *Server) { s.rename() },
	CommandCopyTo:    func(_ *Controller, s *Server) { s.copyOrMove(CommandCopyTo) },
	CommandMoveTo:    func(_ *Controller, s *Server) { s.copyOrMove(CommandMoveTo) },
	CommandDelete:    func(_ *Controller, s *Server) { s.delete() },
	CommandSelectAll: func(c *Controller, s *Server) { s.Selection.All(); c.selected() },
	CommandSearch:    func(c *Controller, s *Server) { c.openSearch(s) },
	CommandDeleted:   func(c *Controller, s *Server) { c.openDeleted(s) },
	CommandBookmarks: func(c *Controller, s *Server) { c.view.ShowBookmarks(s.bookmarkMenu()) },
	CommandColumns:   func(c *Controller, _ *Server) { c.view.ShowColumns() },
	CommandDetails:   func(c *Controller, _ *Server) { c.details.Toggle(); c.Render() },
	CommandRefresh:   func(_ *Controller, s *Server) { clear(s.denials); s.Listing.Refresh() },
}

// Run begins a command; what else it needs to know it asks for.
func (c *Controller) Run(command Command) {
	if command == CommandShortcuts {
		c.deps.Window.ShowShortcuts()
		return
	}
	if s, run := c.Shown(), runs[command]; s != nil && run != nil {
		run(c, s)
	}
}

// Press does what a key asks for, where it can be done and nothing else is being asked.
func (c *Controller) Press(command Command) {
	if !c.deps.Window.Covered() && !c.Allowed().State(command).Disabled {
		c.Run(command)
	}
}

// Allowed returns what can be done on screen.
func (c *Controller) Allowed() Allowed {
	if s := c.Shown(); s != nil {
		return s.allowed()
	}
	return Allowed{}
}

func (s *Server) allowed() Allowed {
	a := NewAllowed(s.Listing, s.Selection, s.denials)
	if s.results != nil {
		return a.Covered(s.results.covered())
	}
	return a
}

// openSelected goes into a bucket or folder, or shows a file with the system's program.
func (c *Controller) openSelected(s *Server) {
	e, ok := s.Selection.Single()
	switch {
	case !ok:
	case s.Listing.At().Root(), e.Folder:
		s.Listing.Go(s.location(e))
	default:
		c.Opened.open(s, e)
	}
}

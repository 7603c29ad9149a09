package browser

import (
	"context"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/browser/destination"
	"daypass/ui/problem"
)

// move begins a change that moves or copies objects with options. Those that are protected stay where they are until the
// user agrees to move their protection with them.
func (s *Server) move(next change, o objects.CopyOptions, do func(ctx context.Context, o objects.CopyOptions) (objects.Result, error)) {
	if !o.KeepProtection {
		again, protected := next, o
		protected.KeepProtection = true
		next.protect = func() { s.move(again, protected, do) }
	}
	next.do = func(ctx context.Context, report func(objects.Result)) (objects.Result, error) {
		o.Report = report
		return do(ctx, o)
	}
	s.changes.begin(next)
}

// copyOrMove asks for a folder of this connection or another, and copies what is selected there.
func (s *Server) copyOrMove(command Command) {
	c, at, entries, move := s.c, s.Listing.At(), s.entries(), command == CommandMoveTo
	if len(entries) == 0 {
		return
	}
	targets := CopyTargets(c.deps.Agent.Snapshot().Sessions, s.ID, at, c.deps.Bookmarks.Last, c.deps.Now())
	if len(targets) == 0 {
		return
	}
	for i, t := range targets {
		targets[i].Recent = c.recentPaths(t.ID)
	}
	selected, picker := s.objects(), c.newPicker()
	picker.Changed = c.view.AskCopy(AskCopy(move, at, entries, targets), picker, func(target int, path string, replace bool) {
		to, err := location.ParseFolder(path)
		switch {
		case err != nil: // which the question has checked
		case target == 0:
			s.copyWithin(at, entries, command, to, objects.CopyOptions{Move: move, Overwrite: replace})
		default:
			req := app.TransferRequest{
				Connection: s.ID, Direction: app.Copy, Location: at, Objects: selected, Move: move, Conflicts: app.Ask,
				To: &app.TransferTarget{Connection: targets[target].ID, Location: to},
			}
			if replace {
				req.Conflicts = app.Replace
			}
			c.deps.Transfers.Start(req)
		}
	})
}

// dropOn asks whether to move or copy what is selected into a folder that it was dropped on.
func (s *Server) dropOn(folder buckets.Entry) {
	at, entries := s.Listing.At(), s.entries()
	to := location.Location{Bucket: at.Bucket, Prefix: folder.Key}
	s.c.view.AskDrop(AskDrop(at, entries, s.Listing.Name(folder)), func(move bool) {
		command := CommandCopyTo
		if move {
			command = CommandMoveTo
		}
		s.copyWithin(at, entries, command, to, objects.CopyOptions{Move: move})
	})
}

// copyWithin has the server copy.
func (s *Server) copyWithin(at location.Location, entries []buckets.Entry, command Command, to location.Location, o objects.CopyOptions) {
	operation := "copy"
	if o.Move {
		operation = "move"
	}
	s.move(change{at: at, command: command, operation: operation}, o, func(ctx context.Context, o objects.CopyOptions) (objects.Result, error) {
		return s.Source.CopyInto(ctx, at, entries, to, o)
	})
}

// newPicker returns the picker of a folder in any connection that the user is signed in to. It ends with the window.
func (c *Controller) newPicker() *destination.Picker {
	return destination.New(destination.Options{
		Context: c.deps.Context, Dispatch: c.deps.Dispatch, Source: c.folderSource, Explain: problem.Of, Changed: func() {},
	})
}

// folderSource returns the storage of a connection; nil where nobody is signed in to it.
func (c *Controller) folderSource(connection string) destination.Source {
	if s := c.deps.Agent.Session(connection); c.servers[connection] == nil && s.ID == connection && s.HasCredentials(c.deps.Now()) {
		if err := c.open(s); err != nil {
			return nil
		}
	}
	if s := c.servers[connection]; s != nil {
		return s.Source
	}
	return nil
}

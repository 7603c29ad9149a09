package browser

import (
	"context"

	"daypass/app/buckets/objects"
	"daypass/ui/details"
)

// changeCommands are what changes of an object count as when the server refuses them.
var changeCommands = map[details.Change]Command{
	details.SaveTags: CommandTags, details.RestoreVersion: CommandRestoreVersion, details.DeleteVersion: CommandDeleteVersion,
}

// Pane is the listing on screen, as the pane about what is selected in it uses it.
func (c *Controller) Pane() details.Host { return pane{c} }

type pane struct{ c *Controller }

// Selected implements details.Host.
func (p pane) Selected() details.Selection {
	s := p.c.Shown()
	if s == nil {
		return details.Selection{}
	}
	out := details.Selection{Storage: s.details, Server: p.c.name, Count: s.Selection.Len()}
	if e, ok := s.Selection.Single(); ok {
		at := s.location(e)
		out.Folder, out.Size, out.Ref = e.Folder || s.Listing.At().Root(), e.Size, objects.Ref{Bucket: at.Bucket, Key: at.Prefix}
	}
	return out
}

// Change implements details.Host.
func (p pane) Change(of *details.Storage, kind details.Change, do func(context.Context) error) {
	for _, s := range p.c.servers {
		if s.details == of {
			s.changes.begin(change{at: s.Listing.At(), command: changeCommands[kind], operation: string(kind), keeps: true, do: once(do)})
		}
	}
}

// Download implements details.Host.
func (p pane) Download(ref objects.Ref) {
	if s := p.c.Shown(); s != nil {
		s.downloadVersion(ref)
	}
}

// Open implements details.Host.
func (p pane) Open() { p.c.Press(CommandOpen) }

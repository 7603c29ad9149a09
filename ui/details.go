package ui

import (
	"context"
	"maps"

	"daypass/app"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/details"
	"daypass/ui/details/detailsview"
	"daypass/ui/view"
)

// newDetails makes the pane about what is selected.
func (u *Window) newDetails() {
	u.details = details.New(details.Deps{
		Context: u.ctx, Dispatch: u.Dispatch, Now: u.Now, Decoder: u.Decoder, Memory: u.memory, Host: detailsHost{u},
	})
}

// detailsPane is the pane on screen, which is rendered while somebody sees the window.
type detailsPane struct {
	*detailsview.View
	window *view.Window
}

// Render implements details.View.
func (p detailsPane) Render(m details.Model) {
	if !p.window.Hidden() {
		p.View.Render(m)
		p.window.MarkDetailsOpen(m.Open)
	}
}

// detailsHost is the listing on screen, as the pane about what is selected in it uses it.
type detailsHost struct{ u *Window }

// Selected implements details.Host.
func (h detailsHost) Selected() details.Selection {
	s := h.u.shownStorage()
	if s == nil {
		return details.Selection{}
	}
	out := details.Selection{Storage: s.details, Server: h.u.shown.Session.Name, Count: s.selection.Len()}
	e, ok := s.selection.Single()
	switch {
	case !ok:
	case s.At().Root():
		out.Folder, out.Size, out.Ref = true, e.Size, objects.Ref{Bucket: e.Key}
	default:
		out.Folder, out.Size, out.Ref = e.Folder, e.Size, objects.Ref{Bucket: s.At().Bucket, Key: e.Key}
	}
	return out
}

// detailsActs are what changes of an object count as when the server refuses them.
var detailsActs = map[details.Change]browser.Command{
	details.SaveTags: browser.CommandTags, details.RestoreVersion: browser.CommandRestoreVersion, details.DeleteVersion: browser.CommandDeleteVersion,
}

// Change implements details.Host.
func (h detailsHost) Change(of *details.Storage, c details.Change, label string, do func(context.Context) error) {
	for s := range maps.Values(h.u.browsers) {
		if s.details == of {
			h.u.begin(s, s.At(), detailsActs[c], &work{doing: label, keeps: true}, func(ctx context.Context, _ func(objects.Result)) (objects.Result, error) {
				return objects.Result{}, do(ctx)
			})
		}
	}
}

// Download implements details.Host.
func (h detailsHost) Download(ref objects.Ref) {
	u := h.u
	prefix, id := ref.Key[:len(ref.Key)-len(localName(ref.Key))], u.shown.Session.ID
	u.toFolder(func(folder string) {
		u.transfers.Start(app.TransferRequest{
			Connection: id, Direction: app.Download, Location: location.Location{Bucket: ref.Bucket, Prefix: prefix}, Folder: folder,
			Objects: []app.TransferObject{{Key: ref.Key, VersionID: ref.Version}}, Conflicts: app.Ask,
		})
	})
}

// Open implements details.Host.
func (h detailsHost) Open() { h.u.act(browser.CommandOpen) }

// PreviewReady reports whether the details show a preview.
func (u *Window) PreviewReady() bool { return u.details.HasPreview() }

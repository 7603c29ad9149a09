package ui

import (
	"context"
	"time"

	"daypass/app"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/ui/present"
	"daypass/ui/view/kit"
)

// inspector looks into the object that is chosen, while the details are open. What it asks for ends
// when the choice moves on.
type inspector struct {
	u     *Window
	open  bool
	state present.Inspected
	// of is the storage of what is shown; nil for none.
	of     *storage
	size   int64
	cancel context.CancelFunc
	turn   int
	timer  *time.Timer
}

const (
	// inspectAfter is how long a choice must stay before the server is asked, so that going through a list
	// with the arrow keys asks for nothing.
	inspectAfter = 150 * time.Millisecond
	// inspectSlow is how long an answer may take before the pane says that it is awaited.
	inspectSlow = 400 * time.Millisecond
	// mostVersions is how many versions are listed.
	mostVersions = 100
)

// Details implements view.Intents.
func (i *intents) Details() (m present.Details, open bool) {
	n := &i.u.inspector
	state := n.state
	if n.of != nil {
		state.Refused = n.of.refused
	}
	return present.PresentDetails(state, i.u.Now()), n.open
}

// toggleDetails opens the pane, or closes it.
func (u *Window) toggleDetails(*storage) {
	u.inspector.open = !u.inspector.open
	u.inspector.state.Ref = objects.Ref{} // what was shown may be old
	u.inspector.follow()
	u.view.RenderDetails()
}

// ShowTab implements view.Intents.
func (i *intents) ShowTab(tab present.DetailsTab) {
	n := &i.u.inspector
	n.state.Tab = tab
	n.ask(0)
	i.u.view.RenderDetails()
}

// follow looks at what is chosen now.
func (n *inspector) follow() {
	if !n.open {
		n.stop()
		return
	}
	next := present.Inspected{Tab: n.state.Tab}
	if next.Tab == "" {
		next.Tab = present.TabPreview
	}
	s := n.u.shownStorage()
	size := int64(0)
	if s != nil {
		next.Chosen = s.selection.Len()
		if e, ok := s.selection.Single(); ok {
			next.Folder, size = e.Folder || s.At().Root(), e.Size
			next.Ref = objects.Ref{Bucket: s.At().Bucket, Key: e.Key}
			if s.At().Root() {
				next.Ref = objects.Ref{Bucket: e.Key}
			}
		}
	}
	if n.of == s && next.Ref == n.state.Ref && next.Chosen == n.state.Chosen && next.Ref != (objects.Ref{}) {
		return
	}
	n.of, n.state, n.size = s, next, size
	n.ask(inspectAfter)
}

// again asks anew for everything, because it has changed.
func (n *inspector) again() {
	n.state = present.Inspected{Ref: n.state.Ref, Chosen: n.state.Chosen, Folder: n.state.Folder, Tab: n.state.Tab}
	n.ask(0)
}

// stop ends what is asked for.
func (n *inspector) stop() {
	n.turn++
	if n.cancel != nil {
		n.cancel()
	}
	if n.timer != nil {
		n.timer.Stop()
	}
}

// ask asks for what the tab shows and has not come yet, after a pause.
func (n *inspector) ask(after time.Duration) {
	n.stop()
	if n.of == nil || n.state.Chosen != 1 || n.state.Folder || n.complete() {
		return
	}
	n.state.Problem, n.state.Slow = nil, false
	ctx, cancel := context.WithCancel(n.u.ctx)
	n.cancel = cancel
	turn, server, ref, size, tab := n.turn, n.of.server, n.state.Ref, n.size, n.state.Tab
	n.timer = time.AfterFunc(after+inspectSlow, func() {
		n.u.Dispatch(func() { n.show(turn, func(s *present.Inspected) { s.Slow = !n.complete() && s.Problem == nil }) })
	})
	go func() {
		defer cancel()
		select {
		case <-time.After(after):
		case <-ctx.Done():
			return
		}
		found := fetch(ctx, server, n.u.Decoder, ref, size, tab)
		if ctx.Err() == nil {
			n.u.Dispatch(func() { n.show(turn, found) })
		}
	}()
}

// complete reports whether what the tab shows is there.
func (n *inspector) complete() bool {
	switch n.state.Tab {
	case present.TabFacts:
		return n.state.Info != nil
	case present.TabVersions:
		return n.state.HasVersions
	}
	return n.state.Preview != nil
}

// show takes over what was found, unless something else is shown by now.
func (n *inspector) show(turn int, found func(*present.Inspected)) {
	if turn == n.turn && n.u.ctx.Err() == nil {
		found(&n.state)
		n.u.view.RenderDetails()
	}
}

// fetch asks the server for what a tab shows.
func fetch(ctx context.Context, server Storage, decoder preview.Decoder, ref objects.Ref, size int64, tab present.DetailsTab) func(*present.Inspected) {
	switch tab {
	case present.TabFacts:
		info, err := server.Stat(ctx, ref)
		if err != nil {
			return failing(err)
		}
		tags, err := server.Tags(ctx, ref)
		return func(s *present.Inspected) { s.Info, s.Tags, s.HasTags = &info, tags, err == nil }
	case present.TabVersions:
		all, more, err := server.Versions(ctx, ref.Bucket, ref.Key, mostVersions)
		if err != nil {
			return failing(err)
		}
		return func(s *present.Inspected) { s.Versions, s.More, s.HasVersions = all, more, true }
	}
	look, err := preview.Fetch(ctx, server, decoder, ref, size)
	if err != nil {
		return failing(err)
	}
	return func(s *present.Inspected) { s.Preview = &look }
}

func failing(err error) func(*present.Inspected) {
	return func(s *present.Inspected) { s.Problem = intentProblem(err) }
}

// EditTags implements view.Intents.
func (i *intents) EditTags() {
	u := i.u
	n := &u.inspector
	s, ref := n.of, n.state.Ref
	if s == nil || !n.state.HasTags {
		return
	}
	u.view.AskTags(present.TagLines(n.state.Tags), func(text string) {
		tags, _ := present.ParseTags(text)
		u.changeObject(s, present.ActTags, func(ctx context.Context) error { return s.server.SetTags(ctx, ref, tags) })
	})
}

// Version implements view.Intents.
func (i *intents) Version(ref objects.Ref, do present.VersionDo) {
	u := i.u
	s := u.inspector.of
	if s == nil {
		return
	}
	switch do {
	case present.DownloadVersion:
		prefix, id := ref.Key[:len(ref.Key)-len(localName(ref.Key))], u.shown.Session.ID
		u.toFolder(func(folder string) {
			u.start(app.TransferRequest{
				Connection: id, Direction: app.Download, Bucket: ref.Bucket, Prefix: prefix, Folder: folder,
				Objects: []app.TransferObject{{Key: ref.Key, VersionID: ref.Version}}, Conflicts: app.Ask,
			})
		})
	case present.RestoreVersion:
		u.changeObject(s, present.ActBringBack, func(ctx context.Context) error { return s.server.Restore(ctx, ref) })
	case present.DeleteVersion:
		title, text := present.AskDeleteVersion(localName(ref.Key))
		u.kit.Ask(u.window.Canvas(), kit.Question{Title: title, Text: text, Yes: "Delete version", Do: func() {
			u.changeObject(s, present.ActDropVersion, func(ctx context.Context) error { return s.server.DeleteVersion(ctx, ref) })
		}})
	}
}

// changeObject changes the object in the details, and looks at it again. act is what it counts as when the server
// refuses it.
func (u *Window) changeObject(s *storage, act present.Act, do func(context.Context) error) {
	at := s.At()
	go func() {
		err := do(u.ctx)
		u.Dispatch(func() {
			switch {
			case u.ctx.Err() != nil:
			case err != nil:
				u.refusedBy(s, at, act, err)
			default:
				u.inspector.again()
				if s.At() == at {
					s.Refresh()
				}
			}
		})
	}()
}

// PreviewReady reports whether the details show a preview.
func (u *Window) PreviewReady() bool { return u.inspector.state.Preview != nil }

package ui

import (
	"context"
	"errors"
	"math"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/ui/browse"
	"daypass/ui/kit"
	"daypass/ui/memory"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// inspector looks into the object that is chosen, while the details are open. What it asks for ends
// when the choice moves on.
type inspector struct {
	u     *Window
	open  bool
	state present.Inspected
	// of is the storage of what is shown; nil for none.
	of   *storage
	size int64
	task *task.Task
}

const (
	// inspectAfter is how long a choice must stay before the server is asked, so that going through a list
	// with the arrow keys asks for nothing.
	inspectAfter = 150 * time.Millisecond
	// mostVersions is how many versions are listed.
	mostVersions = 100
)

// Details implements view.Intents.
func (i *intents) Details() (m present.Details, open bool) {
	n := &i.u.inspector
	state, kept := n.state, i.u.memory.Get()
	state.Width, state.Unwrapped = kept.DetailsWidth, kept.LinesUnbroken
	if n.of != nil {
		state.Refused, state.Server = n.of.refused, i.u.shown.Session.Name
	}
	return present.PresentDetails(state, i.u.Now()), n.open
}

// toggleDetails opens the pane, or closes it.
func (u *Window) toggleDetails(*storage) {
	u.inspector.open = !u.inspector.open
	u.memory.Update(func(r *memory.Record) { r.DetailsOpen = u.inspector.open })
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

// WrapLines implements view.Intents.
func (i *intents) WrapLines(on bool) {
	i.u.memory.Update(func(r *memory.Record) { r.LinesUnbroken = !on })
	i.u.view.RenderDetails()
}

// KeepDetailsWidth implements view.Intents.
func (i *intents) KeepDetailsWidth(width float32) {
	i.u.memory.Update(func(r *memory.Record) { r.DetailsWidth = width })
}

// follow looks at what is chosen now.
func (n *inspector) follow() {
	if !n.open {
		n.task.Drop()
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

// ask asks for what the tab shows and has not come yet, after a pause.
func (n *inspector) ask(after time.Duration) {
	n.task.Drop()
	n.state.Problem, n.state.Wait, n.state.Stopped = nil, present.NoWait, false
	if n.of == nil || n.state.Chosen != 1 || n.state.Folder || n.complete() {
		return
	}
	server, ref, size, tab := n.of.server, n.state.Ref, n.size, n.state.Tab
	task.Run(n.task, func(ctx context.Context) (func(*present.Inspected), error) {
		select {
		case <-time.After(after):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		found := fetch(ctx, server, n.u.Decoder, ref, size, tab)
		return found, ctx.Err()
	}, n.show)
	n.task.After(after+browse.SlowAfter, func() { n.wait(present.SlowWait) })
	n.task.After(after+browse.LongAfter, func() { n.wait(present.LongWait) })
}

func (n *inspector) wait(w present.Wait) {
	n.state.Wait = w
	n.u.view.RenderDetails()
}

// count adds up what is in the folder or bucket that is selected.
func (n *inspector) count() {
	if n.of == nil || !n.state.Folder {
		return
	}
	server, ref := n.of.server, n.state.Ref
	n.state.Counting, n.state.Sum, n.state.Problem, n.state.Wait, n.state.Stopped = true, nil, nil, present.NoWait, false
	task.RunReporting(n.task, task.Reports[objects.Sum]{Every: showFoundEvery, Show: func(sum objects.Sum) {
		n.state.Sum, n.state.Wait = &sum, present.NoWait
		n.u.view.RenderDetails()
	}}, func(ctx context.Context, report func(objects.Sum)) (objects.Sum, error) {
		return server.Count(ctx, ref.Bucket, []buckets.Entry{{Key: ref.Key, Folder: true}}, math.MaxInt, report)
	}, n.counted)
	awaitReports(n.task, func() bool { return n.state.Sum != nil }, n.wait)
	n.u.view.RenderDetails()
}

func (n *inspector) counted(sum objects.Sum, err error) {
	n.state.Counting = false
	switch {
	case err == nil:
		n.state.Sum = &sum
	case errors.Is(err, context.Canceled):
		n.state.Sum, n.state.Stopped = &sum, true
	default:
		n.state.Sum, n.state.Problem = nil, problem.Of(err)
	}
	n.u.view.RenderDetails()
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

// show takes over what was found. The one error is that the user has stopped it.
func (n *inspector) show(found func(*present.Inspected), err error) {
	if err != nil {
		n.state.Stopped = true
	} else {
		found(&n.state)
	}
	n.u.view.RenderDetails()
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
	return func(s *present.Inspected) { s.Problem = problem.Of(err) }
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
		u.changeObject(s, present.ActTags, "Saving the tags", func(ctx context.Context) error { return s.server.SetTags(ctx, ref, tags) })
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
		u.changeObject(s, present.ActBringBack, "Restoring the version", func(ctx context.Context) error { return s.server.Restore(ctx, ref) })
	case present.DeleteVersion:
		title, text := present.AskDeleteVersion(localName(ref.Key))
		u.kit.Ask(kit.Question{Title: title, Text: text, Yes: "Delete version", Do: func() {
			u.changeObject(s, present.ActDropVersion, "Deleting the version", func(ctx context.Context) error { return s.server.DeleteVersion(ctx, ref) })
		}})
	}
}

// changeObject changes the object in the details, and looks at it again. act is what it counts as when the server
// refuses it.
func (u *Window) changeObject(s *storage, act present.Act, doing string, do func(context.Context) error) {
	u.begin(s, s.At(), act, &work{doing: doing, keeps: true}, func(ctx context.Context, _ func(objects.Result)) (objects.Result, error) {
		return objects.Result{}, do(ctx)
	})
}

// PreviewReady reports whether the details show a preview.
func (u *Window) PreviewReady() bool { return u.inspector.state.Preview != nil }

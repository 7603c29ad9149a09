package browser

import (
	"context"
	"errors"
	"slices"

	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/ui/problem"
	"daypass/ui/selection"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// maxDeleted is how many deleted files are listed at most.
const maxDeleted = 10_000

// deleted is the list of what was deleted below a location.
type deleted struct {
	s        *Server
	task     *task.Task
	state    DeletedState
	selected *selection.Set
}

// openDeleted opens the list of deleted files below the location on screen.
func (c *Controller) openDeleted(s *Server) {
	s.closeResults()
	d := &deleted{s: s, task: task.New(c.deps.Context, c.deps.Dispatch)}
	d.state.At = s.Listing.At()
	s.results = d
	d.start()
	c.view.FocusDeleted()
}

func (d *deleted) at() location.Location { return d.state.At }
func (d *deleted) covered() string       { return messages.Text("browser.unavailable.deleted") }
func (d *deleted) stop()                 { d.task.Stop() }
func (d *deleted) drop()                 { d.task.Drop() }

func (d *deleted) model(m *Model) {
	state, selected, now := d.state, d.selected, d.s.c.deps.Now()
	state.Selected, state.Server = selected.Len(), d.s.c.name
	state.Denied = d.s.denials[Denial{state.At.Bucket, CommandRestore}]
	files := NewDeletedFiles(state)
	files.Rows = ResultRows{
		Count: len(state.Found), Selected: selected.Has,
		Row: func(i int) EntryRow { return DeletedRow(state.At, state.Found[i], now) },
	}
	m.Deleted = &files
}

// start lists what was deleted, and drops what was found before.
func (d *deleted) start() {
	at, source := d.state.At, d.s.Source
	d.state, d.selected = DeletedState{}, &selection.Set{}
	d.state.At, d.state.Running = at, true
	task.RunReporting(d.task, task.Reports[objects.Scanned]{
		Every: showResultsEvery,
		Merge: func(earlier, later objects.Scanned) objects.Scanned {
			later.Found = slices.Concat(earlier.Found, later.Found)
			return later
		},
		Show: d.reported,
	}, func(ctx context.Context, report func(objects.Scanned)) (unversioned bool, err error) {
		versioned, err := source.Versioned(ctx, at.Bucket) // a user who may not know that may still list
		unversioned = err == nil && !versioned
		return unversioned, source.Deleted(ctx, at.Bucket, at.Prefix, maxDeleted, report)
	}, d.ended)
	wait.Reports(d.task, func() bool { return d.state.Seen > 0 }, func(w wait.Wait) {
		d.state.Wait = w
		d.s.c.Render()
	})
	d.s.c.Render()
}

// reported shows what was found since the last time.
func (d *deleted) reported(l objects.Scanned) {
	d.state.Found = slices.Concat(d.state.Found, l.Found)
	d.state.Seen, d.state.Limited, d.state.Wait = l.Versions, l.Limited, wait.None
	d.s.c.Render()
}

func (d *deleted) ended(unversioned bool, err error) {
	d.state.Running, d.state.Unversioned = false, unversioned
	switch {
	case errors.Is(err, context.Canceled):
		d.state.Stopped = true
	case err != nil:
		d.state.Problem = problem.Of(err)
	}
	d.s.c.Render()
}

// restore restores what is selected, or all.
func (d *deleted) restore() {
	var keys []string
	for i, one := range d.state.Found {
		if d.selected.Len() == 0 || d.selected.Has(i) {
			keys = append(keys, one.Key)
		}
	}
	if len(keys) > 0 {
		d.s.changes.restore(d.state.At, keys)
	}
}

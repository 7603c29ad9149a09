package ui

import (
	"context"
	"errors"
	"slices"

	"daypass/app/buckets/objects"
	"daypass/ui/browser"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/selection"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// mostDeleted is how many deleted files are listed at most.
const mostDeleted = 10_000

// bin is the list of what was deleted below a place.
type bin struct {
	u     *Window
	of    *storage
	state browser.DeletedState
	task  *task.Task
	// chosen are the lines that are selected.
	chosen selection.Set
}

// showDeleted opens the list of deleted files below the place on screen.
func (u *Window) showDeleted(s *storage) {
	s.closeSearch()
	s.closeBin()
	s.bin = &bin{u: u, of: s, task: task.New(u.ctx, u.Dispatch), state: browser.DeletedState{At: s.At()}}
	s.bin.start()
	u.view.FocusDeleted()
}

// bin is the list on screen; nil for none.
func (u *Window) bin() *bin {
	if s := u.shownStorage(); s != nil {
		return s.bin
	}
	return nil
}

func (s *storage) closeBin() {
	if s.bin != nil {
		s.bin.task.Drop()
		s.bin = nil
	}
}

// start lists what was deleted, and forgets what was found before.
func (b *bin) start() {
	at, server := b.state.At, b.of.server
	b.state, b.chosen = browser.DeletedState{At: at, Running: true}, selection.Set{}
	task.RunReporting(b.task, task.Reports[objects.Looked]{
		Every: showFoundEvery,
		Merge: func(earlier, later objects.Looked) objects.Looked {
			later.Found = slices.Concat(earlier.Found, later.Found)
			return later
		},
		Show: b.take,
	}, func(ctx context.Context, report func(objects.Looked)) (unversioned bool, err error) {
		versioned, err := server.Versioned(ctx, at.Bucket) // a user who may not know that may still list
		unversioned = err == nil && !versioned
		return unversioned, server.Deleted(ctx, at.Bucket, at.Prefix, mostDeleted, report)
	}, b.ended)
	wait.Reports(b.task, func() bool { return b.state.Versions > 0 }, b.wait)
	b.u.renderFolder()
}

func (b *bin) wait(w present.Wait) {
	b.state.Wait = w
	b.u.renderFolder()
}

// take shows what was found since the last time.
func (b *bin) take(l objects.Looked) {
	b.state.Found = slices.Concat(b.state.Found, l.Found)
	b.state.Versions, b.state.Limited, b.state.Wait = l.Versions, l.Limited, present.NoWait
	b.u.renderFolder()
}

func (b *bin) ended(unversioned bool, err error) {
	b.state.Running, b.state.Unversioned = false, unversioned
	switch {
	case errors.Is(err, context.Canceled):
		b.state.Stopped = true
	case err != nil:
		b.state.Problem = problem.Of(err)
	}
	b.u.renderFolder()
}

// Deleted implements view.Intents.
func (i *intents) Deleted() (m browser.DeletedFiles, open bool) {
	b := i.u.bin()
	if b == nil {
		return browser.DeletedFiles{}, false
	}
	state := b.state
	state.Chosen, state.Server = b.chosen.Len(), i.u.shown.Session.Name
	state.Denied = b.of.refused[browser.Denial{Bucket: state.At.Bucket, Command: browser.CommandRestore}]
	return browser.NewDeletedFiles(state), true
}

// DeletedCount implements view.Intents.
func (i *intents) DeletedCount() int {
	if b := i.u.bin(); b != nil {
		return len(b.state.Found)
	}
	return 0
}

// DeletedFile implements view.Intents.
func (i *intents) DeletedFile(n int) browser.EntryRow {
	if b := i.u.bin(); b != nil && n < len(b.state.Found) {
		return browser.DeletedRow(b.state.At, b.state.Found[n], i.u.Now())
	}
	return browser.EntryRow{}
}

// DeletedChosen implements view.Intents.
func (i *intents) DeletedChosen(n int) bool {
	b := i.u.bin()
	return b != nil && b.chosen.Has(n)
}

// PickDeleted implements view.Intents.
func (i *intents) PickDeleted(n int, how selection.How) {
	b := i.u.bin()
	if b == nil || n >= len(b.state.Found) {
		return
	}
	b.chosen.Select(n, how)
	i.u.renderFolder()
}

// StopDeleted implements view.Intents.
func (i *intents) StopDeleted() {
	if b := i.u.bin(); b != nil {
		b.task.Stop()
	}
}

// CloseDeleted implements view.Intents.
func (i *intents) CloseDeleted() {
	if s := i.u.shownStorage(); s != nil {
		s.closeBin()
		i.u.renderFolder()
	}
}

// RestoreDeleted implements view.Intents.
func (i *intents) RestoreDeleted() {
	b := i.u.bin()
	if b == nil {
		return
	}
	var keys []string
	for n, d := range b.state.Found {
		if b.chosen.Len() == 0 || b.chosen.Has(n) {
			keys = append(keys, d.Key)
		}
	}
	if len(keys) == 0 {
		return
	}
	i.u.restoreKeys(b.of, b.state.At, keys)
}

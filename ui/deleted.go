package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"daypass/app/buckets/objects"
	"daypass/ui/present"
	"daypass/ui/view/kit"
)

// mostDeleted is how many deleted files are listed at most.
const mostDeleted = 10_000

// bin is the list of what was deleted below a place. Its state belongs to the UI thread, fresh to both.
type bin struct {
	u      *Window
	of     *storage
	state  present.Bin
	cancel context.CancelFunc
	turn   int
	// chosen are the lines that are chosen.
	chosen kit.Picks

	fresh fresh[objects.Deleted, objects.Looked]
}

// showDeleted opens the list of deleted files below the place on screen.
func (u *Window) showDeleted(s *storage) {
	s.closeSearch()
	s.closeBin()
	s.bin = &bin{u: u, of: s, cancel: func() {}, state: present.Bin{At: s.At()}}
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
		s.bin.turn++
		s.bin.cancel()
		s.bin = nil
	}
}

// start looks for what was deleted, and forgets what was found before.
func (b *bin) start() {
	b.cancel()
	b.turn++
	ctx, cancel := context.WithCancel(b.u.ctx)
	b.cancel = cancel
	at := b.state.At
	b.state, b.chosen = present.Bin{At: at, Running: true}, kit.Picks{}
	b.fresh.begin(b.turn)
	turn, server := b.turn, b.of.server
	go func() {
		defer cancel()
		versioned, err := server.Versioned(ctx, at.Bucket) // who may not know that may still look
		none := err == nil && !versioned
		err = server.Deleted(ctx, at.Bucket, at.Prefix, mostDeleted, func(l objects.Looked) { b.report(turn, l) })
		b.u.Dispatch(func() { b.ended(turn, none, err) })
	}()
	b.u.view.RenderFolder()
}

// report keeps what was found until the screen takes it, a few times a second.
func (b *bin) report(turn int, l objects.Looked) {
	if b.fresh.add(turn, l.Found, l) {
		time.AfterFunc(findShown, func() {
			b.u.Dispatch(func() {
				if turn == b.turn && b.state.Running {
					b.take()
					b.u.view.RenderFolder()
				}
			})
		})
	}
}

// take takes over what was found since.
func (b *bin) take() {
	found, l := b.fresh.take()
	b.state.Found = slices.Concat(b.state.Found, found)
	b.state.Versions, b.state.Limited = l.Versions, l.Limited
}

func (b *bin) ended(turn int, unversioned bool, err error) {
	if turn != b.turn || b.u.ctx.Err() != nil {
		return
	}
	b.take()
	b.state.Running, b.state.Unversioned = false, unversioned
	switch {
	case errors.Is(err, context.Canceled):
		b.state.Stopped = true
	case err != nil:
		b.state.Problem = intentProblem(err)
	}
	b.u.view.RenderFolder()
}

// Deleted implements view.Intents.
func (i *intents) Deleted() (m present.DeletedFiles, open bool) {
	b := i.u.bin()
	if b == nil {
		return present.DeletedFiles{}, false
	}
	state := b.state
	state.Chosen = b.chosen.Len()
	state.Refused = b.of.refused[present.RefusedAct{Bucket: state.At.Bucket, Act: present.ActRestore}]
	return present.PresentDeleted(state), true
}

// DeletedCount implements view.Intents.
func (i *intents) DeletedCount() int {
	if b := i.u.bin(); b != nil {
		return len(b.state.Found)
	}
	return 0
}

// DeletedFile implements view.Intents.
func (i *intents) DeletedFile(n int) present.EntryRow {
	if b := i.u.bin(); b != nil && n < len(b.state.Found) {
		return present.PresentDeletedFile(b.state.At, b.state.Found[n], i.u.Now())
	}
	return present.EntryRow{}
}

// DeletedChosen implements view.Intents.
func (i *intents) DeletedChosen(n int) bool {
	b := i.u.bin()
	return b != nil && b.chosen.Has(n)
}

// PickDeleted implements view.Intents.
func (i *intents) PickDeleted(n int, how kit.Pick) {
	b := i.u.bin()
	if b == nil || n >= len(b.state.Found) {
		return
	}
	b.chosen.Pick(n, how)
	i.u.view.RenderFolder()
}

// StopDeleted implements view.Intents.
func (i *intents) StopDeleted() {
	if b := i.u.bin(); b != nil && b.state.Running {
		b.cancel()
	}
}

// CloseDeleted implements view.Intents.
func (i *intents) CloseDeleted() {
	if s := i.u.shownStorage(); s != nil {
		s.closeBin()
		i.u.view.RenderFolder()
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

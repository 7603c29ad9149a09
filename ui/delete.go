package ui

import (
	"context"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/ui/browser"
	"daypass/ui/present"
	"daypass/ui/view"
)

// mostCounted is how many files are counted before something is deleted.
const mostCounted = 100_000

// remove asks before what is chosen is deleted, and looks meanwhile how much that is.
func (u *Window) remove(s *storage) {
	at, entries := s.At(), s.chosenEntries()
	if len(entries) == 0 {
		return
	}
	d := browser.DeletionState{At: at, Entries: entries, Server: u.shown.Session.Name}
	ctx, cancel := context.WithCancel(u.ctx)
	sheet := u.view.AskDelete(browser.NewDeletion(d), func(forever bool) { u.removeNow(s, d, forever) }, cancel)
	if !at.Root() {
		u.lookBefore(ctx, s.server, d, sheet)
	}
}

// lookBefore fills in the question with what there is to know.
func (u *Window) lookBefore(ctx context.Context, server Reader, d browser.DeletionState, sheet *view.DeleteSheet) {
	bucket, entries := d.At.Bucket, d.Entries
	show := func(change func()) {
		if ctx.Err() == nil {
			change()
			sheet.Update(browser.NewDeletion(d))
		}
	}
	stopWait := u.wait(func(w present.Wait) { show(func() { d.Wait = w }) })
	go func() {
		if versioned, err := server.Versioned(ctx, bucket); err == nil {
			u.Dispatch(func() { show(func() { d.Versioned = &versioned }) })
		}
		sum, err := server.Count(ctx, bucket, entries, mostCounted, nil)
		u.Dispatch(func() {
			stopWait()
			if err == nil {
				show(func() { d.Sum = &sum })
			}
		})
	}()
}

func (u *Window) removeNow(s *storage, d browser.DeletionState, forever bool) {
	u.change(s, d.At, browser.CommandDelete, "Deleting", func(ctx context.Context, report func(objects.Result)) (objects.Result, error) {
		switch {
		case d.At.Root():
			return objects.Result{}, s.removeBuckets(ctx, d.Entries)
		case forever:
			return s.server.DeleteForever(ctx, d.At.Bucket, d.Entries, report)
		}
		return s.server.Delete(ctx, d.At.Bucket, d.Entries, report)
	})
}

func (s *storage) removeBuckets(ctx context.Context, all []buckets.Entry) error {
	for _, e := range all {
		if err := s.server.DeleteBucket(ctx, e.Key); err != nil {
			return err
		}
	}
	return nil
}

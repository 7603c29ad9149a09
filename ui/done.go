package ui

import (
	"context"

	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/present"
)

// done is what a change has come to. It is told below the listing until the next change, or until the user goes
// elsewhere.
type done struct {
	text  string
	visit uint64
	// undo undoes it; nil where that cannot be done.
	undo func()
}

// tellDone tells what a change has come to, and offers to undo a deletion that can be undone.
func (u *Window) tellDone(s *storage, at location.Location, act browser.Command, r objects.Result) {
	d := &done{text: browser.DoneText(act, r), visit: s.Visit()}
	if len(r.Covered) > 0 && len(r.Covered) < objects.MaxCovered && act == browser.CommandDelete {
		d.undo = func() { u.restoreKeys(s, at, r.Covered) }
	}
	if d.text != "" {
		s.done = d
	}
}

// restoreKeys brings deleted files back.
func (u *Window) restoreKeys(s *storage, at location.Location, keys []string) {
	u.change(s, at, browser.CommandRestore, "Restoring", func(ctx context.Context, report func(objects.Result)) (objects.Result, error) {
		return s.server.UndeleteAll(ctx, at.Bucket, keys, report)
	})
}

// Work implements view.Intents.
func (i *intents) Work() browser.Work {
	s := i.u.shownStorage()
	switch {
	case s == nil:
	case s.work != nil:
		return browser.ChangeWork(s.work.doing, s.work.result, i.u.shown.Session.Name, s.work.wait)
	case s.lookup != nil && s.lookup.wait != present.NoWait:
		return browser.LookupWork(s.lookup.name, i.u.shown.Session.Name, s.lookup.wait)
	case s.done != nil && s.done.visit == s.Visit() && s.done.undo != nil:
		return browser.Work{Text: s.done.text, Action: "Undo"}
	case s.done != nil && s.done.visit == s.Visit():
		return browser.Work{Text: s.done.text}
	}
	return browser.Work{}
}

// ActOnWork implements view.Intents.
func (i *intents) ActOnWork() {
	s := i.u.shownStorage()
	switch {
	case s == nil:
	case s.work != nil:
		s.work.cancel()
	case s.lookup != nil:
		s.dropLookup()
		i.u.renderFolder()
	case s.done != nil && s.done.undo != nil:
		s.done.undo()
	}
}

// covers is what is known of the deleted files in the place on screen, which has nothing else in it.
type covers struct {
	of   listed
	some bool
}

// listed identifies a listing: the stay at a place, and the revision of what is shown there.
type listed struct{ visit, revision uint64 }

func (s *storage) listed() listed { return listed{s.Visit(), s.Revision()} }

// lookCovered looks whether a place without files has deleted ones in it that can be had back. Servers go on listing
// the folders of deleted files: such a place is empty too.
func (u *Window) lookCovered(s *storage) {
	if s.covers.of == s.listed() || s.At().Root() || s.Status() != browse.Complete || s.Filter() != "" || !s.OnlyFolders() {
		return
	}
	of, at, folders := s.listed(), s.At(), s.Loaded() > 0
	s.covers = covers{of: of}
	go func() {
		some := (!folders || isDeserted(u.ctx, s.server, at)) && hasDeleted(u.ctx, s.server, at)
		u.Dispatch(func() {
			if some && of == s.covers.of && u.ctx.Err() == nil {
				s.covers.some = true
				u.renderFolder()
			}
		})
	}()
}

// isDeserted reports whether certainly nothing lies below a place, for all the folders that are listed there.
func isDeserted(ctx context.Context, server Storage, at location.Location) bool {
	if versioned, err := server.Versioned(ctx, at.Bucket); err != nil || !versioned {
		return false
	}
	page, next, err := server.Below(ctx, at.Bucket, at.Prefix, "", "")
	return err == nil && len(page) == 0 && next == ""
}

// hasDeleted reports whether there are deleted files below a place that can be had back.
func hasDeleted(ctx context.Context, server Storage, at location.Location) (some bool) {
	_ = server.Deleted(ctx, at.Bucket, at.Prefix, 1, func(l objects.Looked) { some = some || len(l.Found) > 0 })
	return some
}

// HasDeleted implements view.Intents.
func (i *intents) HasDeleted() bool {
	s := i.u.shownStorage()
	return s != nil && s.covers.some && s.covers.of == s.listed()
}

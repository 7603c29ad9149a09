package ui

import (
	"context"

	"daypass/app/buckets/objects"
	"daypass/ui/browse"
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
func (u *Window) tellDone(s *storage, at browse.Location, act present.Act, r objects.Result) {
	d := &done{text: present.DoneText(act, r), visit: s.Visit()}
	if len(r.Covered) > 0 && len(r.Covered) < objects.MaxCovered && act == present.ActDelete {
		d.undo = func() { u.restoreKeys(s, at, r.Covered) }
	}
	if d.text != "" {
		s.done = d
	}
}

// restoreKeys brings deleted files back.
func (u *Window) restoreKeys(s *storage, at browse.Location, keys []string) {
	u.change(s, at, present.ActRestore, "Restoring", func(ctx context.Context, report func(objects.Result)) (objects.Result, error) {
		return s.server.UndeleteAll(ctx, at.Bucket, keys, report)
	})
}

// Work implements view.Intents.
func (i *intents) Work() present.Work {
	s := i.u.shownStorage()
	switch {
	case s == nil:
	case s.work != nil:
		return present.WorkOf(s.work.doing, s.work.result)
	case s.lookup != nil && s.lookup.slow:
		return present.Work{Text: "Looking for " + s.lookup.name, Action: "Stop"}
	case s.done != nil && s.done.visit == s.Visit() && s.done.undo != nil:
		return present.Work{Text: s.done.text, Action: "Undo"}
	case s.done != nil && s.done.visit == s.Visit():
		return present.Work{Text: s.done.text}
	}
	return present.Work{}
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
		i.u.view.RenderFolder()
	case s.done != nil && s.done.undo != nil:
		s.done.undo()
	}
}

// covers is what is known of the deleted files in the empty folder on screen.
type covers struct {
	visit uint64
	asked bool
	some  bool
}

// forgetElsewhere forgets what was known of the place that was on screen before.
func (s *storage) forgetElsewhere() {
	if s.covers.visit != s.Visit() {
		s.covers = covers{visit: s.Visit()}
	}
}

// lookCovered looks, once, whether an empty folder has deleted files in it that can be had back.
func (u *Window) lookCovered(s *storage) {
	if s.covers.asked || s.At().Root() || s.Status() != browse.Complete || s.Loaded() > 0 {
		return
	}
	s.covers.asked = true
	visit, at := s.Visit(), s.At()
	go func() {
		some := false
		_ = s.server.Deleted(u.ctx, at.Bucket, at.Prefix, 1, func(l objects.Looked) { some = some || len(l.Found) > 0 })
		u.Dispatch(func() {
			if visit == s.Visit() && some && u.ctx.Err() == nil {
				s.covers.some = true
				u.view.RenderFolder()
			}
		})
	}()
}

// HasDeleted implements view.Intents.
func (i *intents) HasDeleted() bool {
	s := i.u.shownStorage()
	return s != nil && s.covers.some && s.covers.visit == s.Visit() && s.Loaded() == 0
}

package ui

import (
	"context"
	"errors"
	"time"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/present"
	"daypass/ui/problem"
)

// work is a change under way: it goes on while the person looks elsewhere, and ends with the window.
type work struct {
	doing string
	// reveal is the keys of what there is when it is done, at the place where it shows.
	reveal []string
	cancel context.CancelFunc
	result objects.Result
	told   time.Time
	// wait is how long nothing has been heard of it, and stopWait ends what changes that.
	wait     present.Wait
	stopWait func()
	// keeps is true for what changes the object in the details, which stays selected.
	keeps bool
	// protect moves what is under retention or legal hold together with that; nil for what moves nothing.
	protect func()
}

// workTold is the least time between two reports of a change on screen.
const workTold = 200 * time.Millisecond

// changer does one change and reports on the way.
type changer func(ctx context.Context, report func(objects.Result)) (objects.Result, error)

// change does something in the storage in a goroutine. at is where it shows, act what it counts as when
// the server refuses it, reveal the keys of what there is then.
func (u *Window) change(s *storage, at location.Location, act browser.Command, doing string, do changer, reveal ...string) {
	u.begin(s, at, act, &work{doing: doing, reveal: reveal}, do)
}

// begin does the change that is described by w.
func (u *Window) begin(s *storage, at location.Location, act browser.Command, w *work, do changer) {
	if s.work != nil {
		u.kit.Tell("One thing at a time", s.work.doing+" is under way. Wait for its end, or stop it.")
		return
	}
	ctx, cancel := context.WithCancel(u.ctx)
	w.cancel = cancel
	s.work, s.done = w, nil
	u.listen(w)
	u.renderFolder()
	go func() {
		defer cancel()
		result, err := do(ctx, func(r objects.Result) { u.tell(w, r) })
		u.Dispatch(func() { u.changed(s, w, at, act, result, err) })
	}()
}

// tell shows how far a change has come, a few times a second. It is called in the change's goroutine.
func (u *Window) tell(w *work, r objects.Result) {
	if time.Since(w.told) < workTold {
		return
	}
	w.told = time.Now()
	u.Dispatch(func() {
		w.result = r
		u.listen(w)
		u.renderFolder()
	})
}

// listen begins to count how long nothing is heard of a change. One that has reported is slow at times.
func (u *Window) listen(w *work) {
	if w.stopWait != nil {
		w.stopWait()
	}
	w.wait = present.NoWait
	w.stopWait = u.wait(func(wait present.Wait) {
		if wait == present.LongWait || w.result.Done+w.result.Failures == 0 {
			w.wait = wait
			u.renderFolder()
		}
	})
}

// changed shows what became of a change.
func (u *Window) changed(s *storage, w *work, at location.Location, act browser.Command, result objects.Result, err error) {
	if s.work == w {
		s.work = nil
	}
	w.stopWait()
	if u.ctx.Err() != nil {
		return
	}
	if w.keeps {
		u.details.Reload()
	}
	if s.At() == at {
		if !w.keeps {
			s.selection.Clear()
		}
		if err == nil && len(w.reveal) > 0 {
			s.show(w.reveal...)
		}
		s.Refresh()
		u.tellDone(s, at, act, result)
	}
	if s.bin != nil && act == browser.CommandRestore {
		s.bin.start()
	}
	u.renderFolder()
	if err != nil && !errors.Is(err, context.Canceled) {
		u.refusedBy(s, at, act, err)
		return
	}
	if n := browser.Protected(result); n > 0 && w.protect != nil {
		u.askProtected(n, w.protect)
		return
	}
	if failures, ok := browser.FailuresOf(w.doing, result); !ok {
		if e := result.Failed[0].Err; e.Kind == buckets.Denied && result.Done == 0 {
			u.refuse(s, at, act, e)
		}
		u.kit.ShowFailures(failures)
	}
}

// refusedBy tells why a change was refused, and greys the act where it is not allowed.
func (u *Window) refusedBy(s *storage, at location.Location, act browser.Command, err error) {
	var e *buckets.Error
	if errors.As(err, &e) && e.Kind == buckets.Denied {
		u.refuse(s, at, act, e)
	}
	u.agent.Failed(problem.Of(err))
}

// refuse remembers that an act is not allowed, and shows it.
func (u *Window) refuse(s *storage, at location.Location, act browser.Command, e *buckets.Error) {
	s.refused[browser.Denial{Bucket: at.Bucket, Command: browser.Family(act)}] = browser.Reason(e)
	u.renderFolder()
}

// makeNew asks for the name of a folder, or of a bucket, and makes it.
func (u *Window) makeNew(s *storage) {
	at := s.At()
	if at.Root() {
		u.view.AskText(browser.AskNewBucket(), func(name string, _ bool) {
			u.change(s, at, browser.CommandNew, "Making a bucket", func(ctx context.Context, _ func(objects.Result)) (objects.Result, error) {
				return objects.Result{}, s.server.NewBucket(ctx, name)
			}, name)
		})
		return
	}
	u.view.AskText(browser.AskNewFolder(at), func(name string, _ bool) {
		u.change(s, at, browser.CommandNew, "Making a folder", func(ctx context.Context, _ func(objects.Result)) (objects.Result, error) {
			return objects.Result{}, s.server.NewFolder(ctx, at.Bucket, at.Prefix, name)
		}, at.Prefix+name+"/")
	})
}

// rename asks for another name of what is chosen.
func (u *Window) rename(s *storage) {
	e, ok := s.selection.Single()
	if !ok {
		return
	}
	at := s.At()
	q := browser.AskRename(e, s.Name(e))
	end := ""
	if e.Folder {
		end = "/"
	}
	u.view.AskText(q, func(name string, _ bool) {
		u.moving(s, at, browser.CommandRename, "Renaming", objects.CopyOptions{}, func(ctx context.Context, o objects.CopyOptions) (objects.Result, error) {
			return s.server.Rename(ctx, at.Bucket, e, name, o)
		}, at.Prefix+name+end)
	})
}

package browser

import (
	"context"
	"errors"
	"time"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/ui/present"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// change is a change of the storage: it goes on while the user looks elsewhere, and ends with the window.
type change struct {
	// at is where it shows, and command what it counts as when the server refuses it.
	at      location.Location
	command Command
	// operation is the last part of the IDs of its texts while it is under way.
	operation string
	// do does it, and reports on the way.
	do func(ctx context.Context, report func(objects.Result)) (objects.Result, error)
	// reveal is the keys of what there is when it is done, at the location where it shows.
	reveal []string
	// keeps is true for what changes the object in the details, which stays selected.
	keeps bool
	// protect moves what is under retention or legal hold together with that; nil for what moves nothing.
	protect func()
}

// label returns what the change is called while it is under way.
func (c change) label() string { return messages.Text("browser.operation." + c.operation) }

// changes is the one change of a storage that is under way, and what the last one came to.
type changes struct {
	s       *Server
	task    *task.Task
	running *change
	result  objects.Result
	wait    wait.Wait
	done    *done
}

// done is what a change has come to. It is shown below the listing until the next change, or until the user goes
// elsewhere.
type done struct {
	text  string
	visit uint64
	// undo undoes it; nil where that cannot be done.
	undo func()
}

// showChangeEvery is the least time between two reports of a change on screen.
const showChangeEvery = 200 * time.Millisecond

func newChanges(s *Server) *changes {
	return &changes{s: s, task: task.New(s.c.deps.Context, s.c.deps.Dispatch)}
}

// begin begins a change, unless another one is under way.
func (c *changes) begin(next change) {
	if c.running != nil {
		c.s.c.view.Tell(messages.Text("browser.busy.title"), messages.Text("browser.busy."+c.running.operation))
		return
	}
	c.running, c.result, c.wait, c.done = &next, objects.Result{}, wait.None, nil
	task.RunReporting(c.task, task.Reports[objects.Result]{Every: showChangeEvery, Show: func(r objects.Result) {
		c.result, c.wait = r, wait.None
		c.s.c.Render()
	}}, next.do, func(r objects.Result, err error) { c.ended(next, r, err) })
	wait.Reports(c.task, func() bool { return c.result.Done+c.result.Failures > 0 }, func(w wait.Wait) {
		c.wait = w
		c.s.c.Render()
	})
	c.s.c.Render()
}

// ended shows what became of a change.
func (c *changes) ended(was change, r objects.Result, err error) {
	c.running = nil
	if was.keeps {
		c.s.c.details.Reload()
	}
	if c.s.Listing.At() == was.at {
		c.showResult(was, r, err)
	}
	if d, ok := c.s.results.(*deleted); ok && was.command == CommandRestore {
		d.start()
	}
	c.s.c.Render()
	switch protected := Protected(r); {
	case err != nil && !errors.Is(err, context.Canceled):
		c.failed(was, err)
	case protected > 0 && was.protect != nil:
		c.s.c.view.Confirm(AskProtected(protected), was.protect)
	default:
		c.showFailures(was, r)
	}
}

// showResult shows in the listing what there is now, and says what was done.
func (c *changes) showResult(was change, r objects.Result, err error) {
	if !was.keeps {
		c.s.Selection.Clear()
	}
	if err == nil && len(was.reveal) > 0 {
		c.s.show(was.reveal...)
	}
	c.s.Listing.Refresh()
	d := &done{text: DoneText(was.command, r), visit: c.s.Listing.Visit()}
	if len(r.Covered) > 0 && len(r.Covered) < objects.MaxCovered && was.command == CommandDelete {
		d.undo = func() { c.restore(was.at, r.Covered) }
	}
	if d.text != "" {
		c.done = d
	}
}

// failed shows why a change was refused, and has the command off where it is not allowed.
func (c *changes) failed(was change, err error) {
	if e, ok := errors.AsType[*buckets.Error](err); ok && e.Kind == buckets.Denied {
		c.deny(was, e)
	}
	c.s.c.fail(err)
}

// showFailures lists what a change did not do.
func (c *changes) showFailures(was change, r objects.Result) {
	failures, ok := FailuresOf(was.label(), r)
	if ok {
		return
	}
	if e := r.Failed[0].Err; e.Kind == buckets.Denied && r.Done == 0 {
		c.deny(was, e)
	}
	c.s.c.view.ShowFailures(failures)
}

// deny remembers that a command is not allowed, and shows it.
func (c *changes) deny(was change, e *buckets.Error) {
	c.s.denials[Denial{was.at.Bucket, family(was.command)}] = Reason(e)
	c.s.c.Render()
}

// restore brings deleted files back.
func (c *changes) restore(at location.Location, keys []string) {
	c.begin(change{at: at, command: CommandRestore, operation: "restore", do: func(ctx context.Context, report func(objects.Result)) (objects.Result, error) {
		return c.s.Source.UndeleteAll(ctx, at.Bucket, keys, report)
	}})
}

// work is what is shown below the listing.
func (s *Server) work() Work {
	c := s.changes
	reported := c.done != nil && c.done.visit == s.Listing.Visit()
	switch {
	case c.running != nil:
		return ChangeWork(c.running.label(), c.result, s.c.name, c.wait)
	case s.lookup.wait != present.NoWait:
		return LookupWork(s.lookup.name, s.c.name, s.lookup.wait)
	case reported && c.done.undo != nil:
		return Work{Text: c.done.text, Action: messages.Text("browser.undo")}
	case reported:
		return Work{Text: c.done.text}
	}
	return Work{}
}

// PressWork does what the line below the listing offers: it stops what is under way, or undoes what was done.
func (c *Controller) PressWork() {
	s := c.Shown()
	switch {
	case s == nil:
	case s.changes.running != nil:
		s.changes.task.Stop()
	case s.lookup.task.Running():
		s.lookup.drop()
		c.Render()
	case s.changes.done != nil && s.changes.done.undo != nil:
		s.changes.done.undo()
	}
}

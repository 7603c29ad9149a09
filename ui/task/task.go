// Package task runs work of a screen that takes time. The work runs in a goroutine; what comes of it is shown on the
// UI thread, and only while nothing has taken its place.
package task

import (
	"context"
	"sync"
	"time"
)

// Task is work of one kind, of which a screen has at most one under way: a new run replaces the one before,
// whose results are dropped. All of it belongs to the UI thread.
type Task struct {
	ctx      context.Context
	dispatch func(func())
	run      *run
}

// run is one run of a task.
type run struct {
	ctx    context.Context
	cancel context.CancelFunc
	timers []*time.Timer
	// active is when the run began or last reported, and silences are reset then.
	active   time.Time
	silences []silence
}

// silence calls its function once a run has reported nothing for wait.
type silence struct {
	wait  time.Duration
	timer *time.Timer
}

// New returns a task that ends with ctx. dispatch runs a function on the UI thread.
func New(ctx context.Context, dispatch func(func())) *Task {
	return &Task{ctx: ctx, dispatch: dispatch}
}

// Running reports whether there is a run that has not ended.
func (t *Task) Running() bool { return t.run != nil }

// Stop has the run end early. Its results still come, with what its work says of that.
func (t *Task) Stop() {
	if t.run != nil {
		t.run.cancel()
	}
}

// Drop ends the run, and nothing of it is shown any more.
func (t *Task) Drop() {
	if t.run != nil {
		t.run.end()
		t.run = nil
	}
}

// After calls f once, unless the run that is under way now has ended by then. It is for words such as "still waiting".
func (t *Task) After(wait time.Duration, f func()) {
	r := t.run
	if r == nil {
		return
	}
	r.timers = append(r.timers, time.AfterFunc(wait, func() { t.show(r, f) }))
}

// AfterSilence calls f each time that the run that is under way now has reported nothing for wait. It is for words
// such as "still waiting" of work that reports on the way.
func (t *Task) AfterSilence(wait time.Duration, f func()) {
	r := t.run
	if r == nil {
		return
	}
	timer := time.AfterFunc(wait, func() {
		t.show(r, func() {
			if time.Since(r.active) >= wait {
				f()
			}
		})
	})
	r.timers = append(r.timers, timer)
	r.silences = append(r.silences, silence{wait: wait, timer: timer})
}

// reported restarts what waits for the run to be silent.
func (r *run) reported() {
	r.active = time.Now()
	for _, s := range r.silences {
		s.timer.Reset(s.wait)
	}
}

// show calls f on the UI thread, unless r has ended by then.
func (t *Task) show(r *run, f func()) {
	t.dispatch(func() {
		if t.run == r && t.ctx.Err() == nil {
			f()
		}
	})
}

func (r *run) end() {
	r.cancel()
	for _, timer := range r.timers {
		timer.Stop()
	}
}

// Run starts work in a goroutine. done gets what comes of it.
func Run[R any](t *Task, work func(context.Context) (R, error), done func(R, error)) {
	RunReporting(t, Reports[struct{}]{}, func(ctx context.Context, _ func(struct{})) (R, error) { return work(ctx) }, done)
}

// Reports says how reports of work under way are shown.
type Reports[P any] struct {
	// Every is how often one is shown at most. Those in between are merged.
	Every time.Duration
	// AtOnce has the first one shown without a pause.
	AtOnce bool
	// Merge makes one report of two; nil keeps the later one.
	Merge func(earlier, later P) P
	// Show shows a report. The last one is shown before done is called.
	Show func(P)
}

// RunReporting is Run for work that reports on the way, from whatever goroutine.
func RunReporting[P, R any](t *Task, how Reports[P], work func(ctx context.Context, report func(P)) (R, error), done func(R, error)) {
	t.Drop()
	r := &run{active: time.Now()}
	r.ctx, r.cancel = context.WithCancel(t.ctx)
	t.run = r
	reports := &reports[P]{Reports: how}
	report := func(p P) {
		if due, first := reports.add(p); first {
			time.AfterFunc(due, func() {
				t.show(r, func() {
					r.reported()
					reports.show()
				})
			})
		}
	}
	go func() {
		result, err := work(r.ctx, report)
		t.show(r, func() {
			reports.show()
			r.end()
			t.run = nil
			done(result, err)
		})
	}()
}

// reports are those that have not been shown.
type reports[P any] struct {
	Reports[P]
	mu     sync.Mutex
	latest P
	queued bool
	shown  time.Time
}

// add keeps p, and returns after what time it is due; first is true while nobody is on the way to show it.
func (r *reports[P]) add(p P) (due time.Duration, first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	first = !r.queued
	if !first && r.Merge != nil {
		p = r.Merge(r.latest, p)
	}
	r.latest, r.queued = p, true
	if !r.AtOnce {
		return r.Every, first
	}
	return max(0, r.Every-time.Since(r.shown)), first
}

func (r *reports[P]) show() {
	r.mu.Lock()
	p, queued := r.latest, r.queued
	r.queued, r.shown = false, time.Now()
	r.mu.Unlock()
	if queued {
		r.Show(p)
	}
}

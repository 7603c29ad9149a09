package details

import (
	"context"
	"errors"
	"math"
	"time"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/task"
	"daypass/ui/wait"
)

const (
	// settleTime is how long a selection must stay before the server is asked, so that going through a list with the
	// arrow keys asks for nothing.
	settleTime = 150 * time.Millisecond
	// maxVersions is how many versions are listed.
	maxVersions = 100
	// showEvery is how often a count is shown while it goes on.
	showEvery = 120 * time.Millisecond
)

// load asks for what the tab shows and has not come yet, after a pause.
func (c *Controller) load(after time.Duration) {
	c.task.Drop()
	c.state.Problem, c.state.Wait, c.state.Stopped = nil, present.NoWait, false
	s := c.state
	if s.Storage == nil || s.Count != 1 || s.Folder || s.complete() {
		return
	}
	c.state.Held = s.Tab == TabPreview && !s.Requested && !c.deps.Previews()
	if c.state.Held {
		return
	}
	task.Run(c.task, func(ctx context.Context) (func(*State), error) {
		select {
		case <-time.After(after):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		found := c.fetch(ctx, s.Selection, s.Tab)
		return found, ctx.Err()
	}, c.loaded)
	wait.Answer(c.task, after, c.waiting)
}

// loaded takes over what was found. The one error is that the user has stopped it.
func (c *Controller) loaded(found func(*State), err error) {
	if err != nil {
		c.state.Stopped = true
	} else {
		found(&c.state)
	}
	c.Render()
}

func (c *Controller) waiting(w present.Wait) {
	c.state.Wait = w
	c.Render()
}

// fetch asks the server for what a tab shows. It runs in a goroutine, and returns what takes over its result.
func (c *Controller) fetch(ctx context.Context, s Selection, tab Tab) func(*State) {
	source := s.Storage.Source
	switch tab {
	case TabInfo:
		info, err := source.Stat(ctx, s.Ref)
		if err != nil {
			return failing(err)
		}
		tags, err := source.Tags(ctx, s.Ref)
		return func(s *State) { s.Info, s.Tags, s.HasTags = &info, tags, err == nil }
	case TabVersions:
		all, more, err := source.Versions(ctx, s.Ref.Bucket, s.Ref.Key, maxVersions)
		if err != nil {
			return failing(err)
		}
		return func(s *State) { s.Versions, s.More, s.HasVersions = all, more, true }
	}
	p, err := preview.Fetch(ctx, source, c.deps.Decoder, s.Ref, s.Size)
	if err != nil {
		return failing(err)
	}
	return func(s *State) { s.Preview = &p }
}

func failing(err error) func(*State) {
	return func(s *State) { s.Problem = problem.Of(err) }
}

// count adds up what is in the folder or bucket that is selected.
func (c *Controller) count() {
	s := c.state.Selection
	if s.Storage == nil || !s.Folder {
		return
	}
	c.state = State{Selection: s, Tab: c.state.Tab, Counting: true}
	task.RunReporting(c.task, task.Reports[objects.Sum]{Every: showEvery, Show: func(sum objects.Sum) {
		c.state.Sum, c.state.Wait = &sum, present.NoWait
		c.Render()
	}}, func(ctx context.Context, report func(objects.Sum)) (objects.Sum, error) {
		return s.Storage.Source.Count(ctx, s.Ref.Bucket, []buckets.Entry{{Key: s.Ref.Key, Folder: true}}, math.MaxInt, report)
	}, c.counted)
	wait.Reports(c.task, func() bool { return c.state.Sum != nil }, c.waiting)
	c.Render()
}

func (c *Controller) counted(sum objects.Sum, err error) {
	c.state.Counting = false
	switch {
	case err == nil:
		c.state.Sum = &sum
	case errors.Is(err, context.Canceled):
		c.state.Sum, c.state.Stopped = &sum, true
	default:
		c.state.Sum, c.state.Problem = nil, problem.Of(err)
	}
	c.Render()
}

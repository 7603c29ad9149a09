package browser

import (
	"context"
	"errors"
	"slices"
	"strings"

	"daypass/app/buckets/search"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/ui/problem"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// finding is a search below a location.
type finding struct {
	s     *Server
	task  *task.Task
	state SearchState
}

// openSearch opens the search below the location on screen.
func (c *Controller) openSearch(s *Server) {
	s.closeResults()
	f := &finding{s: s, task: task.New(c.deps.Context, c.deps.Dispatch)}
	f.state.At = s.Listing.At()
	s.results = f
	c.Render()
	c.view.FocusSearch()
}

func (f *finding) at() location.Location { return f.state.At }
func (f *finding) covered() string       { return messages.Text("browser.unavailable.search") }
func (f *finding) stop()                 { f.task.Stop() }
func (f *finding) drop()                 { f.task.Drop() }

func (f *finding) model(m *Model) {
	state := f.state
	state.Server = f.s.c.name
	search := NewSearch(state)
	now := f.s.c.deps.Now()
	search.Rows = ResultRows{Count: len(state.Found), Row: func(i int) EntryRow {
		e := state.Found[i]
		return NewEntryRow(e, strings.TrimSuffix(strings.TrimPrefix(e.Key, state.At.Prefix), "/"), false, now)
	}}
	m.Search = &search
}

// start searches for a text, and drops what was found before.
func (f *finding) start(text string) {
	at := f.state.At
	f.state = SearchState{Text: text, Begun: true}
	f.state.At, f.state.Running = at, true
	source := f.s.Source
	q := search.Query{Location: at, Text: text}
	task.RunReporting(f.task, task.Reports[search.Progress]{
		Every: showResultsEvery,
		Merge: func(earlier, later search.Progress) search.Progress {
			later.Found = slices.Concat(earlier.Found, later.Found)
			return later
		},
		Show: f.reported,
	}, func(ctx context.Context, report func(search.Progress)) (search.Outcome, error) {
		return search.Run(ctx, source, q, report)
	}, f.ended)
	wait.Reports(f.task, func() bool { return f.state.Seen > 0 }, func(w wait.Wait) {
		f.state.Wait = w
		f.s.c.Render()
	})
	f.s.c.Render()
}

// reported shows what was found since the last time.
func (f *finding) reported(p search.Progress) {
	f.state.Found = slices.Concat(f.state.Found, p.Found)
	f.state.Seen, f.state.Near, f.state.Wait = p.Objects, p.Near, wait.None
	f.s.c.Render()
}

func (f *finding) ended(out search.Outcome, err error) {
	f.state.Running, f.state.Limited, f.state.Seen = false, out.Limited, out.Objects
	switch {
	case errors.Is(err, context.Canceled):
		f.state.Stopped = true
	case err != nil:
		f.state.Problem = problem.Of(err)
	}
	f.s.c.Render()
}

package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/search"
	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// finding is a search below a place.
type finding struct {
	u     *Window
	of    *storage
	state browser.SearchState
	task  *task.Task
}

// showFoundEvery is how often what was found is shown while more is searched for.
const showFoundEvery = 120 * time.Millisecond

// search opens the search below the place on screen.
func (u *Window) search(s *storage) {
	s.closeBin()
	s.finding = &finding{u: u, of: s, task: task.New(u.ctx, u.Dispatch), state: browser.SearchState{At: s.At()}}
	u.renderFolder()
	u.view.FocusSearch()
}

// finding is the search on screen; nil for none.
func (u *Window) finding() *finding {
	if s := u.shownStorage(); s != nil {
		return s.finding
	}
	return nil
}

// Search implements view.Intents.
func (i *intents) Search() (m browser.Search, open bool) {
	f := i.u.finding()
	if f == nil {
		return browser.Search{}, false
	}
	state := f.state
	state.Server = i.u.shown.Session.Name
	return browser.NewSearch(state), true
}

// Found implements view.Intents.
func (i *intents) Found() []buckets.Entry {
	if f := i.u.finding(); f != nil {
		return f.state.Found
	}
	return nil
}

// StartSearch implements view.Intents.
func (i *intents) StartSearch(text string) {
	if f := i.u.finding(); f != nil && text != "" {
		f.start(text)
	}
}

// StopSearch implements view.Intents.
func (i *intents) StopSearch() {
	if f := i.u.finding(); f != nil {
		f.task.Stop()
	}
}

// CloseSearch implements view.Intents.
func (i *intents) CloseSearch() {
	if s := i.u.shownStorage(); s != nil {
		s.closeSearch()
		i.u.renderFolder()
	}
}

func (s *storage) closeSearch() {
	if s.finding != nil {
		s.finding.task.Drop()
		s.finding = nil
	}
}

// OpenFound implements view.Intents: it goes where the entry is, and chooses it there.
func (i *intents) OpenFound(e buckets.Entry) {
	s := i.u.shownStorage()
	if s == nil {
		return
	}
	at := location.Location{Bucket: s.At().Bucket, Prefix: e.Key}
	s.closeSearch()
	s.goTo(at.Parent(), e.Key)
}

// DownloadFound implements view.Intents.
func (i *intents) DownloadFound(e buckets.Entry) {
	f := i.u.finding()
	if f == nil {
		return
	}
	at := location.Location{Bucket: f.state.At.Bucket, Prefix: e.Key}.Parent()
	id := i.u.shown.Session.ID
	i.u.toFolder(func(folder string) {
		i.u.download(id, at, []app.TransferObject{{Key: e.Key, Size: e.Size}}, folder)
	})
}

// CopyFound implements view.Intents.
func (i *intents) CopyFound(e buckets.Entry) {
	if f := i.u.finding(); f != nil {
		i.Copy(browser.Paths(f.state.At, []buckets.Entry{e})[0])
	}
}

// start searches for a text, and forgets what was found before.
func (f *finding) start(text string) {
	f.state = browser.SearchState{At: f.state.At, Text: text, Begun: true, Running: true}
	server := f.of.server
	q := search.Query{Location: f.state.At, Text: text}
	task.RunReporting(f.task, task.Reports[search.Progress]{
		Every: showFoundEvery,
		Merge: func(earlier, later search.Progress) search.Progress {
			later.Found = slices.Concat(earlier.Found, later.Found)
			return later
		},
		Show: f.take,
	}, func(ctx context.Context, report func(search.Progress)) (search.Outcome, error) {
		return search.Run(ctx, server, q, report)
	}, f.ended)
	wait.Reports(f.task, func() bool { return f.state.Objects > 0 }, f.wait)
	f.u.renderFolder()
}

func (f *finding) wait(w present.Wait) {
	f.state.Wait = w
	f.u.renderFolder()
}

// take shows what was found since the last time.
func (f *finding) take(p search.Progress) {
	f.state.Found = slices.Concat(f.state.Found, p.Found)
	f.state.Objects, f.state.Near, f.state.Wait = p.Objects, p.Near, present.NoWait
	f.u.renderFolder()
}

func (f *finding) ended(out search.Outcome, err error) {
	f.state.Running, f.state.Limited, f.state.Objects = false, out.Limited, out.Objects
	switch {
	case errors.Is(err, context.Canceled):
		f.state.Stopped = true
	case err != nil:
		f.state.Problem = problem.Of(err)
	}
	f.u.renderFolder()
}

// Searching reports whether a search is under way on screen.
func (u *Window) Searching() bool {
	f := u.finding()
	return f != nil && f.state.Running
}

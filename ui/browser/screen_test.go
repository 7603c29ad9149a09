package browser_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/bookmarks"
	"daypass/ui/browser"
	"daypass/ui/browser/listing"
	"daypass/ui/memory"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

// screen is a Controller with everything around it made of what a test can watch. It is the view, the window, the agent,
// the transfers, the pane of details and the chooser in one.
type screen struct {
	t         *testing.T
	queue     *uitest.Queue
	core      *uitest.Core
	storage   *uitest.Storage
	c         *browser.Controller
	bookmarks *bookmarks.Store

	sessions []app.Session
	all      []app.Transfer
	model    browser.Model
	problem  *app.Problem
	covered  bool
	opened   []string
	copied   string
	shown    []string
	revealed int
	focused  string
	// answers are those to the questions asked, in turn; questions are their titles.
	answers   []string
	questions []string
	yes       bool
	files     []string
	menu      browser.BookmarkMenu
	details   struct{ followed, reloaded, toggled int }
}

// newScreen returns the screen of one connection that a user is signed in to, at a location.
func newScreen(t *testing.T, at string) *screen {
	t.Helper()
	s := &screen{
		t: t, queue: uitest.NewQueue(), storage: &uitest.Storage{}, bookmarks: bookmarks.Open(""), yes: true, revealed: -1,
		sessions: []app.Session{uitest.SignedIn(time.Hour)},
	}
	s.core = uitest.NewCore(app.Snapshot{Sessions: s.sessions})
	s.c = browser.New(browser.Deps{
		Context: t.Context(), Dispatch: s.queue.Dispatch, Now: func() time.Time { return uitest.Now }, Agent: s, Transfers: s, Window: s,
		Open: func(app.Session, buckets.CredentialSource) (browser.Storage, error) { return s.storage, nil },
		Show: s.show, Copy: func(text string) { s.copied = text },
		Chooser: s, Bookmarks: s.bookmarks, Memory: memory.Open(""),
	})
	s.c.SetDetails(pane{s})
	s.c.SetView(s)
	t.Cleanup(s.c.Close)
	if _, err := s.c.Show("research-lake", "Lake", true); err != nil {
		t.Fatal(err)
	}
	s.await("the buckets", s.complete)
	if at != "" {
		s.goTo(at)
	}
	return s
}

func (s *screen) await(what string, done func() bool) {
	s.t.Helper()
	s.queue.Await(s.t, what, done)
}

func (s *screen) complete() bool { return s.c.Shown().Listing.Status() == listing.Complete }

func (s *screen) goTo(path string) {
	s.t.Helper()
	if invalid := s.c.Navigation.OpenPath(path); invalid != "" {
		s.t.Fatal(invalid)
	}
	s.await(path, func() bool { return s.c.Shown().Listing.At().URL() == path && s.complete() })
}

// did waits until the storage was asked for what.
func (s *screen) did(what string) {
	s.t.Helper()
	s.await(what, func() bool { return slices.Contains(s.storage.Calls(), what) })
}

// choose selects the entries with these names alone.
func (s *screen) choose(names ...string) {
	s.t.Helper()
	at := s.c.Shown().Listing.At()
	s.c.Selection.Clear()
	for _, name := range names {
		i := s.c.Shown().Listing.Find(at.Prefix + name)
		if i < 0 {
			s.t.Fatalf("%s is not listed", name)
		}
		s.c.Shown().Selection.Toggle(i)
	}
}

func (s *screen) selected() (keys []string) {
	for _, e := range s.c.Shown().Selection.Entries() {
		keys = append(keys, e.Key)
	}
	return keys
}

// The agent and the transfers.

func (s *screen) Call(ask func(context.Context, app.Core) error) {
	go func() {
		if err := ask(s.t.Context(), s.core); err != nil {
			s.queue.Dispatch(func() { s.Failed(&app.Problem{Title: err.Error()}) })
		}
	}()
}
func (s *screen) Current() (app.Core, error) { return s.core, nil }
func (s *screen) Session(id string) app.Session {
	for _, one := range s.sessions {
		if one.ID == id {
			return one
		}
	}
	return app.Session{}
}
func (s *screen) Snapshot() app.Snapshot { return app.Snapshot{Sessions: s.sessions} }

func (s *screen) Start(req app.TransferRequest) { _, _ = s.core.StartTransfer(s.t.Context(), req) }

func (s *screen) Upload(connection, bucket, prefix string, paths []string) {
	s.Start(app.TransferRequest{Connection: connection, Direction: app.Upload, Location: location.Location{Bucket: bucket, Prefix: prefix}, Paths: paths})
}

func (s *screen) Download(connection, bucket, prefix string, objects []app.TransferObject, folder string) {
	s.Start(app.TransferRequest{
		Connection: connection, Direction: app.Download, Location: location.Location{Bucket: bucket, Prefix: prefix}, Objects: objects, Folder: folder,
	})
}

func (s *screen) Find(id string) *app.Transfer {
	if n := slices.IndexFunc(s.all, func(t app.Transfer) bool { return t.ID == id }); n >= 0 {
		return &s.all[n]
	}
	return nil
}

// show is the system's program. It runs in a goroutine.
func (s *screen) show(path string) error {
	s.queue.Dispatch(func() { s.opened = append(s.opened, path) })
	return nil
}

// The window and the chooser.

func (s *screen) Failed(p *app.Problem)     { s.problem = p }
func (s *screen) Covered() bool             { return s.covered }
func (s *screen) Share()                    { s.shown = append(s.shown, "share") }
func (s *screen) ShowShortcuts()            { s.shown = append(s.shown, "shortcuts") }
func (s *screen) Files(done func([]string)) { done(s.files) }
func (s *screen) Folder(_, _ string, done func(string)) {
	for _, path := range s.files {
		done(path)
	}
}

// The view.

func (s *screen) Render(m browser.Model)               { s.model = m }
func (s *screen) Reveal(i int)                         { s.revealed = i }
func (s *screen) DropTarget() int                      { return 0 }
func (s *screen) FocusPath()                           { s.focused = "path" }
func (s *screen) FocusSearch()                         { s.focused = "search" }
func (s *screen) FocusDeleted()                        { s.focused = "deleted" }
func (s *screen) ShowBookmarks(m browser.BookmarkMenu) { s.menu = m }
func (s *screen) ShowColumns()                         { s.shown = append(s.shown, "columns") }
func (s *screen) Tell(title, _ string)                 { s.shown = append(s.shown, title) }
func (s *screen) ShowFailures(f present.Failures)      { s.shown = append(s.shown, f.Title) }

func (s *screen) Confirm(q present.Question, do func()) {
	s.questions = append(s.questions, q.Title)
	if s.yes {
		do()
	}
}

func (s *screen) AskText(q browser.TextQuestion, done func(string)) {
	s.questions = append(s.questions, q.Title)
	answer := s.answers[0]
	s.answers = s.answers[1:]
	if invalid := q.Check(answer); invalid != "" {
		s.t.Fatal(invalid)
	}
	done(answer)
}

func (s *screen) AskDelete(q browser.Deletion, done func(bool), left func()) (update func(browser.Deletion)) {
	s.questions = append(s.questions, q.Title)
	if s.yes {
		s.queue.Dispatch(func() {
			left()
			done(false)
		})
	}
	return func(q browser.Deletion) { s.questions[len(s.questions)-1] = q.Title + " " + q.Sum }
}

func (s *screen) AskCopy(q browser.CopyQuestion, to browser.Destination, done func(int, string, bool)) (changed func()) {
	s.questions = append(s.questions, q.Title)
	done(len(q.Targets)-1, s.answers[0], false)
	to.Close()
	return func() {}
}

func (s *screen) AskDrop(q browser.DropQuestion, done func(bool)) {
	s.questions = append(s.questions, q.Title)
	done(s.yes)
}

func (s *screen) PickFiles(p browser.FilePicker) (show func(string, []browser.LocalFile, string)) {
	return func(dir string, files []browser.LocalFile, invalid string) {
		s.shown = append(s.shown, invalid)
		var names []string
		for _, f := range files {
			names = append(names, f.Name)
		}
		p.Done(dir, names)
	}
}

// pane is the pane of details.
type pane struct{ s *screen }

func (p pane) Follow()      { p.s.details.followed++ }
func (p pane) Reload()      { p.s.details.reloaded++ }
func (p pane) Toggle()      { p.s.details.toggled++ }
func (p pane) Render()      {}
func (p pane) IsOpen() bool { return p.s.details.toggled%2 == 1 }

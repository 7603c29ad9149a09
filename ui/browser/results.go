package browser

import (
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/app/status"
	"daypass/ui/present"
	"daypass/ui/selection"
	"daypass/ui/wait"
)

// showResultsEvery is how often what was found is shown while more is looked for.
const showResultsEvery = 120 * time.Millisecond

// results is a list that stands in place of the listing: what a search has found, or deleted files.
type results interface {
	at() location.Location
	// covered says what to do before something can be done with the listing.
	covered() string
	// stop ends what is under way, and keeps what was found; drop ends everything.
	stop()
	drop()
	// model adds the list to what is shown.
	model(m *Model)
}

// Scan is how far going through everything below a location has come.
type Scan[T any] struct {
	At    location.Location
	Found []T
	// Seen is how many files or versions were checked.
	Seen    int
	Running bool
	// Limited is true where the limit ended it, Stopped where the user did.
	Limited, Stopped bool
	Problem          *app.Problem
	// Server is the name of what is asked, and Wait how long it has not answered.
	Server string
	Wait   wait.Wait
}

// ResultsModel is what lists in place of the listing have in common.
type ResultsModel struct {
	Running bool
	Status  string
	// Message stands in place of the list; an empty Title means none.
	Message present.Message
	Rows    ResultRows
}

// ResultRows are the lines of a list, as it was when the model was made.
type ResultRows struct {
	Count int
	Row   func(i int) EntryRow
	// Selected reports whether a line is selected; nil where none can be.
	Selected func(i int) bool
}

// outcome says how far a scan has come, or why nothing was found; done is false where it ended by itself.
func (s Scan[T]) outcome(found, seen string) (text string, m present.Message, done bool) {
	switch {
	case s.Problem != nil && len(s.Found) == 0:
		m = present.ProblemMessage(s.Problem, "")
		m.Severity, m.Others = status.Warning, nil
	case s.Problem != nil:
		text = messages.Text("browser.results.failed", messages.Args{"Found": found, "Problem": s.Problem.Current().Title})
	case s.Running:
		text = messages.Text("browser.results.running", messages.Args{"Found": found, "Seen": seen})
	case s.Stopped:
		text = messages.Text("browser.results.stopped", messages.Args{"Found": found, "Seen": seen})
	default:
		return "", present.Message{}, false
	}
	return text, m, true
}

// Results is what the user does with the list that stands in place of the listing.
type Results struct{ c *Controller }

// search returns the search on screen; nil for none.
func (r *Results) search() *finding {
	if s := r.c.Shown(); s != nil {
		if f, ok := s.results.(*finding); ok {
			return f
		}
	}
	return nil
}

// deleted returns the deleted files on screen; nil for none.
func (r *Results) deleted() *deleted {
	if s := r.c.Shown(); s != nil {
		if d, ok := s.results.(*deleted); ok {
			return d
		}
	}
	return nil
}

// Close goes back to the listing.
func (r *Results) Close() {
	if s := r.c.Shown(); s != nil {
		s.closeResults()
		r.c.Render()
	}
}

// Open reports whether a list stands in place of the listing.
func (r *Results) Open() bool {
	s := r.c.Shown()
	return s != nil && s.results != nil
}

// Stop ends what is under way.
func (r *Results) Stop() {
	if s := r.c.Shown(); s != nil && s.results != nil {
		s.results.stop()
	}
}

// Search searches for a text.
func (r *Results) Search(text string) {
	if f := r.search(); f != nil && text != "" {
		f.start(text)
	}
}

// Searching reports whether a search is under way.
func (r *Results) Searching() bool {
	f := r.search()
	return f != nil && f.state.Running
}

// found returns what a search has found in line i.
func (r *Results) found(i int) (f *finding, e buckets.Entry, ok bool) {
	if f = r.search(); f == nil || i < 0 || i >= len(f.state.Found) {
		return nil, buckets.Entry{}, false
	}
	return f, f.state.Found[i], true
}

// Show goes where line i of a search is, and selects it there.
func (r *Results) Show(i int) {
	if f, e, ok := r.found(i); ok {
		at := location.Location{Bucket: f.s.Listing.At().Bucket, Prefix: e.Key}
		f.s.closeResults()
		f.s.goTo(at.Parent(), e.Key)
	}
}

// Download downloads line i of a search.
func (r *Results) Download(i int) {
	if f, e, ok := r.found(i); ok {
		at := location.Location{Bucket: f.state.At.Bucket, Prefix: e.Key}.Parent()
		r.c.toFolder(func(folder string) {
			f.s.download(at, []app.TransferObject{{Key: e.Key, Size: e.Size}}, folder)
		})
	}
}

// CopyPath copies the path of line i of a search.
func (r *Results) CopyPath(i int) {
	if f, e, ok := r.found(i); ok {
		r.c.deps.Copy(Paths(f.state.At, []buckets.Entry{e})[0])
	}
}

// Select joins line i of the deleted files to what is selected.
func (r *Results) Select(i int, how selection.How) {
	if d := r.deleted(); d != nil && i < len(d.state.Found) {
		d.selected.Select(i, how)
		r.c.Render()
	}
}

// Restore restores the deleted files that are selected, or all.
func (r *Results) Restore() {
	if d := r.deleted(); d != nil {
		d.restore()
	}
}

// Package destination finds the folder that something is copied or moved to: it lists what lies beside and below a
// typed path, completes the path, and makes folders. It knows no toolkit.
package destination

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/fold"
	"daypass/app/messages"
	"daypass/auth/safetext"
	"daypass/ui/present"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// Source is the storage of one connection.
type Source interface {
	Buckets(ctx context.Context) ([]buckets.Bucket, error)
	Page(ctx context.Context, bucket, prefix, token string, size int) (buckets.Page, error)
	NewFolder(ctx context.Context, bucket, prefix, name string) error
}

const (
	pageSize = 1000
	// maxFolders and maxPages bound what is listed of one folder: a path can be typed as well.
	maxFolders = 5000
	maxPages   = 50
	showEvery  = 150 * time.Millisecond
)

// Options is what a Picker needs.
type Options struct {
	// Context ends what is under way, and Dispatch runs a function on the UI thread.
	Context  context.Context
	Dispatch func(func())
	// Source returns the storage of a connection; nil where there is none.
	Source func(connection string) Source
	// Explain puts an error into words.
	Explain func(error) *app.Problem
	// Changed is called on the UI thread when the Model is another one.
	Changed func()
}

// Picker is the way to one folder. It belongs to the UI thread.
type Picker struct {
	Options
	listing, making *task.Task

	connection, name string // the one that is listed, and what it is called
	path             path
	folders          []string // the last parts of their keys, or buckets
	cut              bool     // there are more
	wait             wait.Wait
	problem          *app.Problem
	stopped          bool // by the user
	listed           bool // something was listed, or is
}

// New returns a picker that shows nothing yet.
func New(o Options) *Picker {
	return &Picker{Options: o, listing: task.New(o.Context, o.Dispatch), making: task.New(o.Context, o.Dispatch)}
}

// Show lists the folder of a typed path in a connection, which is called name. What is typed behind the last slash
// chooses among what is listed.
func (p *Picker) Show(connection, name, typed string) {
	next := divide(typed)
	same := p.listed && connection == p.connection && next.folder() == p.path.folder()
	p.connection, p.name, p.path = connection, name, next
	if !same {
		p.list()
	}
	p.Changed()
}

// Retry lists the folder once more.
func (p *Picker) Retry() {
	p.list()
	p.Changed()
}

// Stop ends a listing; what is listed stays.
func (p *Picker) Stop() { p.listing.Stop() }

// Close ends everything.
func (p *Picker) Close() {
	p.listing.Drop()
	p.making.Drop()
}

func (p *Picker) list() {
	p.listing.Drop()
	p.listed, p.folders, p.cut, p.stopped, p.problem, p.wait = true, nil, false, false, nil, wait.None
	source, at := p.Source(p.connection), p.path
	if source == nil || at.invalid != "" {
		return
	}
	task.RunReporting(p.listing, task.Reports[[]string]{
		Every: showEvery,
		Merge: func(earlier, later []string) []string { return slices.Concat(earlier, later) },
		Show: func(found []string) {
			p.folders = slices.Concat(p.folders, found)
			p.Changed()
		},
	}, func(ctx context.Context, report func([]string)) (cut bool, err error) {
		return foldersIn(ctx, source, at, report)
	}, func(cut bool, err error) {
		p.cut = cut
		p.stopped = errors.Is(err, context.Canceled)
		if err != nil && !p.stopped {
			p.problem = p.Explain(err)
		}
		p.Changed()
	})
	wait.Answer(p.listing, 0, func(w wait.Wait) {
		p.wait = w
		p.Changed()
	})
}

// foldersIn reports the folders in a folder, or the buckets. cut is true where there are more.
func foldersIn(ctx context.Context, source Source, at path, report func([]string)) (cut bool, err error) {
	if at.Root() {
		all, err := source.Buckets(ctx)
		var names []string
		for _, b := range all {
			names = append(names, b.Name)
		}
		report(names)
		return false, err
	}
	var walk buckets.Walk
	count := 0
	for token, pages := "", 0; ; pages++ {
		page, err := source.Page(ctx, at.Bucket, at.Prefix, token, pageSize)
		if err == nil {
			err = walk.StepEntries(page.Entries, page.Next)
		}
		if err != nil {
			return false, err
		}
		names := folderNames(page.Entries, at.Prefix)
		count += len(names)
		report(names)
		token = page.Next
		if token == "" || count >= maxFolders || pages+1 >= maxPages {
			return token != "", nil
		}
	}
}

func folderNames(entries []buckets.Entry, prefix string) []string {
	var names []string
	for _, e := range entries {
		if e.Folder {
			names = append(names, strings.TrimSuffix(strings.TrimPrefix(e.Key, prefix), "/"))
		}
	}
	return names
}

// NewFolder makes a folder in the one that is listed. made gets its path, or what went wrong.
func (p *Picker) NewFolder(name string, made func(path string, problem *app.Problem)) {
	source, at := p.Source(p.connection), p.path
	if source == nil || at.Root() {
		return
	}
	task.Run(p.making, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, source.NewFolder(ctx, at.Bucket, at.Prefix, name)
	}, func(_ struct{}, err error) {
		if err != nil {
			made("", p.Explain(err))
			return
		}
		p.listed = false // the new one is among them
		made(at.folder()+name+"/", nil)
	})
}

// Row is a folder or bucket to choose from.
type Row struct {
	// Name is fit to be shown, Path what the field then holds.
	Name, Path string
	Bucket     bool
}

// Model is what is shown of a Picker.
type Model struct {
	// Folder is the path whose folders are listed, Up the one above; empty for none.
	Folder, Up string
	Rows       []Row
	// Status says what is under way, or that there is nothing to choose from.
	Status string
	Busy   bool
	// Problem is why nothing is listed; nil for none.
	Problem *app.Problem
	// Completion is the path with as much more as is the same in all rows; empty where that is nothing.
	Completion string
	// CanMake is true where a folder can be made.
	CanMake bool
}

// Model returns what is to be shown now.
func (p *Picker) Model() Model {
	m := Model{Folder: p.path.folder(), Up: p.path.up(), Busy: p.listing.Running(), Problem: p.problem, CanMake: !p.path.Root() && p.path.invalid == ""}
	part := fold.String(p.path.part)
	var names []string
	for _, name := range p.folders {
		if strings.HasPrefix(fold.String(name), part) {
			names = append(names, name)
			m.Rows = append(m.Rows, Row{Name: safetext.Name(name), Path: p.path.folder() + name + "/", Bucket: p.path.Root()})
		}
	}
	m.Completion = p.path.complete(names)
	m.Status = p.status(len(m.Rows))
	return m
}

func (p *Picker) status(rows int) string {
	switch {
	case p.path.invalid != "":
		return p.path.invalid
	case p.problem != nil:
		return ""
	case p.listing.Running():
		return present.WaitTitle("", p.name, p.wait)
	case p.stopped:
		return messages.Text("browser.destination.stopped")
	case p.cut:
		return messages.Text("browser.destination.cut")
	case rows == 0 && p.path.part != "":
		return messages.Text("browser.destination.new")
	case rows == 0 && p.path.Root():
		return messages.Text("browser.destination.no-buckets")
	case rows == 0:
		return messages.Text("browser.destination.none")
	}
	return ""
}

package listing

import (
	"context"
	"errors"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/listing"
	"daypass/app/location"
	"daypass/ui/task"
	"daypass/ui/wait"
)

const (
	// PageSize is how many entries are requested at once, the most that S3 returns.
	PageSize = 1000
	// loadAhead is how many entries are loaded before somebody asks for more.
	loadAhead = 2_000_000
	// maxMemory is what one listing may hold.
	maxMemory = 3 << 30
	// showEvery is how often what has been loaded is shown, after the first page.
	showEvery = 100 * time.Millisecond
)

// More goes on loading where that ended before the end, unless the user has stopped it.
func (l *Listing) More() {
	if l.status == Partial && !l.stopped && l.view.Bytes() < maxMemory {
		l.load()
	}
}

// Stop ends the loading. What is loaded stays, and Retry goes on.
func (l *Listing) Stop() {
	if l.status == Loading {
		l.stopped = true
		l.loading.Stop()
	}
}

// Stopped reports whether the user has stopped the loading.
func (l *Listing) Stopped() bool { return l.stopped && l.status == Partial }

// Retry repeats the request that failed, or goes on where the user has stopped.
func (l *Listing) Retry() {
	if l.status == Failed || l.Stopped() {
		l.load()
	}
}

// progress is how far loading has come.
type progress struct {
	view listing.View
	next string
}

// load asks for page after page, from where the listing ends.
func (l *Listing) load() {
	l.status, l.problem, l.wait, l.stopped = Loading, nil, wait.None, false
	from := &loader{source: l.source, at: l.at, list: l.list, next: l.next}
	task.RunReporting(l.loading, task.Reports[progress]{Every: showEvery, AtOnce: true, Show: l.reported}, from.run, l.loaded)
	wait.Answer(l.loading, 0, func(w wait.Wait) {
		l.wait = w
		l.changed()
	})
	l.changed()
}

// reported shows what was loaded since the last time.
func (l *Listing) reported(p progress) {
	refreshed := l.stale
	if refreshed && p.view.Len() < l.view.Len() {
		return // the old rows stay until there are as many new ones, so that nobody loses their place among them
	}
	l.take(p)
	l.rearrange(refreshed)
}

// loaded shows what a loader has come to.
func (l *Listing) loaded(p progress, err error) {
	stopped := errors.Is(err, errStopped)
	if l.stale && stopped {
		l.stale, l.status = false, Partial // the old rows stay; Retry begins again
		l.changed()
		return
	}
	refreshed := l.stale
	l.take(p)
	switch {
	case stopped:
		l.status = Partial
	case err != nil:
		l.status, l.problem = Failed, problemOf(err)
	case p.next != "":
		l.status = Partial
	default:
		l.status = Complete
		l.revision++
	}
	l.rearrange(refreshed)
}

// take takes over what is loaded.
func (l *Listing) take(p progress) {
	l.view, l.next = p.view, p.next
	if l.stale {
		l.stale, l.wasSorted, l.shown = false, false, listing.Arrangement{}
	}
}

// rearrange shows what is loaded.
func (l *Listing) rearrange(refreshed bool) {
	if refreshed || l.sorted() {
		l.arrange()
	} else {
		l.extend()
	}
	l.changed()
}

// errStopped is for loading that the user has stopped.
var errStopped = errors.New("loading was stopped")

// loader loads a location in a goroutine, which alone writes to the list.
type loader struct {
	source Source
	at     location.Location
	list   *listing.List
	next   string
	// walk goes through the pages of this attempt (rule 43); a later attempt goes on where it ends.
	walk buckets.Walk
}

func (l *loader) run(ctx context.Context, report func(progress)) (progress, error) {
	for ahead := 0; ; {
		page, err := l.page(ctx)
		if err != nil && ctx.Err() != nil {
			err = errStopped
		}
		if err == nil {
			l.list.Add(page.Entries)
			l.next = page.Next
			ahead += len(page.Entries)
		}
		p := progress{view: l.list.View, next: l.next}
		if err != nil || l.next == "" || ahead >= loadAhead {
			return p, err
		}
		report(p)
	}
}

func (l *loader) page(ctx context.Context) (buckets.Page, error) {
	if ctx.Err() != nil {
		return buckets.Page{}, ctx.Err()
	}
	if !l.at.Root() {
		page, err := l.source.Page(ctx, l.at.Bucket, l.at.Prefix, l.next, PageSize)
		if err == nil {
			err = l.walk.StepEntries(page.Entries, page.Next)
		}
		return page, err
	}
	all, err := l.source.Buckets(ctx)
	var page buckets.Page
	for _, one := range all {
		page.Entries = append(page.Entries, buckets.Entry{Key: one.Name, Folder: true, Modified: one.Created})
	}
	return page, err
}

// problemOf returns err as what the screen knows; an unknown error gets general words.
func problemOf(err error) *buckets.Error {
	if e, ok := errors.AsType[*buckets.Error](err); ok {
		return e
	}
	return &buckets.Error{
		Kind: buckets.Other, Err: err,
		Problem: app.Problem{Code: "listing-failed"},
	}
}

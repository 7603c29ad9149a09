package browse

import (
	"context"
	"errors"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/listing"
	"daypass/app/location"
	"daypass/ui/wait"
)

const (
	// PageSize is how many entries are asked for at once, the most that S3 gives.
	PageSize = 1000
	// loadAhead is how many entries are loaded before somebody asks for more.
	loadAhead = 2_000_000
	// mostMemory is what one listing may hold.
	mostMemory = 3 << 30
	// showEvery is how often what has been loaded is shown, after the first page.
	showEvery = 100 * time.Millisecond
)

// More goes on loading where that ended before the end, unless the user has stopped it.
func (b *Browser) More() {
	if b.place.status == Partial && !b.place.stopped && b.place.view.Bytes() < mostMemory {
		b.load()
	}
}

// Stop ends the loading. What is loaded stays, and Retry goes on.
func (b *Browser) Stop() {
	if b.place.status == Loading {
		b.place.stopped = true
		b.cancel()
	}
}

// Stopped reports whether the user has stopped the loading.
func (b *Browser) Stopped() bool { return b.place.stopped && b.place.status == Partial }

// Retry repeats the request that failed, or goes on where the user has stopped.
func (b *Browser) Retry() {
	if b.place.status == Failed || b.Stopped() {
		b.load()
	}
}

// load asks for page after page, from where the listing ends. Its news count only while nothing else
// was asked since.
func (b *Browser) load() {
	b.cancel()
	ctx, cancel := context.WithCancel(context.Background())
	b.turn++
	b.cancel, b.place.status, b.place.problem, b.place.slow, b.place.stopped = cancel, Loading, nil, 0, false
	turn := b.turn
	l := &loader{source: b.source, at: b.at, list: b.place.list, next: b.place.next}
	l.deliver = func() { b.dispatch(func() { b.take(turn, l) }) }
	slow := time.AfterFunc(wait.SlowAfter, func() { b.dispatch(func() { b.slow(turn, wait.SlowAfter) }) })
	long := time.AfterFunc(wait.LongAfter, func() { b.dispatch(func() { b.slow(turn, wait.LongAfter) }) })
	go func() {
		defer cancel()
		defer slow.Stop()
		defer long.Stop()
		l.run(ctx)
	}()
	b.changed()
}

func (b *Browser) slow(turn uint64, after time.Duration) {
	if !b.closed && turn == b.turn && b.place.status == Loading {
		b.place.slow = after
		b.changed()
	}
}

// take shows what a loader has come to.
func (b *Browser) take(turn uint64, l *loader) {
	p, news := l.taken()
	if b.closed || turn != b.turn || !news {
		return
	}
	anew := b.place.stale
	if anew && !p.ended && p.view.Len() < b.place.view.Len() {
		return // the old rows stay until there are as many new ones, so that nobody loses their place among them
	}
	if anew && p.stopped {
		b.place.stale, b.place.status = false, Partial // the old rows stay; Retry begins anew
		b.changed()
		return
	}
	b.place.view, b.place.next = p.view, p.next
	if anew {
		b.place.stale, b.place.wasSorted, b.place.shown = false, false, listing.Arrangement{}
	}
	switch {
	case !p.ended:
	case p.err != nil:
		b.place.status, b.place.problem = Failed, problemOf(p.err)
	case p.next != "" || p.stopped:
		b.place.status = Partial
	default:
		b.place.status = Complete
		b.revision++
	}
	if anew || b.place.sorted() {
		b.arrange()
	} else {
		b.extend()
	}
	b.changed()
}

// progress is how far a loader has come.
type progress struct {
	view  listing.View
	next  string
	ended bool
	// stopped says that somebody wanted no more; err why the next page did not come.
	stopped bool
	err     error
}

// loader loads a place in a goroutine of its own, which alone writes to the list.
type loader struct {
	source  Source
	at      location.Location
	list    *listing.List
	next    string
	deliver func()
	// walk goes through the pages of this attempt (rule 43); a later attempt goes on where it ends.
	walk buckets.Walk

	mu     sync.Mutex
	now    progress
	news   bool // now has not been taken
	queued bool // somebody is on the way to take it
	shown  time.Time
}

func (l *loader) run(ctx context.Context) {
	for ahead := 0; ; {
		page, err := l.page(ctx)
		p := progress{err: err}
		if err != nil && ctx.Err() != nil {
			p.stopped, p.err = true, nil
		}
		if err == nil {
			l.list.Add(page.Entries)
			l.next = page.Next
			ahead += len(page.Entries)
		}
		p.view, p.next, p.ended = l.list.View, l.next, err != nil || l.next == "" || ahead >= loadAhead
		l.report(p)
		if p.ended {
			return
		}
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

// report has the news delivered: at once when they are the first or the last, otherwise not more often
// than the screen needs, and never twice before they are taken.
func (l *loader) report(p progress) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now, l.news = p, true
	wait := showEvery - time.Since(l.shown)
	switch {
	case p.ended || wait <= 0 && !l.queued:
		l.queued = true
		go l.deliver()
	case !l.queued:
		l.queued = true
		time.AfterFunc(wait, l.deliver)
	}
}

func (l *loader) taken() (p progress, news bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	news, l.news, l.queued, l.shown = l.news, false, false, time.Now()
	return l.now, news
}

// problemOf gives err as what the screen knows; an unknown error is told in general words.
func problemOf(err error) *buckets.Error {
	if e, ok := errors.AsType[*buckets.Error](err); ok {
		return e
	}
	return &buckets.Error{
		Kind: buckets.Other, Err: err,
		Problem: app.Problem{Code: "listing-failed", Title: "The storage could not be listed", Detail: "The request failed before the server answered.", NextStep: "Try again."},
	}
}

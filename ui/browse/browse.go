// Package browse is where in the storage the window looks and what has been loaded there: history,
// pages, filter and order. It knows no toolkit. All methods belong to one goroutine, the one that
// dispatch runs functions on; only the requests run elsewhere.
package browse

import (
	"context"
	"errors"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/buckets"
)

// Source is the storage of one connection.
type Source interface {
	// Buckets lists the buckets.
	Buckets(ctx context.Context) ([]buckets.Bucket, error)
	// Page lists one page of the content of a prefix.
	Page(ctx context.Context, bucket, prefix, next string, most int) (buckets.Page, error)
}

// Location is a place in the storage. The zero Location is the list of buckets.
type Location struct{ Bucket, Prefix string }

// Root reports whether l is the list of buckets.
func (l Location) Root() bool { return l.Bucket == "" }

// Parent is the place above l.
func (l Location) Parent() Location {
	if l.Prefix == "" {
		return Location{}
	}
	above := strings.TrimSuffix(l.Prefix, "/")
	return Location{Bucket: l.Bucket, Prefix: above[:strings.LastIndex(above, "/")+1]}
}

// Status says how far loading has come.
type Status string

// The statuses.
const (
	Idle     Status = ""
	Loading  Status = "loading"
	Partial  Status = "partial" // some pages are here, and there are more
	Complete Status = "complete"
	Failed   Status = "failed"
)

// PageSize is how many entries are asked for at once, the most that S3 gives.
const PageSize = 1000

// Browser is one view of one storage.
type Browser struct {
	source   Source
	dispatch func(func())
	changed  func()

	at            Location
	back, forward []Location
	list          listing
	turn          uint64
	cancel        context.CancelFunc
	closed        bool
}

// slowAfter is how long a listing may take before the screen says that it is being loaded.
const slowAfter = 400 * time.Millisecond

// listing is what is loaded of one place, and how it is shown.
type listing struct {
	status  Status
	slow    bool
	problem *buckets.Error
	entries []buckets.Entry
	next    string
	shown   []int32 // indices into entries by filter and order; nil for all as they came
	filter  string
	order   Order
}

// New makes a browser at the list of buckets. changed is called after every change.
func New(source Source, dispatch func(func()), changed func()) *Browser {
	return &Browser{source: source, dispatch: dispatch, changed: changed, cancel: func() {}}
}

// Close ends what is under way.
func (b *Browser) Close() {
	b.closed = true
	b.cancel()
}

// At is the place shown.
func (b *Browser) At() Location { return b.at }

// Status says how far loading has come, and Problem why it failed.
func (b *Browser) Status() Status { return b.list.status }

// Problem is why the last request failed; nil otherwise.
func (b *Browser) Problem() *buckets.Error { return b.list.problem }

// Slow reports whether the request under way takes long enough to say so.
func (b *Browser) Slow() bool { return b.list.slow }

// CanBack reports whether there is a place to go back to; CanForward, forward.
func (b *Browser) CanBack() bool { return len(b.back) > 0 }

// CanForward reports whether Back was used.
func (b *Browser) CanForward() bool { return len(b.forward) > 0 }

// Loaded is the number of entries loaded so far.
func (b *Browser) Loaded() int { return len(b.list.entries) }

// Start loads where nothing has been loaded yet.
func (b *Browser) Start() {
	if b.list.status == Idle {
		b.load("")
	}
}

// Go shows another place.
func (b *Browser) Go(to Location) {
	if to != b.at {
		b.back, b.forward = append(b.back, b.at), nil
	}
	b.show(to)
}

// Back goes to the place before.
func (b *Browser) Back() {
	if n := len(b.back); n > 0 {
		to := b.back[n-1]
		b.back, b.forward = b.back[:n-1], append(b.forward, b.at)
		b.show(to)
	}
}

// Forward undoes Back.
func (b *Browser) Forward() {
	if n := len(b.forward); n > 0 {
		to := b.forward[n-1]
		b.forward, b.back = b.forward[:n-1], append(b.back, b.at)
		b.show(to)
	}
}

// Up goes to the place above.
func (b *Browser) Up() {
	if !b.at.Root() {
		b.Go(b.at.Parent())
	}
}

// Refresh loads the place anew.
func (b *Browser) Refresh() { b.show(b.at) }

func (b *Browser) show(to Location) {
	b.at = to
	b.list = listing{order: b.list.order}
	b.load("")
}

// More loads the next page, where there is one and nothing is being loaded.
func (b *Browser) More() {
	if b.list.status == Partial {
		b.load(b.list.next)
	}
}

// Retry repeats the request that failed.
func (b *Browser) Retry() {
	if b.list.status == Failed {
		b.load(b.list.next)
	}
}

// load asks for one page. The answer counts only while nothing else was asked since.
func (b *Browser) load(next string) {
	b.cancel()
	ctx, cancel := context.WithCancel(context.Background())
	b.turn++
	b.cancel, b.list.status, b.list.problem, b.list.slow = cancel, Loading, nil, false
	turn, at := b.turn, b.at
	timer := time.AfterFunc(slowAfter, func() { b.dispatch(func() { b.slow(turn) }) })
	go func() {
		defer cancel()
		defer timer.Stop()
		page, err := b.fetch(ctx, at, next)
		b.dispatch(func() { b.loaded(turn, page, err) })
	}()
	b.changed()
}

func (b *Browser) slow(turn uint64) {
	if !b.closed && turn == b.turn && b.list.status == Loading {
		b.list.slow = true
		b.changed()
	}
}

func (b *Browser) fetch(ctx context.Context, at Location, next string) (buckets.Page, error) {
	if !at.Root() {
		return b.source.Page(ctx, at.Bucket, at.Prefix, next, PageSize)
	}
	all, err := b.source.Buckets(ctx)
	var page buckets.Page
	for _, one := range all {
		page.Entries = append(page.Entries, buckets.Entry{Key: one.Name, Folder: true, Modified: one.Created})
	}
	return page, err
}

func (b *Browser) loaded(turn uint64, page buckets.Page, err error) {
	if b.closed || turn != b.turn {
		return
	}
	if err != nil {
		b.list.status, b.list.problem = Failed, problemOf(err)
	} else {
		b.list.entries = append(b.list.entries, page.Entries...)
		b.list.next, b.list.status = page.Next, Complete
		if page.Next != "" {
			b.list.status = Partial
		}
		b.list.arrange()
	}
	b.changed()
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

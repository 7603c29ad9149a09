package listing_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser/listing"
	"daypass/ui/uitest"
)

// request is one call that a source has got; the test answers it.
type request struct {
	ctx                  context.Context
	bucket, prefix, next string
	answer               chan answer
}

type answer struct {
	page buckets.Page
	err  error
}

// source hands every request to the test; closed ends those that the test leaves open.
type source struct {
	requests chan request
	closed   chan struct{}
}

func (s *source) Buckets(ctx context.Context) ([]buckets.Bucket, error) {
	page, err := s.Page(ctx, "", "", "", 0)
	var all []buckets.Bucket
	for _, e := range page.Entries {
		all = append(all, buckets.Bucket{Name: e.Key, Created: e.Modified})
	}
	return all, err
}

// Page answers even when ctx has ended, as a slow server does: the browser must not rely on it.
func (s *source) Page(ctx context.Context, bucket, prefix, next string, _ int) (buckets.Page, error) {
	r := request{ctx, bucket, prefix, next, make(chan answer, 1)}
	s.requests <- r
	select {
	case a := <-r.answer:
		return a.page, a.err
	case <-s.closed:
		return buckets.Page{}, context.Canceled
	}
}

// bench is a browser, its queue and its source. It lives in a synctest bubble, so that settle can
// tell when nothing is under way.
type bench struct {
	*listing.Listing
	t       *testing.T
	queue   *uitest.Queue
	source  *source
	changes int
}

// withBench runs test in a bubble with a browser of its own.
func withBench(t *testing.T, test func(t *testing.T, b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t, queue: uitest.NewQueue(), source: &source{requests: make(chan request, 16), closed: make(chan struct{})}}
		b.Listing = listing.New(b.source, b.queue.Dispatch, func() { b.changes++ })
		defer close(b.source.closed)
		defer b.Close()
		test(t, b)
	})
}

// next returns the request that the browser has made.
func (b *bench) next() request {
	b.t.Helper()
	b.settle()
	select {
	case r := <-b.source.requests:
		return r
	default:
		b.t.Fatal("nothing was requested from the storage")
		return request{}
	}
}

// settleTime is longer than a loader holds back what it has loaded, and shorter than a listing takes to
// be called slow.
const settleTime = 200 * time.Millisecond

// settle waits until only the answers to open requests are missing: everything else has happened
// and has been shown.
func (b *bench) settle() {
	time.Sleep(settleTime)
	synctest.Wait()
	b.queue.Drain()
}

// answer sends a to r and waits until the browser has shown it.
func (b *bench) answer(r request, a answer) {
	r.answer <- a
	b.settle()
}

// reply answers r with entries of these names and waits until the browser has shown them.
func (b *bench) reply(r request, next string, names ...string) {
	b.answer(r, answer{page: page(next, names...)})
}

func page(next string, names ...string) buckets.Page {
	p := buckets.Page{Next: next}
	for i, name := range names {
		folder := name[len(name)-1] == '/'
		e := buckets.Entry{Key: name, Folder: folder}
		if !folder {
			e.Size, e.Modified = int64(10-i), uitest.Now.Add(time.Duration(i%3)*time.Hour)
		}
		p.Entries = append(p.Entries, e)
	}
	return p
}

func (b *bench) names() []string {
	var out []string
	for i := range b.Len() {
		out = append(out, b.Name(b.Entry(i)))
	}
	return out
}

func (b *bench) want(names ...string) {
	b.t.Helper()
	if got := b.names(); !slices.Equal(got, names) {
		b.t.Errorf("shows %q, want %q", got, names)
	}
}

func TestListing_history(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		visit := func(step func(), want location.Location) {
			t.Helper()
			step()
			if b.At() != want {
				t.Fatalf("at %+v, want %+v", b.At(), want)
			}
			if r := b.next(); r.bucket != want.Bucket || r.prefix != want.Prefix {
				t.Fatalf("asked for %q %q, want %+v", r.bucket, r.prefix, want)
			} else {
				b.reply(r, "", "x")
			}
		}
		root, lake, deep := location.Location{}, location.Location{Bucket: "lake"}, location.Location{Bucket: "lake", Prefix: "a/b/"}
		visit(b.Start, root)
		visit(func() { b.Go(lake) }, lake)
		visit(func() { b.Go(deep) }, deep)
		visit(b.Up, location.Location{Bucket: "lake", Prefix: "a/"})
		visit(b.Back, deep)
		visit(b.Back, lake)
		visit(b.Back, root)
		if b.CanBack() || !b.CanForward() {
			t.Error("at the beginning: back", b.CanBack(), "forward", b.CanForward())
		}
		b.Back() // nothing happens
		visit(b.Forward, lake)
		visit(b.Refresh, lake)
		if !b.CanForward() {
			t.Error("a refresh forgets the way forward")
		}
		visit(func() { b.Go(location.Location{Bucket: "other"}) }, location.Location{Bucket: "other"})
		if b.CanForward() {
			t.Error("a new way leaves the old way forward")
		}
		visit(b.Up, root)
		b.Up()
		b.Start() // loaded already
		select {
		case r := <-b.source.requests:
			t.Errorf("asked for %q without need", r.bucket)
		default:
		}
	})
}

// replyMore answers r, and returns the request for the page after it.
func (b *bench) replyMore(r request, next string, names ...string) request {
	b.t.Helper()
	b.reply(r, next, names...)
	return b.next()
}

func TestListing_pages(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Go(location.Location{Bucket: "lake", Prefix: "p/"})
		b.More() // the first page is on its way
		r := b.replyMore(b.next(), "token-1", "p/a", "p/b")
		b.want("a", "b")
		if b.Status() != listing.Loading {
			t.Fatalf("status %q", b.Status())
		}
		b.More() // one request at a time
		if r.next != "token-1" || len(b.source.requests) != 0 {
			t.Errorf("continues at %q, with %d requests more", r.next, len(b.source.requests))
		}
		b.reply(r, "", "p/c")
		b.want("a", "b", "c")
		if b.Status() != listing.Complete || b.Loaded() != 3 {
			t.Errorf("status %q, %d loaded", b.Status(), b.Loaded())
		}
		b.More()
		if len(b.source.requests) != 0 {
			t.Error("asks for more than there is")
		}
	})
}

// A page that failed is requested again by Retry, with the same continuation token.
func TestListing_retriesFailedPage(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Go(location.Location{Bucket: "lake"})
		b.answer(b.replyMore(b.next(), "token-1", "a"), answer{err: errors.New("connection reset")})
		if b.Status() != listing.Failed {
			t.Fatalf("status %q", b.Status())
		}
		b.want("a")
		if b.Problem().Kind != buckets.Other || b.Problem().Problem.English().NextStep == "" {
			t.Fatalf("problem %+v", b.Problem())
		}
		b.More()
		if len(b.source.requests) != 0 {
			t.Error("scrolling repeats what failed")
		}
		b.Retry()
		r := b.next()
		if r.next != "token-1" {
			t.Errorf("retries at %q", r.next)
		}
		b.reply(r, "", "b")
		if b.Status() != listing.Complete {
			t.Errorf("status %q", b.Status())
		}
		b.want("a", "b")
		if b.Problem() != nil {
			t.Error("the problem stays after it is over")
		}
	})
}

func TestListing_accessDenied(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Start()
		b.answer(b.next(), answer{err: fmt.Errorf("list: %w", uitest.Denied())})
		if b.Problem() == nil || b.Problem().Kind != buckets.Denied {
			t.Errorf("problem %+v", b.Problem())
		}
	})
}

// An answer that comes after the user went on is dropped, and its request is canceled.
func TestListing_dropsLateAnswer(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Go(location.Location{Bucket: "slow"})
		slow := b.next()
		b.Go(location.Location{Bucket: "fast"})
		fast := b.next()
		if slow.ctx.Err() == nil {
			t.Error("the request for the place that was left goes on")
		}
		b.reply(fast, "", "here")
		b.reply(slow, "", "there")
		b.want("here")
		if b.Status() != listing.Complete {
			t.Errorf("status %q", b.Status())
		}
		b.Refresh()
		again := b.next()
		b.Refresh()
		b.reply(again, "", "stale")
		if b.Status() != listing.Loading || !b.Stale() {
			t.Errorf("an answer from before the refresh counts: %q", b.Status())
		}
		b.want("here") // what was there before, until there is news
		b.reply(b.next(), "", "fresh")
		b.want("fresh")
		if b.Stale() {
			t.Error("what is new is called stale")
		}
	})
}

// A refresh of several pages shows the old rows until there are as many new ones, or until it ends.
func TestListing_refreshKeepsScrollPosition(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Go(location.Location{Bucket: "lake"})
		b.reply(b.replyMore(b.next(), "more", "a", "b"), "", "c", "d")
		b.Refresh()
		r := b.replyMore(b.next(), "more", "e", "f")
		b.want("a", "b", "c", "d")
		b.reply(r, "", "g")
		b.want("e", "f", "g")

		b.Refresh()
		r = b.next()
		b.answer(r, answer{err: errors.New("no")})
		if b.Status() != listing.Failed || b.Stale() || b.Len() != 0 {
			t.Errorf("after a failure %q is shown", b.names())
		}
	})
}

// Close cancels the requests that are under way.
func TestListing_closeCancelsRequests(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Start()
		r := b.next()
		b.Close()
		if r.ctx.Err() == nil {
			t.Error("the request goes on")
		}
		before := b.changes
		b.reply(r, "", "late")
		if b.changes != before || b.Len() != 0 {
			t.Error("a closed browser takes an answer")
		}
	})
}

// A listing says that it is loading only when it takes long enough to notice.
func TestListing_slow(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Start()
		r := <-b.source.requests
		time.Sleep(399 * time.Millisecond)
		b.queue.Drain()
		if b.Slow() {
			t.Error("slow before its time")
		}
		time.Sleep(2 * time.Millisecond)
		synctest.Wait()
		b.queue.Drain()
		if !b.Slow() {
			t.Error("not slow after 400 ms")
		}
		if b.Long() {
			t.Error("long before its time")
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		b.queue.Drain()
		if !b.Long() {
			t.Error("not long after ten seconds")
		}
		b.reply(r, "", "x")
		b.Refresh()
		b.reply(<-b.source.requests, "", "x")
		time.Sleep(time.Second)
		b.queue.Drain()
		if b.Slow() {
			t.Error("a quick answer is called slow afterwards")
		}
	})
}

// A refresh that the user stops leaves the rows, and can be begun again.
func TestListing_stoppedRefreshKeepsRows(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Go(location.Location{Bucket: "lake"})
		b.reply(b.next(), "", "a", "b")
		b.want("a", "b")
		b.Refresh()
		r := b.next()
		b.Stop()
		b.answer(r, answer{err: context.Canceled})
		if b.want("a", "b"); !b.Stopped() {
			t.Error("the refresh goes on")
		}
		b.Retry()
		b.reply(b.next(), "", "c")
		b.want("c")
	})
}

func TestParent_locations(t *testing.T) {
	for from, want := range map[location.Location]location.Location{
		{Bucket: "b", Prefix: "x/y/"}: {Bucket: "b", Prefix: "x/"},
		{Bucket: "b", Prefix: "x/"}:   {Bucket: "b"},
		{Bucket: "b", Prefix: "x//"}:  {Bucket: "b", Prefix: "x/"},
		{Bucket: "b", Prefix: "/"}:    {Bucket: "b"},
		{Bucket: "b", Prefix: "x/ha"}: {Bucket: "b", Prefix: "x/"},
		{Bucket: "b"}:                 {},
		{}:                            {},
	} {
		if got := from.Parent(); got != want {
			t.Errorf("above %+v is %+v, want %+v", from, got, want)
		}
	}
}

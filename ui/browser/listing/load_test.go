package listing_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser/listing"
	"daypass/ui/uitest"
)

// paged has one bucket with pages of objects and a folder in each.
type paged struct {
	pages, size int

	mu     sync.Mutex
	tokens []string
	fail   map[string]error         // by token
	hold   map[string]chan struct{} // by token
}

func (s *paged) Buckets(context.Context) ([]buckets.Bucket, error) {
	return []buckets.Bucket{{Name: "lake"}, {Name: "other"}}, nil
}

func (s *paged) Page(ctx context.Context, bucket, prefix, next string, _ int) (buckets.Page, error) {
	s.mu.Lock()
	s.tokens = append(s.tokens, next)
	fail, hold := s.fail[next], s.hold[next]
	s.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return buckets.Page{}, ctx.Err()
		}
	}
	if fail != nil {
		return buckets.Page{}, fail
	}
	n := 0
	fmt.Sscan(next, &n)
	page := buckets.Page{Entries: []buckets.Entry{{Key: fmt.Sprintf("%sf%04d/", prefix, n), Folder: true}}}
	for i := range s.size {
		page.Entries = append(page.Entries, buckets.Entry{Key: fmt.Sprintf("%so%04d-%04d", prefix, n, i), Size: int64((n*s.size + i) * 7919 % 100_003)})
	}
	if n+1 < s.pages {
		page.Next = fmt.Sprint(n + 1)
	}
	return page, nil
}

func (s *paged) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

type pagedBench struct {
	*listing.Listing
	*paged
	queue   *uitest.Queue
	changes int
}

func newPaged(t *testing.T, s *paged) *pagedBench {
	b := &pagedBench{paged: s, queue: uitest.NewQueue()}
	s.fail, s.hold = map[string]error{}, map[string]chan struct{}{}
	b.Listing = listing.New(s, b.queue.Dispatch, func() { b.changes++ })
	t.Cleanup(b.Close)
	return b
}

func (b *pagedBench) await(t *testing.T, want listing.Status) {
	t.Helper()
	b.queue.Await(t, string(want), func() bool { return b.Status() == want && !b.Arranging() })
}

// All pages are loaded without being asked for.
func TestLoad_allPages(t *testing.T) {
	b := newPaged(t, &paged{pages: 300, size: 100})
	b.Go(location.Location{Bucket: "lake", Prefix: "p/"})
	b.await(t, listing.Complete)
	if b.Len() != 300*101 || b.Loaded() != b.Len() {
		t.Fatalf("%d entries", b.Len())
	}
	for i := range b.Len() {
		if e := b.Entry(i); e.Folder != (i < 300) {
			t.Fatalf("entry %d is %+v", i, e)
		}
	}
	if name := b.Name(b.Entry(0)); name != "f0000" {
		t.Errorf("the first is called %s", name)
	}
	if b.changes > 100 {
		t.Errorf("the screen was told %d times", b.changes)
	}
}

// The first page is shown while the rest loads.
func TestLoad_showsFirstPageEarly(t *testing.T) {
	b := newPaged(t, &paged{pages: 5, size: 10})
	hold := make(chan struct{})
	b.hold["1"] = hold
	b.Go(location.Location{Bucket: "lake"})
	b.queue.Await(t, "the first page", func() bool { return b.Len() == 11 })
	if b.Status() != listing.Loading {
		t.Fatalf("status %s", b.Status())
	}
	b.SetFilter("0003")
	if b.Len() != 1 || b.Loaded() != 11 {
		t.Fatalf("%d of %d match", b.Len(), b.Loaded())
	}
	b.SortBy(bySize)
	if b.Sorted() {
		t.Error("half a listing counts as sorted")
	}
	close(hold)
	b.await(t, listing.Complete)
	if b.Len() != 10+1+4 || !b.Sorted() { // those of the page 3, its folder, and one of each other page
		t.Fatalf("%d match, sorted %v", b.Len(), b.Sorted())
	}
}

// A failure keeps what is loaded, and loading can be resumed.
func TestLoad_resumesAfterFailure(t *testing.T) {
	b := newPaged(t, &paged{pages: 5, size: 10})
	b.fail["2"] = &buckets.Error{Kind: buckets.Unreachable}
	b.Go(location.Location{Bucket: "lake"})
	b.await(t, listing.Failed)
	if b.Len() != 22 || b.Problem() == nil || b.Problem().Kind != buckets.Unreachable {
		t.Fatalf("%d entries, problem %v", b.Len(), b.Problem())
	}
	b.paged.set(func() { delete(b.fail, "2") })
	b.Retry()
	b.await(t, listing.Complete)
	if b.Len() != 55 || b.Problem() != nil || strings.Join(b.tokens, ",") != ",1,2,2,3,4" {
		t.Fatalf("%d entries, asked %q", b.Len(), b.tokens)
	}
}

// An unknown error is described to the user too.
func TestLoad_unknownErrorHasProblem(t *testing.T) {
	b := newPaged(t, &paged{pages: 1})
	b.fail[""] = errors.New("odd")
	b.Go(location.Location{Bucket: "lake"})
	b.await(t, listing.Failed)
	if p := b.Problem().Problem; p.English().Title == "" || p.English().NextStep == "" {
		t.Errorf("%+v", p)
	}
}

func TestLoad_stopAndResume(t *testing.T) {
	b := newPaged(t, &paged{pages: 4, size: 10})
	hold := make(chan struct{})
	b.hold["2"] = hold
	b.Go(location.Location{Bucket: "lake"})
	b.queue.Await(t, "two pages", func() bool { return b.Len() == 22 })
	b.Stop()
	b.await(t, listing.Partial)
	if b.Len() != 22 || b.Problem() != nil {
		t.Fatalf("%d entries, %v", b.Len(), b.Problem())
	}
	close(hold)
	b.More() // as the screen does by itself
	if b.Status() != listing.Partial || !b.Stopped() {
		t.Error("what the user has stopped goes on")
	}
	b.Retry()
	b.await(t, listing.Complete)
	if b.Len() != 44 {
		t.Fatalf("%d entries", b.Len())
	}
}

func TestLoad_stopBeforeFirstPage(t *testing.T) {
	b := newPaged(t, &paged{pages: 2, size: 10})
	hold := make(chan struct{})
	b.hold[""] = hold
	b.Go(location.Location{Bucket: "lake"})
	b.Stop()
	b.await(t, listing.Partial)
	close(hold)
	b.More() // as the screen does by itself
	if b.Status() != listing.Partial || !b.Stopped() {
		t.Error("what the user has stopped goes on")
	}
	b.Retry()
	b.await(t, listing.Complete)
	if b.Len() != 22 {
		t.Fatalf("%d entries", b.Len())
	}
}

// Going to another location cancels the requests for the first.
func TestLoad_newLocationCancelsOld(t *testing.T) {
	b := newPaged(t, &paged{pages: 3, size: 10})
	hold := make(chan struct{})
	defer close(hold)
	b.hold["1"] = hold
	b.Go(location.Location{Bucket: "lake", Prefix: "a/"})
	b.queue.Await(t, "a page", func() bool { return b.Len() > 0 })
	b.paged.set(func() { delete(b.hold, "1") })
	b.Go(location.Location{Bucket: "lake", Prefix: "b/"})
	b.await(t, listing.Complete)
	for i := range b.Len() {
		if !strings.HasPrefix(b.Entry(i).Key, "b/") {
			t.Fatalf("%s is shown in b/", b.Entry(i).Key)
		}
	}
	b.Back()
	if b.At().Prefix != "a/" || b.Len() != 0 || !b.CanForward() {
		t.Errorf("at %+v with %d", b.At(), b.Len())
	}
}

// A big listing is put in order beside the screen, which goes on showing the old one.
func TestLoad_sortsInBackground(t *testing.T) {
	b := newPaged(t, &paged{pages: 30, size: 999})
	b.Go(location.Location{Bucket: "lake"})
	b.await(t, listing.Complete)
	b.SortBy(bySize)
	if !b.Arranging() || b.Sorted() || b.Len() != 30_000 {
		t.Fatalf("arranging %v, sorted %v, %d entries", b.Arranging(), b.Sorted(), b.Len())
	}
	b.SetFilter("-01") // replaces what was under way
	b.queue.Await(t, "the order", b.Sorted)
	var sizes []int64
	for i := range b.Len() {
		if e := b.Entry(i); !strings.Contains(e.Key, "-01") {
			t.Fatalf("%s is shown", e.Key)
		} else {
			sizes = append(sizes, e.Size)
		}
	}
	if len(sizes) != 30*100 || !slices.IsSorted(sizes) {
		t.Fatalf("%d entries, sorted: %v", len(sizes), slices.IsSorted(sizes))
	}
	b.SetFilter("")
	b.SortBy(bySize)
	b.queue.Await(t, "the order", b.Sorted)
	if b.Entry(0).Folder != true || b.Entry(30).Size < b.Entry(31).Size {
		t.Error("not downwards, folders first")
	}
}

// The root lists the buckets.
func TestLoad_rootListsBuckets(t *testing.T) {
	b := newPaged(t, &paged{})
	b.Start()
	b.await(t, listing.Complete)
	if b.Len() != 2 || b.Entry(1).Key != "other" || !b.Entry(0).Folder || b.Name(b.Entry(0)) != "lake" {
		t.Errorf("%+v", b.Entry(0))
	}
}

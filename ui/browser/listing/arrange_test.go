package listing_test

import (
	"fmt"
	"slices"
	"testing"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser/listing"
	"daypass/ui/uitest"
)

// Columns to order by.
var (
	byName     = listing.Column{ID: listing.ByName}
	bySize     = listing.Column{ID: "size", Rank: func(e buckets.Entry) int64 { return e.Size }}
	byModified = listing.Column{ID: "modified", Rank: func(e buckets.Entry) int64 { return e.Modified.UnixNano() }}
)

// load opens a bucket with entries of these names.
func (b *bench) load(names ...string) {
	b.Go(location.Location{Bucket: "lake"})
	b.reply(b.next(), "", names...)
}

func TestListing_sortBy(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		// Sizes fall from 10 on; of three neighbors each is an hour younger than the one before.
		b.load("b10/", "b9/", "z.csv", "A.csv", "m.csv")
		b.want("b9", "b10", "A.csv", "m.csv", "z.csv") // whatever the server's order is
		b.SortBy(byName)                               // was by name: turns around
		b.want("b10", "b9", "z.csv", "m.csv", "A.csv")
		b.SortBy(byName)
		b.want("b9", "b10", "A.csv", "m.csv", "z.csv")
		b.SortBy(bySize)
		b.want("b9", "b10", "m.csv", "A.csv", "z.csv") // folders have no size: by name
		b.SortBy(bySize)
		b.want("b9", "b10", "z.csv", "A.csv", "m.csv")
		b.SortBy(byModified)
		b.want("b9", "b10", "A.csv", "m.csv", "z.csv")
		if o := b.Order(); o.By != byModified.ID || o.Descending {
			t.Errorf("order %+v", o)
		}
	})
}

// The order is the user's for the next folder too; a listing is ordered once it is complete, so
// that rows do not move under the pointer while pages come in.
func TestListing_sortsAfterLastPage(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.SortBy(bySize)
		b.Go(location.Location{Bucket: "lake"})
		r := b.replyMore(b.next(), "more", "large", "small")
		b.want("large", "small")
		b.reply(r, "", "huge")
		b.want("small", "huge", "large") // two are equally large
	})
}

func TestListing_filter(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.load("Reports/", "readings.csv", "notes.txt", "report.pdf")
		b.SetFilter("REPORT")
		b.want("Reports", "report.pdf")
		changes := b.changes
		b.SetFilter("REPORT")
		if b.changes != changes {
			t.Error("the same filter is a change")
		}
		b.SortBy(bySize)
		b.SetFilter("re")
		b.want("Reports", "report.pdf", "readings.csv")
		b.SetFilter("")
		if b.Len() != 4 || b.Loaded() != 4 {
			t.Errorf("%d of %d shown without a filter", b.Len(), b.Loaded())
		}
		b.SetFilter("notes")
		b.Refresh()
		b.want("notes.txt") // until there is news
		b.reply(b.next(), "", "notes.txt", "my notes", "b")
		b.want("my notes", "notes.txt") // the filter is kept, and the order, which is by size
		b.Go(location.Location{Bucket: "other"})
		b.reply(b.next(), "", "b")
		if b.Filter() != "" {
			t.Error("the filter stays in another place")
		}
	})
}

// The filter looks at the name in the folder, not at the way to it, and takes new pages in.
func TestListing_filterOfLaterPages(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.Go(location.Location{Bucket: "lake", Prefix: "data/"})
		r := b.replyMore(b.next(), "more", "data/a", "data/b")
		b.SetFilter("a")
		b.want("a")
		b.reply(r, "", "data/c", "data/aa")
		b.want("a", "aa")
	})
}

// A million entries are filtered and ordered without copying them, and beside the screen.
func BenchmarkFilterMillion(b *testing.B) {
	q := uitest.NewQueue()
	browser := listing.New(&uitest.Storage{Pages: 1000}, q.Dispatch, func() {})
	defer browser.Close()
	browser.Go(location.Location{Bucket: "many"})
	q.Await(b, "all pages", func() bool { return browser.Status() == listing.Complete })
	texts := []string{"99", "csv"}
	for i := 0; b.Loop(); i++ {
		browser.SetFilter(texts[i%2])
		q.Await(b, "the filter", func() bool { return !browser.Arranging() })
	}
}

// Sorting a listing loses no entries.
func TestListing_sortKeepsEntries(t *testing.T) {
	withBench(t, func(t *testing.T, b *bench) {
		b.load("c", "a", "b")
		b.SortBy(bySize)
		var keys []string
		for i := range b.Len() {
			keys = append(keys, b.Entry(i).Key)
		}
		slices.Sort(keys)
		if fmt.Sprint(keys) != "[a b c]" {
			t.Errorf("ordering lost entries: %v", keys)
		}
		if b.Name(buckets.Entry{Key: "x/y/"}) != "x/y" {
			t.Error("a folder's name keeps its slash")
		}
	})
}

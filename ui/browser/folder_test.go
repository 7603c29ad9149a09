package browser_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/browser/listing"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

// loaded returns a browser at a place, with everything loaded that comes by itself.
func loaded(t *testing.T, source listing.Source, at location.Location) *listing.Listing {
	t.Helper()
	q := uitest.NewQueue()
	b := listing.New(source, q.Dispatch, func() {})
	t.Cleanup(b.Close)
	b.Go(at)
	q.Await(t, "the listing", func() bool { return b.Status() != listing.Loading })
	return b
}

func TestNewFolder_screens(t *testing.T) {
	many := loaded(t, &uitest.Storage{Pages: 3}, location.Location{Bucket: "many"})
	filtered := loaded(t, &uitest.Storage{}, location.Location{Bucket: "measurements", Prefix: "2026/"})
	filtered.SetFilter("READ")
	nothing := loaded(t, &uitest.Storage{}, location.Location{})
	nothing.SetFilter("zzz")
	denied := &uitest.Storage{Err: uitest.Denied()}
	for name, b := range map[string]*listing.Listing{
		"buckets": loaded(t, &uitest.Storage{}, location.Location{}), "many": many, "filtered": filtered, "no-match": nothing,
		"empty":          loaded(t, &uitest.Storage{}, location.Location{Bucket: "empty", Prefix: "a/b/"}),
		"no-buckets":     loaded(t, noBuckets{}, location.Location{}),
		"denied-buckets": loaded(t, denied, location.Location{}), "denied-folder": loaded(t, denied, location.Location{Bucket: "secret", Prefix: "x/"}),
		"unreachable": loaded(t, &uitest.Storage{Err: &buckets.Error{Kind: buckets.Unreachable, Problem: app.Problem{Title: "No answer", Detail: "It is silent.", NextStep: "Check the network."}}}, location.Location{}),
	} {
		t.Run(name, func(t *testing.T) { uitest.Golden(t, "folder-"+name+".txt", describeFolder(b)) })
	}
}

type noBuckets struct{ *uitest.Storage }

func (noBuckets) Buckets(context.Context) ([]buckets.Bucket, error) { return nil, nil }

func describeFolder(b *listing.Listing) string {
	var out strings.Builder
	line := func(format string, args ...any) {
		if s := strings.TrimRight(fmt.Sprintf(format, args...), " "); s != "" {
			out.WriteString(s + "\n")
		}
	}
	f := browser.NewFolder(b, "Research lake", false)
	var way []string
	for _, c := range f.Crumbs {
		way = append(way, c.Label)
	}
	line("%s", f.Path)
	line("%s", strings.Join(way, " / "))
	line("back %v next %v up %v", f.CanBack, f.CanNext, f.CanUp)
	for _, h := range browser.ColumnHeads(browser.ColumnPrefs{}, b.Order(), b.At().Root()) {
		line("column %s %q ordered %v", h.ID, h.Title, h.Ordered)
	}
	for i := range min(b.Len(), 16) {
		e := b.Entry(i)
		r := browser.NewEntryRow(e, b.Name(e), b.At().Root(), uitest.Now)
		line("%-12s %s | %s | %s", r.Icon, r.Name, r.Values[0], r.Values[1])
	}
	if f.Message != nil {
		uitest.DescribeMessage(line, *f.Message)
	}
	line("status: %s [%s]", f.Status, f.StatusAction.Label)
	return out.String()
}

// While a folder is loaded again it looks as it did.
func TestNewFolder_refreshKeepsRows(t *testing.T) {
	b := loaded(t, &uitest.Storage{}, location.Location{Bucket: "measurements", Prefix: "2026/"})
	b.SetFilter("READ")
	b.SortBy(browser.ColumnOf("size").SortKey())
	before, sorted := describeFolder(b), b.Sorted()
	b.Refresh()
	if b.Status() != listing.Loading {
		t.Fatalf("status %q", b.Status())
	}
	if now := describeFolder(b); now != before || b.Sorted() != sorted {
		t.Errorf("was:\n%s(sorted %v)\nis:\n%s(sorted %v)", before, sorted, now, b.Sorted())
	}
}

// breaking answers the first page only.
type breaking struct{ *uitest.Storage }

func (s breaking) Page(ctx context.Context, bucket, prefix, next string, most int) (buckets.Page, error) {
	if next != "" {
		return buckets.Page{}, &buckets.Error{Kind: buckets.Unreachable, Problem: app.Problem{Title: "The server does not answer"}}
	}
	return s.Storage.Page(ctx, bucket, prefix, next, most)
}

// What is loaded stays in sight when a later page fails, and the failure is told below it.
func TestNewFolder_laterPageFails(t *testing.T) {
	source := breaking{&uitest.Storage{Pages: 3}}
	q := uitest.NewQueue()
	b := listing.New(source, q.Dispatch, func() {})
	defer b.Close()
	b.Go(location.Location{Bucket: "many"})
	q.Await(t, "the failure", func() bool { return b.Status() == listing.Failed })
	f := browser.NewFolder(b, "Research lake", false)
	if f.Message != nil || f.Status != "The server does not answer. The list is incomplete." || f.StatusAction.Do != browser.ActionRetry {
		t.Errorf("message %v, status %q, action %+v", f.Message, f.Status, f.StatusAction)
	}
}

// Each crumb leads to the location that it names.
func TestCrumbs_locations(t *testing.T) {
	f := browser.NewFolder(loaded(t, &uitest.Storage{}, location.Location{Bucket: "b", Prefix: "x//y/"}), "Lake", false)
	want := []location.Location{{}, {Bucket: "b"}, {Bucket: "b", Prefix: "x/"}, {Bucket: "b", Prefix: "x//"}, {Bucket: "b", Prefix: "x//y/"}}
	for i, c := range f.Crumbs {
		if i >= len(want) || c.To != want[i] {
			t.Fatalf("crumb %d leads to %+v, want %+v", i, c.To, want)
		}
	}
}

func TestBytes_units(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 12_400_000: "12.4 MB",
		81_204_500_123: "81.2 GB", 5 << 40: "5.5 TB", 9_223_372_036_854_775_807: "9.2 EB",
	} {
		if got := present.Bytes(n); got != want {
			t.Errorf("Bytes(%d) = %q, want %q", n, got, want)
		}
	}
}

// Dates are those of the user's own place, and a change of summer time makes no day longer.
func TestDays_timeZones(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 29, 12, 0, 0, 0, berlin) // the night before had 23 hours
	for at, want := range map[time.Time]string{
		now.Add(-time.Minute):                          "today 11:59",
		time.Date(2026, 3, 29, 0, 0, 0, 0, berlin):     "today 00:00",
		time.Date(2026, 3, 28, 23, 59, 0, 0, berlin):   "yesterday 23:59",
		time.Date(2026, 3, 28, 0, 0, 0, 0, berlin):     "yesterday 00:00",
		time.Date(2026, 3, 27, 23, 59, 0, 0, berlin):   "27 Mar 2026",
		time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC): "today 00:30",
		now.AddDate(0, 0, 1):                           "30 Mar 2026",
		{}:                                             "",
	} {
		if got := browser.NewEntryRow(buckets.Entry{Modified: at}, "x", false, now).Values[1]; got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
}

// A name that would turn the writing around or hide itself is shown with what it hides (security rule 34).
func TestRule34_entryNamesAreShownEscaped(t *testing.T) {
	for _, name := range []string{"invoice\u202efdp.exe", "two\nlines", "bell\a", "zero\u200bwidth", "nul\x00"} {
		row := browser.NewEntryRow(buckets.Entry{Key: name}, name, false, uitest.Now)
		if row.Name == name || strings.ContainsAny(row.Name, "\u202e\n\a\u200b\x00") {
			t.Errorf("%q is shown as %q", name, row.Name)
		}
	}
}

// A server that does not answer is named, and need not be waited for.
func TestNewFolder_slowServer(t *testing.T) {
	source := &uitest.Storage{Hold: make(chan struct{})}
	q := uitest.NewQueue()
	b := listing.New(source, q.Dispatch, func() {})
	t.Cleanup(b.Close)
	b.Go(location.Location{Bucket: "lake"})
	q.Await(t, "the word", b.Slow)
	m := browser.NewFolder(b, "Research lake", false).Message
	if m == nil || m.Title != "Waiting for Research lake" || len(m.Others) != 1 || m.Others[0] != (present.Action{Do: browser.ActionStop, Label: "Cancel"}) {
		t.Fatalf("%+v", m)
	}
	b.Stop()
	q.Await(t, "the end", b.Stopped)
	if m := browser.NewFolder(b, "Research lake", false).Message; m == nil || m.Title != "Loading stopped" || m.Primary.Do != browser.ActionRetry {
		t.Errorf("%+v", m)
	}
	close(source.Hold)
	b.Retry()
	q.Await(t, "the listing", func() bool { return b.Status() == listing.Complete })
	if b.Len() == 0 {
		t.Error("nothing is listed")
	}
}

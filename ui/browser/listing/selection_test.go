package listing_test

import (
	"slices"
	"testing"

	"daypass/app/location"
	"daypass/ui/browser/listing"
	"daypass/ui/uitest"
)

// listed is a browser with a folder of 14 entries loaded, of which the first 7 are folders.
func listed(t *testing.T) (*listing.Listing, *uitest.Queue) {
	t.Helper()
	q := uitest.NewQueue()
	b := listing.New(&uitest.Storage{}, q.Dispatch, func() {})
	t.Cleanup(b.Close)
	b.Go(location.Location{Bucket: "measurements", Prefix: "2026/"})
	q.Await(t, "the listing", func() bool { return b.Status() == listing.Complete })
	return b, q
}

func rows(b *listing.Listing, s *listing.Selection) []int {
	var out []int
	for i := range b.Len() {
		if s.Has(b.Entry(i)) {
			out = append(out, i)
		}
	}
	return out
}

func TestSelection_rangesAndToggles(t *testing.T) {
	b, _ := listed(t)
	all := make([]int, b.Len())
	for i := range all {
		all[i] = i
	}
	for _, tt := range []struct {
		name string
		do   func(*listing.Selection)
		want []int
	}{
		{"none", func(*listing.Selection) {}, nil},
		{"one", func(s *listing.Selection) { s.Only(2); s.Only(5) }, []int{5}},
		{"toggled", func(s *listing.Selection) { s.Only(2); s.Toggle(5); s.Toggle(2) }, []int{5}},
		{"range down", func(s *listing.Selection) { s.Only(2); s.Range(5, false) }, []int{2, 3, 4, 5}},
		{"range up", func(s *listing.Selection) { s.Only(5); s.Range(3, false) }, []int{3, 4, 5}},
		{"range turned around", func(s *listing.Selection) { s.Only(5); s.Range(8, false); s.Range(4, false) }, []int{4, 5}},
		{"range and more", func(s *listing.Selection) { s.Only(1); s.Toggle(5); s.Range(6, true) }, []int{1, 5, 6}},
		{"range without a beginning", func(s *listing.Selection) { s.Range(4, false) }, []int{4}},
		{"all", func(s *listing.Selection) { s.Only(1); s.All() }, all},
		{"all but one", func(s *listing.Selection) { s.All(); s.Toggle(0) }, all[1:]},
		{"cleared", func(s *listing.Selection) { s.All(); s.Clear() }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := listing.NewSelection(b)
			tt.do(s)
			if got := rows(b, s); !slices.Equal(got, tt.want) || s.Len() != len(tt.want) {
				t.Errorf("%v, of %d", got, s.Len())
			}
			if got := s.Entries(); len(got) != len(tt.want) {
				t.Errorf("%d entries", len(got))
			}
		})
	}
}

// What is chosen stays chosen in another order and after a refresh, and is forgotten elsewhere.
func TestSelection_followsKeys(t *testing.T) {
	b, q := listed(t)
	s := listing.NewSelection(b)
	s.Only(9)
	key := b.Entry(9).Key
	b.SortBy(bySize)
	if e, ok := s.Single(); !ok || e.Key != key || len(rows(b, s)) != 1 {
		t.Errorf("in another order it is %q", e.Key)
	}
	b.Refresh()
	q.Await(t, "the listing", func() bool { return b.Status() == listing.Complete })
	if e, ok := s.Single(); !ok || e.Key != key {
		t.Errorf("after a refresh it is %q", e.Key)
	}
	b.Up()
	if s.Len() != 0 || len(rows(b, s)) != 0 || s.Everything() {
		t.Error("something is selected in another location")
	}
}

// What cannot be seen is not selected: what a filter hides, what was deleted elsewhere, what was selected before
// going away and coming back.
func TestSelection_dropsHiddenRows(t *testing.T) {
	b, q := listed(t)
	s := listing.NewSelection(b)
	readme := b.Find("2026/README.md")
	s.Only(readme)
	s.Toggle(b.Find("2026/stations.json"))
	b.SetFilter("stat")
	if e, ok := s.Single(); !ok || e.Key != "2026/stations.json" {
		t.Errorf("a filter leaves %q selected", e.Key)
	}
	b.SetFilter("")
	if s.Len() != 1 {
		t.Errorf("without the filter %d are selected", s.Len())
	}
	s.Only(readme)
	b.Go(b.At().Parent())
	b.Back()
	q.Await(t, "the listing", func() bool { return b.Status() == listing.Complete })
	if s.Len() != 0 || s.Has(b.Entry(readme)) || len(s.Entries()) != 0 {
		t.Error("what was selected before going away is selected again")
	}
}

func TestSelection_setKeys(t *testing.T) {
	b, _ := listed(t)
	s := listing.NewSelection(b)
	if first := s.These([]string{"2026/stations.json", "2026/nowhere", "2026/README.md"}); first != b.Find("2026/README.md") || s.Len() != 2 {
		t.Errorf("the first is %d, of %d", first, s.Len())
	}
	if first := s.These([]string{"2026/nowhere"}); first != -1 || s.Len() != 0 {
		t.Errorf("what is not there is at %d, of %d", first, s.Len())
	}
}

func TestSelection_totalSize(t *testing.T) {
	b, _ := listed(t)
	s := listing.NewSelection(b)
	s.Toggle(b.Find("2026/README.md"))
	s.Toggle(b.Find("2026/stations.json"))
	if size, ok := s.Size(); !ok || size != 2100+814 {
		t.Errorf("%d, %v", size, ok)
	}
	s.Toggle(0)
	if _, ok := s.Size(); ok {
		t.Error("the size of a folder is known")
	}
	s.All()
	if !s.Everything() {
		t.Error("not everything is selected")
	}
	b.SetFilter("READ")
	if s.Everything() || s.Len() != 2 {
		t.Errorf("with a filter: everything %v, %d", s.Everything(), s.Len())
	}
}

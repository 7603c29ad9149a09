package browser

import (
	"slices"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser/listing"
)

// reveal is the keys of entries that are to be selected and scrolled to once they are listed.
type reveal struct {
	keys  []string
	visit uint64
	// shown is true once they were, while the listing still changes around them.
	shown bool
}

// show has entries of the location on screen selected once they are listed.
func (s *Server) show(keys ...string) { s.reveal = reveal{keys: keys, visit: s.Listing.Visit()} }

// goTo goes to a location and selects entries there.
func (s *Server) goTo(at location.Location, keys ...string) {
	s.Listing.Go(at)
	s.show(keys...)
}

// revealNew selects what is to be selected, as soon as it is listed, and keeps it in sight until the listing is
// complete and in order.
func (s *Server) revealNew() {
	r, list := &s.reveal, s.Listing
	if len(r.keys) == 0 || list.Stale() || list.Arranging() {
		return
	}
	if r.visit != list.Visit() || r.shown && !s.selectedOnly(r.keys) {
		s.reveal = reveal{}
		return
	}
	hidden := func(key string) bool { return list.Has(key) && list.Find(key) < 0 }
	if slices.ContainsFunc(r.keys, hidden) {
		list.SetFilter("") // which comes back here
		return
	}
	first := list.Find(r.keys[0])
	if !r.shown || len(r.keys) > 1 {
		first = s.Selection.These(r.keys)
	}
	if first >= 0 {
		r.shown = true
		s.c.view.Reveal(first)
		s.c.selected()
	}
	if list.Status() != listing.Loading {
		s.reveal = reveal{}
	}
}

// selectedOnly reports whether nothing but some entries is selected.
func (s *Server) selectedOnly(keys []string) bool {
	return !slices.ContainsFunc(s.Selection.Entries(), func(e buckets.Entry) bool { return !slices.Contains(keys, e.Key) })
}

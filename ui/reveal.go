package ui

import (
	"slices"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browse"
)

// reveal is the keys of entries that are to be selected and scrolled to once they are listed.
type reveal struct {
	keys  []string
	visit uint64
	// shown is true once they were, while the listing still changes around them.
	shown bool
}

// show has entries of the place on screen selected once they are listed.
func (s *storage) show(keys ...string) { s.reveal = reveal{keys: keys, visit: s.Visit()} }

// goTo goes to a place and selects entries there.
func (s *storage) goTo(at location.Location, keys ...string) {
	s.Go(at)
	s.show(keys...)
}

// revealNew selects what is to be selected, as soon as it is listed, and keeps it in sight until the listing is
// complete and in order.
func (u *Window) revealNew(s *storage) {
	r := &s.reveal
	if len(r.keys) == 0 || s.Stale() || s.Arranging() {
		return
	}
	if r.visit != s.Visit() || r.shown && !s.selectedOnly(r.keys) {
		s.reveal = reveal{}
		return
	}
	hidden := func(key string) bool { return s.Has(key) && s.Find(key) < 0 }
	if slices.ContainsFunc(r.keys, hidden) {
		s.SetFilter("") // which comes back here
		return
	}
	first := s.Find(r.keys[0])
	if !r.shown || len(r.keys) > 1 {
		first = s.selection.These(r.keys)
	}
	if first >= 0 {
		r.shown = true
		u.view.Reveal(first)
		(&intents{u}).Chosen()
	}
	if s.Status() != browse.Loading {
		s.reveal = reveal{}
	}
}

// selectedOnly reports whether nothing but some entries is selected.
func (s *storage) selectedOnly(keys []string) bool {
	return !slices.ContainsFunc(s.selection.Entries(), func(e buckets.Entry) bool { return !slices.Contains(keys, e.Key) })
}

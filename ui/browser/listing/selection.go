package listing

import (
	"daypass/app/buckets"
	"daypass/app/buckets/listing"
)

// Selection is which entries of the location shown are selected. It goes by keys, so that it outlives a new
// order and a refresh. What is filtered out, or no longer there, is no longer selected, and nothing is after going to
// another location, also once one is back.
type Selection struct {
	list *Listing
	// visit and revision are those of the browser that the selection was last held against.
	visit, revision uint64
	// all means that everything listed is selected except entries; otherwise entries alone are.
	all     bool
	entries map[string]buckets.Entry
	// anchor is where a range begins, and row where that was seen last.
	anchor  string
	row     int
	size    int64
	folders int
}

// NewSelection makes an empty selection of what l lists.
func NewSelection(l *Listing) *Selection {
	return &Selection{list: l, visit: l.visit, revision: l.revision, entries: map[string]buckets.Entry{}}
}

// follow empties the selection where the location is another one, and removes what is not shown any more.
func (s *Selection) follow() {
	if s.visit != s.list.visit {
		s.visit, s.revision = s.list.visit, s.list.revision
		s.Clear()
	}
	if s.revision != s.list.revision {
		s.revision = s.list.revision
		s.prune()
	}
}

// prune removes the entries that are filtered out or no longer listed.
func (s *Selection) prune() {
	complete, filter := s.list.Status() == Complete, s.list.Filter()
	for key, e := range s.entries {
		if !s.all && !listing.Matches(s.list.Name(e), filter) || complete && !s.list.Has(key) {
			s.drop(e)
		}
	}
}

// Clear selects nothing.
func (s *Selection) Clear() {
	s.all, s.anchor, s.size, s.folders = false, "", 0, 0
	clear(s.entries)
}

// All selects everything listed, and what is still to be listed.
func (s *Selection) All() {
	s.follow()
	s.Clear()
	s.all = true
}

// Only selects the entry at i alone.
func (s *Selection) Only(i int) {
	s.follow()
	s.Clear()
	s.add(s.list.Entry(i))
	s.anchor, s.row = s.list.Entry(i).Key, i
}

// These selects the entries with the given keys alone, of those that are shown, and returns where the first of them
// is; -1 where none is.
func (s *Selection) These(keys []string) (first int) {
	s.follow()
	s.Clear()
	first = -1
	for _, key := range keys {
		if i := s.list.Find(key); i >= 0 {
			s.add(s.list.Entry(i))
			if first < 0 || i < first {
				first, s.anchor, s.row = i, key, i
			}
		}
	}
	return first
}

// Toggle selects the entry at i as well, or no longer.
func (s *Selection) Toggle(i int) {
	s.follow()
	e := s.list.Entry(i)
	if _, there := s.entries[e.Key]; there {
		s.drop(e)
	} else {
		s.add(e)
	}
	s.anchor, s.row = e.Key, i
}

// Range selects what lies between the entry selected last by Only or Toggle and the one at i. With
// more, what was selected before stays so.
func (s *Selection) Range(i int, more bool) {
	s.follow()
	anchor := s.find(s.anchor, i)
	if !more {
		key := s.list.Entry(anchor).Key
		s.Clear()
		s.anchor = key
	}
	for n := min(anchor, i); n <= max(anchor, i); n++ {
		if e := s.list.Entry(n); s.all {
			s.drop(e)
		} else {
			s.add(e)
		}
	}
}

// find is where the entry with a key is shown, or otherwise.
func (s *Selection) find(key string, otherwise int) int {
	if key == "" {
		return otherwise
	}
	if s.row < s.list.Len() && s.list.Entry(s.row).Key == key {
		return s.row
	}
	if n := s.list.Find(key); n >= 0 {
		s.row = n
		return n
	}
	return otherwise
}

func (s *Selection) add(e buckets.Entry) {
	if _, there := s.entries[e.Key]; !there {
		s.entries[e.Key] = e
		s.size += e.Size
		if e.Folder {
			s.folders++
		}
	}
}

func (s *Selection) drop(e buckets.Entry) {
	if had, there := s.entries[e.Key]; there {
		delete(s.entries, e.Key)
		s.size -= had.Size
		if had.Folder {
			s.folders--
		}
	}
}

// Has reports whether an entry is selected.
func (s *Selection) Has(e buckets.Entry) bool {
	s.follow()
	_, there := s.entries[e.Key]
	return there != s.all
}

// Len is the number of entries selected.
func (s *Selection) Len() int {
	s.follow()
	if s.all {
		return max(0, s.list.Len()-len(s.entries))
	}
	return len(s.entries)
}

// Everything reports whether the whole content of the location is selected, whether it is listed yet or not.
func (s *Selection) Everything() bool {
	s.follow()
	return s.all && len(s.entries) == 0 && s.list.Filter() == ""
}

// Size is how large the selected objects are together; ok is false where that is not known, because
// there are folders among them, or everything is selected.
func (s *Selection) Size() (size int64, ok bool) {
	s.follow()
	if s.all {
		return 0, false
	}
	return s.size, s.folders == 0
}

// Entries are the selected entries, in the order in which they are shown; those that are filtered out
// are not among them.
func (s *Selection) Entries() []buckets.Entry {
	var out []buckets.Entry
	if s.Len() == 1 && !s.all {
		return s.one()
	}
	for n := range s.list.Len() {
		if e := s.list.Entry(n); s.Has(e) {
			out = append(out, e)
		}
	}
	return out
}

func (s *Selection) one() []buckets.Entry {
	for _, e := range s.entries {
		return []buckets.Entry{e}
	}
	return nil
}

// Single is the one selected entry; ok is false where there are none or several.
func (s *Selection) Single() (e buckets.Entry, ok bool) {
	if s.Len() != 1 {
		return buckets.Entry{}, false
	}
	all := s.Entries()
	if len(all) != 1 {
		return buckets.Entry{}, false
	}
	return all[0], true
}

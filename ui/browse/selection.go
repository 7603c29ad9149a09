package browse

import (
	"daypass/app/buckets"
)

// Selection is which entries of the place shown are chosen. It goes by keys, so that it outlives a new
// order, a filter and a refresh; it is empty in another place.
type Selection struct {
	b  *Browser
	at Location
	// all means that everything listed is chosen but for entries; otherwise entries alone are.
	all     bool
	entries map[string]buckets.Entry
	// anchor is where a range begins, and row where that was seen last.
	anchor  string
	row     int
	size    int64
	folders int
}

// NewSelection makes an empty selection of what b lists.
func NewSelection(b *Browser) *Selection {
	return &Selection{b: b, at: b.At(), entries: map[string]buckets.Entry{}}
}

// follow empties the selection when the place is another one.
func (s *Selection) follow() {
	if s.at != s.b.At() {
		s.at = s.b.At()
		s.Clear()
	}
}

// Clear chooses nothing.
func (s *Selection) Clear() {
	s.all, s.anchor, s.size, s.folders = false, "", 0, 0
	clear(s.entries)
}

// All chooses everything listed, and what is still to be listed.
func (s *Selection) All() {
	s.follow()
	s.Clear()
	s.all = true
}

// Only chooses the entry at i alone.
func (s *Selection) Only(i int) {
	s.follow()
	s.Clear()
	s.add(s.b.Entry(i))
	s.anchor, s.row = s.b.Entry(i).Key, i
}

// Toggle chooses the entry at i as well, or no longer.
func (s *Selection) Toggle(i int) {
	s.follow()
	e := s.b.Entry(i)
	if _, there := s.entries[e.Key]; there {
		s.drop(e)
	} else {
		s.add(e)
	}
	s.anchor, s.row = e.Key, i
}

// Range chooses what lies between the entry chosen last by Only or Toggle and the one at i. With
// more, what was chosen before stays so.
func (s *Selection) Range(i int, more bool) {
	s.follow()
	anchor := s.find(s.anchor, i)
	if !more {
		key := s.b.Entry(anchor).Key
		s.Clear()
		s.anchor = key
	}
	for n := min(anchor, i); n <= max(anchor, i); n++ {
		if e := s.b.Entry(n); s.all {
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
	if s.row < s.b.Len() && s.b.Entry(s.row).Key == key {
		return s.row
	}
	for n := range s.b.Len() {
		if s.b.Entry(n).Key == key {
			s.row = n
			return n
		}
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

// Has reports whether an entry is chosen.
func (s *Selection) Has(e buckets.Entry) bool {
	if s.at != s.b.At() {
		return false
	}
	_, there := s.entries[e.Key]
	return there != s.all
}

// Len is the number of entries chosen.
func (s *Selection) Len() int {
	if s.at != s.b.At() {
		return 0
	}
	if s.all {
		return max(0, s.b.Len()-len(s.entries))
	}
	return len(s.entries)
}

// Everything reports whether the whole content of the place is chosen, whether it is listed yet or not.
func (s *Selection) Everything() bool {
	return s.all && len(s.entries) == 0 && s.b.Filter() == "" && s.at == s.b.At()
}

// Size is how large the objects chosen are together; ok is false where that is not known, because
// there are folders among them, or everything is chosen.
func (s *Selection) Size() (size int64, ok bool) {
	if s.all {
		return 0, false
	}
	return s.size, s.folders == 0
}

// Entries are the entries chosen, in the order in which they are shown; those that are filtered out
// are not among them.
func (s *Selection) Entries() []buckets.Entry {
	var out []buckets.Entry
	if s.Len() == 1 && !s.all {
		return s.one()
	}
	for n := range s.b.Len() {
		if e := s.b.Entry(n); s.Has(e) {
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

// Single is the one entry chosen; ok is false where there are none or several.
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

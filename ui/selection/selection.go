// Package selection is which items of a list are selected.
package selection

// How says how an item joins what is selected.
type How int

// The ways.
const (
	// Only selects the item alone.
	Only How = iota
	// Toggle selects the item as well, or no longer.
	Toggle
	// Range selects what lies between the item selected last and this one.
	Range
	// Extend is Range in addition to what is selected already.
	Extend
)

// Set is which items are selected in a list that does not change in the meantime. Its zero value is none.
type Set struct {
	on     map[int]bool
	anchor int // where a range begins
}

// Select joins item i to the selection.
func (s *Set) Select(i int, how How) {
	if s.on == nil {
		s.on = map[int]bool{}
	}
	if how == Only || how == Range {
		clear(s.on)
	}
	switch {
	case how == Range, how == Extend:
		for k := min(s.anchor, i); k <= max(s.anchor, i); k++ {
			s.on[k] = true
		}
		return
	case how == Toggle && s.on[i]:
		delete(s.on, i)
	default:
		s.on[i] = true
	}
	s.anchor = i
}

// Has reports whether item i is selected.
func (s *Set) Has(i int) bool { return s.on[i] }

// Len is how many are selected.
func (s *Set) Len() int { return len(s.on) }

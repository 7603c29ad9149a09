package kit

// Picks is which items of a list are chosen, for a list that does not change while they are. Its zero value is none.
type Picks struct {
	on     map[int]bool
	anchor int // where a range begins
}

// Pick joins item i to the choice.
func (p *Picks) Pick(i int, how Pick) {
	if p.on == nil {
		p.on = map[int]bool{}
	}
	if how == PickOne || how == PickRange {
		clear(p.on)
	}
	switch {
	case how == PickRange, how == PickMore:
		for k := min(p.anchor, i); k <= max(p.anchor, i); k++ {
			p.on[k] = true
		}
		return
	case how == PickToggle && p.on[i]:
		delete(p.on, i)
	default:
		p.on[i] = true
	}
	p.anchor = i
}

// Has reports whether item i is chosen.
func (p *Picks) Has(i int) bool { return p.on[i] }

// Len is how many are chosen.
func (p *Picks) Len() int { return len(p.on) }

package browser

import "daypass/ui/selection"

// Selecting changes what is selected in the listing on screen.
type Selecting struct{ c *Controller }

// Select joins the entry at i to what is selected.
func (x *Selecting) Select(i int, how selection.How) {
	s := x.c.Shown()
	if s == nil || i >= s.Listing.Len() {
		return
	}
	switch how {
	case selection.Toggle:
		s.Selection.Toggle(i)
	case selection.Range:
		s.Selection.Range(i, false)
	case selection.Extend:
		s.Selection.Range(i, true)
	default:
		s.Selection.Only(i)
	}
	x.c.selected()
}

// SelectBetween selects the entries from first to last alone; none where the first is greater.
func (x *Selecting) SelectBetween(first, last int) {
	s := x.c.Shown()
	if s == nil {
		return
	}
	s.Selection.Clear()
	if first <= last {
		s.Selection.Only(first)
		s.Selection.Range(last, false)
	}
	x.c.selected()
}

// Clear selects nothing.
func (x *Selecting) Clear() {
	if s := x.c.Shown(); s != nil && s.Selection.Len() > 0 {
		s.Selection.Clear()
		x.c.selected()
	}
}

// Open selects the entry at i and opens it.
func (x *Selecting) Open(i int) {
	if x.c.Shown() != nil {
		x.Select(i, selection.Only)
		x.c.Run(CommandOpen)
	}
}

// DropOn asks what to do with what is selected and was dropped on the folder at i.
func (x *Selecting) DropOn(i int) {
	s := x.c.Shown()
	if s == nil || i >= s.Listing.Len() || s.Listing.At().Root() || s.allowed().State(CommandMoveTo).Disabled {
		return
	}
	s.dropOn(s.Listing.Entry(i))
}

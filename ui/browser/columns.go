package browser

import (
	"daypass/ui/browser/listing"
	"daypass/ui/memory"
)

// ColumnSettings are the columns of listings as the user wants them, in what is remembered of the window.
type ColumnSettings struct{ c *Controller }

func (x *ColumnSettings) prefs() ColumnPrefs {
	r := x.c.deps.Memory.Get()
	return ColumnPrefs{Widths: r.ColumnWidths, Shown: r.ColumnsShown}
}

// SetWidths changes the widths of columns, by their IDs.
func (x *ColumnSettings) SetWidths(widths map[string]float32) {
	x.change(func(r *memory.Record) {
		if r.ColumnWidths == nil {
			r.ColumnWidths = map[string]float32{}
		}
		for id, width := range widths {
			r.ColumnWidths[id] = min(max(width, memory.MinColumn), memory.MaxColumn)
		}
	})
}

// Show shows a column, or hides it. A listing is not ordered by what is not shown.
func (x *ColumnSettings) Show(id string, shown bool) {
	if s := x.c.Shown(); !shown && s != nil && s.Listing.Order().By == id {
		x.SortBy(listing.ByName)
	}
	x.change(func(r *memory.Record) {
		if r.ColumnsShown == nil {
			r.ColumnsShown = map[string]bool{}
		}
		r.ColumnsShown[id] = shown
	})
}

// Reset shows the columns as they come. What is remembered of columns that this version does not know stays.
func (x *ColumnSettings) Reset() {
	x.change(func(r *memory.Record) {
		for _, column := range Columns {
			delete(r.ColumnWidths, column.ID)
			delete(r.ColumnsShown, column.ID)
		}
	})
}

// SortBy orders the listing by a column, or turns its order around.
func (x *ColumnSettings) SortBy(id string) {
	s := x.c.Shown()
	if s == nil {
		return
	}
	s.Listing.SortBy(ColumnOf(id).SortKey())
	o := s.Listing.Order()
	x.c.deps.Memory.Update(func(r *memory.Record) { r.SortColumn, r.SortDescending = o.By, o.Descending })
}

func (x *ColumnSettings) change(change func(*memory.Record)) {
	x.c.deps.Memory.Update(change)
	x.c.Render()
}

// order has the listings of a storage in the order that was in use last.
func (x *ColumnSettings) order(s *Server) {
	r := x.c.deps.Memory.Get()
	s.Listing.SetOrder(ColumnOf(r.SortColumn).SortKey(), r.SortDescending && ColumnOf(r.SortColumn).ID == r.SortColumn)
}

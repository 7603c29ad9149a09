package ui

import (
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/memory"
)

// columns are the columns of listings as the user wants them, in what is remembered of the window.
type columns struct{ u *Window }

// Columns implements view.ColumnIntents.
func (c *columns) Columns() browser.ColumnPrefs {
	r := c.u.memory.Get()
	return browser.ColumnPrefs{Widths: r.ColumnWidths, Shown: r.ColumnsShown}
}

// SetColumnWidths implements view.ColumnIntents.
func (c *columns) SetColumnWidths(widths map[string]float32) {
	c.change(func(r *memory.Record) {
		if r.ColumnWidths == nil {
			r.ColumnWidths = map[string]float32{}
		}
		for id, width := range widths {
			r.ColumnWidths[id] = min(max(width, memory.MinColumn), memory.MaxColumn)
		}
	})
}

// ShowColumn implements view.ColumnIntents. A listing is not ordered by what is not shown.
func (c *columns) ShowColumn(id string, shown bool) {
	if s := c.u.shownStorage(); !shown && s != nil && s.Order().By == id {
		c.SortBy(browse.ByName)
	}
	c.change(func(r *memory.Record) {
		if r.ColumnsShown == nil {
			r.ColumnsShown = map[string]bool{}
		}
		r.ColumnsShown[id] = shown
	})
}

// ResetColumns implements view.ColumnIntents. What is remembered of columns that this version does not know stays.
func (c *columns) ResetColumns() {
	c.change(func(r *memory.Record) {
		for _, column := range browser.Columns {
			delete(r.ColumnWidths, column.ID)
			delete(r.ColumnsShown, column.ID)
		}
	})
}

// SortBy implements view.ColumnIntents.
func (c *columns) SortBy(id string) {
	s := c.u.shownStorage()
	if s == nil {
		return
	}
	s.SortBy(browser.ColumnOf(id).SortKey())
	o := s.Order()
	c.u.memory.Update(func(r *memory.Record) { r.SortColumn, r.SortDescending = o.By, o.Descending })
}

func (c *columns) change(change func(*memory.Record)) {
	c.u.memory.Update(change)
	c.u.renderFolder()
}

// order has the listings of a storage in the order that was in use last.
func (u *Window) order(s *storage) {
	r := u.memory.Get()
	s.SetOrder(browser.ColumnOf(r.SortColumn).SortKey(), r.SortDescending && browser.ColumnOf(r.SortColumn).ID == r.SortColumn)
}

// Package memory remembers how the window was left: its size, and how its listings were shown. The record is a small
// file of its own beside the places that were visited, written durably.
package memory

import (
	"encoding/json"
	"maps"
)

// The bounds of the window's size, in the toolkit's units. What lies outside of them was never the size of a window.
const (
	minWidth, minHeight = 320, 200
	maxSide             = 16384
)

// The bounds of the width of a column, in the toolkit's units.
const (
	MinColumn = 48
	MaxColumn = 2400
)

// Record is what is remembered. The zero Record is a window that was never opened before. A new field needs nothing
// but its line here, and in valid where not all values of its type are.
type Record struct {
	// Width and Height are the size of the window while it is not maximized, in the toolkit's units; zero for unknown.
	Width  float32 `json:"width"`
	Height float32 `json:"height"`
	// Maximized is whether the window was maximized.
	Maximized bool `json:"maximized"`
	// SortColumn is the ID of the column that listings are ordered by; empty for the name.
	SortColumn     string `json:"sort_column"`
	SortDescending bool   `json:"sort_descending"`
	// ColumnWidths are the widths that the user gave to columns, by their IDs, in the toolkit's units.
	ColumnWidths map[string]float32 `json:"column_widths"`
	// ColumnsShown says of columns, by their IDs, whether the user wants to see them; the others are as they come.
	ColumnsShown map[string]bool `json:"columns_shown"`
	// DetailsOpen is whether the pane with details is open.
	DetailsOpen bool `json:"details_open"`
	// DetailsWidth is the width that the user gave to that pane, in the toolkit's units; zero for none.
	DetailsWidth float32 `json:"details_width"`
	// LinesUnbroken is whether a preview shows long lines of text whole.
	LinesUnbroken bool `json:"lines_unbroken"`
}

// valid returns the record without the values that it cannot have.
func (r Record) valid() Record {
	if !between(r.Width, minWidth, maxSide) || !between(r.Height, minHeight, maxSide) {
		r.Width, r.Height = 0, 0
	}
	if !between(r.DetailsWidth, MinColumn, MaxColumn) {
		r.DetailsWidth = 0
	}
	maps.DeleteFunc(r.ColumnWidths, func(_ string, width float32) bool { return !between(width, MinColumn, MaxColumn) })
	return r
}

// between reports whether a number lies in bounds, which one that is no number does not.
func between(n, low, high float32) bool { return n >= low && n <= high }

// clone returns a copy that shares nothing with r.
func (r Record) clone() Record {
	r.ColumnWidths, r.ColumnsShown = maps.Clone(r.ColumnWidths), maps.Clone(r.ColumnsShown)
	return r
}

// parse reads a record field by field: one that is damaged has its default and the rest are kept. others are the
// fields that this version does not know.
func parse(data []byte) (r Record, others map[string]json.RawMessage) {
	if json.Unmarshal(data, &others) != nil {
		return Record{}, nil
	}
	for name, value := range others {
		field, err := json.Marshal(map[string]json.RawMessage{name: value})
		if err != nil {
			continue
		}
		changed := r.clone()
		if json.Unmarshal(field, &changed) == nil {
			r = changed
		}
	}
	for name := range fields(Record{}) {
		delete(others, name)
	}
	return r.valid(), others
}

// fields returns a record as it is in the file, field by field.
func fields(r Record) map[string]json.RawMessage {
	var all map[string]json.RawMessage
	if data, err := json.Marshal(r); err == nil {
		_ = json.Unmarshal(data, &all)
	}
	return all
}

// format writes a record, and the fields of others.
func format(r Record, others map[string]json.RawMessage) ([]byte, error) {
	all := maps.Clone(others)
	if all == nil {
		all = map[string]json.RawMessage{}
	}
	maps.Copy(all, fields(r))
	return json.MarshalIndent(all, "", "  ")
}

package browser

import (
	"slices"
	"time"

	"daypass/app/buckets"
	"daypass/app/messages"
	"daypass/ui/browser/listing"
	"daypass/ui/present"
)

// Column is one column of a listing. All that the window knows of a column stands in its line of Columns.
type Column struct {
	// ID names the column in what is remembered.
	ID string
	// TitleID is the ID of the heading, and BucketsID that of the one in the list of buckets; empty where there is nothing
	// to say of a bucket.
	TitleID, BucketsID string
	// Width is the width in the toolkit's units until the user gives it another; zero for what the others leave.
	Width float32
	// Right aligns the heading and the values at the right.
	Right bool
	// Hidden is true for a column that is not shown until the user asks for it.
	Hidden bool
	// Value returns what stands in the column for an entry; nil for its name.
	Value func(e buckets.Entry, now time.Time) string
	// Rank returns what entries are ordered by; nil for their names.
	Rank func(e buckets.Entry) int64
}

// Columns are all columns, from left to right. The first one is always shown.
var Columns = []Column{
	{ID: listing.ByName, TitleID: "browser.column.name", BucketsID: "browser.column.name"},
	{ID: "size", TitleID: "browser.column.size", Width: 88, Right: true, Value: sizeOf, Rank: func(e buckets.Entry) int64 { return e.Size }},
	{ID: "modified", TitleID: "browser.column.modified", BucketsID: "browser.column.created", Width: 132, Value: modifiedOf, Rank: func(e buckets.Entry) int64 { return e.Modified.UnixMilli() }},
	{ID: "class", TitleID: "browser.column.class", Width: 172, Hidden: true, Value: classOf, Rank: classRank},
}

func classOf(e buckets.Entry, _ time.Time) string { return present.Visible(e.StorageClass) }

// classRank orders storage classes by how often they are read; those of one server alone come last.
func classRank(e buckets.Entry) int64 {
	if n := slices.Index(buckets.StorageClasses, e.StorageClass); n >= 0 {
		return int64(n)
	}
	return int64(len(buckets.StorageClasses))
}

func sizeOf(e buckets.Entry, _ time.Time) string {
	if e.Folder {
		return ""
	}
	return present.Bytes(e.Size)
}

func modifiedOf(e buckets.Entry, now time.Time) string { return present.Day(e.Modified, now) }

// Title returns the heading.
func (c Column) Title() string { return messages.Text(c.TitleID) }

// bucketsTitle returns the heading in the list of buckets; empty where there is nothing to say of a bucket.
func (c Column) bucketsTitle() string {
	if c.BucketsID == "" {
		return ""
	}
	return messages.Text(c.BucketsID)
}

// SortKey returns what a listing orders by for the column.
func (c Column) SortKey() listing.Column { return listing.Column{ID: c.ID, Rank: c.Rank} }

// ColumnOf returns the column with an ID, and the first one where there is none.
func ColumnOf(id string) Column {
	for _, c := range Columns {
		if c.ID == id {
			return c
		}
	}
	return Columns[0]
}

// values are what stands beside the name of an entry, a text for each column but the first.
func values(e buckets.Entry, now time.Time) []string {
	list := make([]string, 0, len(Columns)-1)
	for _, c := range Columns[1:] {
		list = append(list, c.Value(e, now))
	}
	return list
}

// ColumnPrefs are the columns as the user wants them, by their IDs; what they say nothing of is as it comes.
type ColumnPrefs struct {
	Widths map[string]float32
	Shown  map[string]bool
}

// ColumnHead is the head of a column on screen.
type ColumnHead struct {
	ID, Title string
	// Width is in the toolkit's units; zero for what the others leave.
	Width float32
	// Shown is false for a column that the user does not want to see.
	Shown               bool
	Ordered, Descending bool
}

// ColumnHeads makes the heads of all columns, for the list of buckets or for a folder in one.
func ColumnHeads(prefs ColumnPrefs, order listing.Order, root bool) []ColumnHead {
	heads := make([]ColumnHead, 0, len(Columns))
	for i, c := range Columns {
		h := ColumnHead{ID: c.ID, Title: c.Title(), Width: c.Width, Shown: !c.Hidden, Ordered: order.By == c.ID, Descending: order.Descending}
		if root {
			h.Title = c.bucketsTitle()
		}
		if width := prefs.Widths[c.ID]; width > 0 {
			h.Width = width
		}
		if shown, set := prefs.Shown[c.ID]; set && i > 0 {
			h.Shown = shown
		}
		heads = append(heads, h)
	}
	return heads
}

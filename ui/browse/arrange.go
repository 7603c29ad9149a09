package browse

import (
	"cmp"
	"slices"
	"strings"

	"daypass/app/buckets"
)

// Column is what a listing is ordered by.
type Column int

// The columns.
const (
	ByName Column = iota
	BySize
	ByModified
)

// Order is the order of a listing; folders come first in each. The zero Order is the server's.
type Order struct {
	By         Column
	Descending bool
}

// Order is the order of the listing.
func (b *Browser) Order() Order { return b.list.order }

// SortBy orders by a column, or turns the order around where it is already by that column.
func (b *Browser) SortBy(c Column) {
	o := Order{By: c}
	if b.list.order.By == c {
		o.Descending = !b.list.order.Descending
	}
	b.list.order = o
	b.list.arrange()
	b.changed()
}

// Filter is the text that names must contain.
func (b *Browser) Filter() string { return b.list.filter }

// SetFilter shows only the names that contain text, in whatever case.
func (b *Browser) SetFilter(text string) {
	if b.list.filter != text {
		b.list.filter = text
		b.list.arrange()
		b.changed()
	}
}

// Len is the number of entries shown.
func (b *Browser) Len() int {
	if b.list.shown != nil {
		return len(b.list.shown)
	}
	return len(b.list.entries)
}

// Entry is the entry shown at i.
func (b *Browser) Entry(i int) buckets.Entry {
	if b.list.shown != nil {
		i = int(b.list.shown[i])
	}
	return b.list.entries[i]
}

// Name is the entry's name in the place shown.
func (b *Browser) Name(e buckets.Entry) string {
	return strings.TrimSuffix(strings.TrimPrefix(e.Key, b.at.Prefix), "/")
}

// sorted reports whether the order asked for is in force: a listing is ordered once it is complete.
func (l *listing) sorted() bool { return l.status == Complete && l.order != Order{} }

// arrange works out what is shown.
func (l *listing) arrange() {
	l.shown = nil
	if l.filter == "" && !l.sorted() {
		return
	}
	wanted := strings.ToLower(l.filter)
	l.shown = make([]int32, 0, len(l.entries))
	for i, e := range l.entries {
		if wanted == "" || strings.Contains(strings.ToLower(lastName(e.Key)), wanted) {
			l.shown = append(l.shown, int32(i))
		}
	}
	if l.sorted() {
		slices.SortStableFunc(l.shown, func(x, y int32) int { return l.order.compare(l.entries[x], l.entries[y]) })
	}
}

// lastName is the name without what is above it.
func lastName(key string) string {
	key = strings.TrimSuffix(key, "/")
	return key[strings.LastIndex(key, "/")+1:]
}

func (o Order) compare(x, y buckets.Entry) int {
	if x.Folder != y.Folder {
		if x.Folder {
			return -1
		}
		return 1
	}
	c := 0
	switch o.By {
	case BySize:
		c = cmp.Compare(x.Size, y.Size)
	case ByModified:
		c = x.Modified.Compare(y.Modified)
	default:
		c = strings.Compare(x.Key, y.Key)
	}
	if o.Descending {
		return -c
	}
	return c
}

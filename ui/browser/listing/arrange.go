package listing

import (
	"context"

	"daypass/app/buckets/listing"
	"daypass/ui/task"
)

// ByName is the ID of the column of names.
const ByName = "name"

// Column is what a listing is ordered by.
type Column struct {
	ID string
	// Rank orders entries; nil for their names.
	Rank listing.Rank
}

// Order is an order of a listing; folders come first in each.
type Order struct {
	// By is the ID of a column.
	By         string
	Descending bool
}

// Natural reports whether o is the order of names.
func (o Order) Natural() bool { return o.By == ByName && !o.Descending }

// order is an Order as a listing takes it.
type order struct {
	by         Column
	descending bool
}

func (o order) listing() listing.Order { return listing.Order{By: o.by.Rank, Descending: o.descending} }

// atOnce is how many entries are put in order while the screen waits; more are put in order in a goroutine.
const atOnce = 10_000

// Order returns the order of the listing. It is in force once everything is loaded.
func (l *Listing) Order() Order { return Order{l.order.by.ID, l.order.descending} }

// SortBy orders by a column, or turns the order around where it is already by that column.
func (l *Listing) SortBy(c Column) {
	o := l.Order()
	l.SetOrder(c, o.By == c.ID && !o.Descending)
}

// SetOrder orders by a column.
func (l *Listing) SetOrder(c Column, descending bool) {
	l.order = order{c, descending}
	l.arrange()
	l.changed()
}

// Filter is the text that names must contain.
func (l *Listing) Filter() string { return l.filter }

// SetFilter shows only the names that contain text, in whatever case.
func (l *Listing) SetFilter(text string) {
	if l.filter != text {
		l.filter = text
		l.revision++
		l.arrange()
		l.changed()
	}
}

// Arranging reports whether a filter or an order is being worked out: until then the listing is shown
// as it was before.
func (l *Listing) Arranging() bool { return l.arranging.Running() }

// Sorted reports whether the order asked for is in force.
func (l *Listing) Sorted() bool { return (l.sorted() || l.wasSorted) && !l.Arranging() }

// sorted reports whether the order asked for can be: a listing is ordered once it is complete.
func (c *content) sorted() bool { return c.status == Complete }

// arrange works out again what is shown.
func (l *Listing) arrange() {
	l.arranging.Drop()
	view, filter, order, ordered := l.view, l.filter, l.order.listing(), l.sorted() || l.wasSorted
	if view.Len() <= atOnce {
		l.shown = arranged(context.Background(), view, filter, order, ordered)
		return
	}
	task.Run(l.arranging, func(ctx context.Context) (listing.Arrangement, error) {
		return arranged(ctx, view, filter, order, ordered), nil
	}, func(shown listing.Arrangement, _ error) {
		l.shown = shown
		l.extend()
		l.changed()
	})
}

// arranged filters a view, and orders it once it is complete.
func arranged(ctx context.Context, v listing.View, filter string, o listing.Order, complete bool) listing.Arrangement {
	if !complete {
		return v.Extend(ctx, filter, listing.Arrangement{})
	}
	return v.Arrange(ctx, filter, o)
}

// extend shows what was loaded since the last time.
func (l *Listing) extend() {
	if !l.Arranging() && !l.sorted() && !l.wasSorted {
		l.shown = l.view.Extend(context.Background(), l.filter, l.shown)
	}
}

package browse

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
func (b *Browser) Order() Order { return Order{b.order.by.ID, b.order.descending} }

// SortBy orders by a column, or turns the order around where it is already by that column.
func (b *Browser) SortBy(c Column) {
	o := b.Order()
	b.SetOrder(c, o.By == c.ID && !o.Descending)
}

// SetOrder orders by a column.
func (b *Browser) SetOrder(c Column, descending bool) {
	b.order = order{c, descending}
	b.arrange()
	b.changed()
}

// Filter is the text that names must contain.
func (b *Browser) Filter() string { return b.filter }

// SetFilter shows only the names that contain text, in whatever case.
func (b *Browser) SetFilter(text string) {
	if b.filter != text {
		b.filter = text
		b.revision++
		b.arrange()
		b.changed()
	}
}

// Arranging reports whether a filter or an order is being worked out: until then the listing is shown
// as it was before.
func (b *Browser) Arranging() bool { return b.arranging.Running() }

// Sorted reports whether the order asked for is in force.
func (b *Browser) Sorted() bool { return (b.sorted() || b.wasSorted) && !b.Arranging() }

// sorted reports whether the order asked for can be: a listing is ordered once it is complete.
func (c *content) sorted() bool { return c.status == Complete }

// arrange works out again what is shown.
func (b *Browser) arrange() {
	b.arranging.Drop()
	view, filter, order, ordered := b.view, b.filter, b.order.listing(), b.sorted() || b.wasSorted
	if view.Len() <= atOnce {
		b.shown = arranged(context.Background(), view, filter, order, ordered)
		return
	}
	task.Run(b.arranging, func(ctx context.Context) (listing.Arrangement, error) {
		return arranged(ctx, view, filter, order, ordered), nil
	}, func(shown listing.Arrangement, _ error) {
		b.shown = shown
		b.extend()
		b.changed()
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
func (b *Browser) extend() {
	if !b.Arranging() && !b.sorted() && !b.wasSorted {
		b.shown = b.view.Extend(context.Background(), b.filter, b.shown)
	}
}

package browse

import (
	"context"

	"daypass/app/buckets/listing"
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

// atOnce is how many entries are put in order while the screen waits; more are in a goroutine.
const atOnce = 10_000

// Order returns the order of the listing. It is in force once everything is loaded.
func (b *Browser) Order() Order { return Order{b.place.order.by.ID, b.place.order.descending} }

// SortBy orders by a column, or turns the order around where it is already by that column.
func (b *Browser) SortBy(c Column) {
	o := b.Order()
	b.SetOrder(c, o.By == c.ID && !o.Descending)
}

// SetOrder orders by a column.
func (b *Browser) SetOrder(c Column, descending bool) {
	b.place.order = order{c, descending}
	b.arrange()
	b.changed()
}

// Filter is the text that names must contain.
func (b *Browser) Filter() string { return b.place.filter }

// SetFilter shows only the names that contain text, in whatever case.
func (b *Browser) SetFilter(text string) {
	if b.place.filter != text {
		b.place.filter = text
		b.revision++
		b.arrange()
		b.changed()
	}
}

// Arranging reports whether a filter or an order is being worked out: until then the listing is shown
// as it was before.
func (b *Browser) Arranging() bool { return b.place.arranging }

// Sorted reports whether the order asked for is in force.
func (b *Browser) Sorted() bool { return (b.place.sorted() || b.place.wasSorted) && !b.place.arranging }

// sorted reports whether the order asked for can be: a listing is ordered once it is complete.
func (p *place) sorted() bool { return p.status == Complete }

// arrange works out anew what is shown.
func (b *Browser) arrange() {
	p := &b.place
	p.stopArranging()
	p.arranging = false
	ordered := p.sorted() || p.wasSorted
	if p.view.Len() <= atOnce {
		p.shown = arranged(context.Background(), p.view, p.filter, p.order.listing(), ordered)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.arranging, p.stopArranging = true, cancel
	view, filter, order := p.view, p.filter, p.order.listing()
	go func() {
		shown := arranged(ctx, view, filter, order, ordered)
		b.dispatch(func() {
			if ctx.Err() == nil {
				cancel()
				p.arranging, p.shown = false, shown
				b.extend()
				b.changed()
			}
		})
	}()
}

// arranged filters a view, and orders it once it is complete.
func arranged(ctx context.Context, v listing.View, filter string, o listing.Order, complete bool) listing.Arrangement {
	if !complete {
		return v.Extend(ctx, filter, listing.Arrangement{})
	}
	return v.Arrange(ctx, filter, o)
}

// extend shows what was loaded since the last look.
func (b *Browser) extend() {
	p := &b.place
	if !p.arranging && !p.sorted() && !p.wasSorted {
		p.shown = p.view.Extend(context.Background(), p.filter, p.shown)
	}
}

package browse

import (
	"context"
	"strings"

	"daypass/app/buckets"
	"daypass/app/buckets/listing"
)

// Column is what a listing is ordered by.
type Column = listing.Column

// The columns.
const (
	ByName     = listing.ByName
	BySize     = listing.BySize
	ByModified = listing.ByModified
)

// Order is the order of a listing; folders come first in each. The zero Order is the server's.
type Order = listing.Order

// atOnce is how many entries are put in order while the screen waits; more are in a goroutine.
const atOnce = 20_000

// Order is the order of the listing. It is in force once everything is loaded.
func (b *Browser) Order() Order { return b.place.order }

// SortBy orders by a column, or turns the order around where it is already by that column.
func (b *Browser) SortBy(c Column) {
	o := Order{By: c}
	if b.place.order.By == c {
		o.Descending = !b.place.order.Descending
	}
	b.place.order = o
	b.arrange()
	b.changed()
}

// Filter is the text that names must contain.
func (b *Browser) Filter() string { return b.place.filter }

// SetFilter shows only the names that contain text, in whatever case.
func (b *Browser) SetFilter(text string) {
	if b.place.filter != text {
		b.place.filter = text
		b.arrange()
		b.changed()
	}
}

// Arranging reports whether a filter or an order is being worked out: until then the listing is shown
// as it was before.
func (b *Browser) Arranging() bool { return b.place.arranging }

// Sorted reports whether the order asked for is in force.
func (b *Browser) Sorted() bool { return (b.place.sorted() || b.place.wasSorted) && !b.place.arranging }

// Len is the number of entries shown.
func (b *Browser) Len() int { return b.place.shown.Len(&b.place.view) }

// Entry is the entry shown at i.
func (b *Browser) Entry(i int) buckets.Entry {
	return b.place.view.Entry(b.place.shown.Row(&b.place.view, i))
}

// Name is the entry's name in the place shown.
func (b *Browser) Name(e buckets.Entry) string {
	return strings.TrimSuffix(strings.TrimPrefix(e.Key, b.at.Prefix), "/")
}

// sorted reports whether the order asked for can be: a listing is ordered once it is complete.
func (p *place) sorted() bool { return p.status == Complete && p.order != Order{} }

// arrange works out anew what is shown.
func (b *Browser) arrange() {
	p := &b.place
	p.stopArranging()
	p.arranging, p.wasSorted = false, false
	order := Order{}
	if p.sorted() {
		order = p.order
	}
	if p.view.Len() <= atOnce {
		p.shown = p.view.Arrange(context.Background(), p.filter, order)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.arranging, p.stopArranging = true, cancel
	view, filter := p.view, p.filter
	go func() {
		shown := view.Arrange(ctx, filter, order)
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

// extend shows what was loaded since the last look.
func (b *Browser) extend() {
	p := &b.place
	if !p.arranging && !p.sorted() {
		p.shown = p.view.Extend(context.Background(), p.filter, p.shown)
	}
}

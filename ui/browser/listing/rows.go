package listing

import (
	"strings"

	"daypass/app/buckets"
	"daypass/app/buckets/listing"
)

// Rows are the entries that a listing shows, in their order. A copy of them stays as it is while the listing goes on.
type Rows struct {
	view   listing.View
	shown  listing.Arrangement
	prefix string
}

// Len is the number of entries shown.
func (r *Rows) Len() int { return r.shown.Len(&r.view) }

// Entry is the entry shown at i.
func (r *Rows) Entry(i int) buckets.Entry { return r.view.Entry(r.shown.Row(&r.view, i)) }

// Name is the entry's name in the location shown.
func (r *Rows) Name(e buckets.Entry) string {
	return strings.TrimSuffix(strings.TrimPrefix(e.Key, r.prefix), "/")
}

// Find returns where the entry with a key is shown; -1 where it is not.
func (r *Rows) Find(key string) int {
	row, ok := r.view.Find(key)
	if !ok {
		return -1
	}
	return r.shown.Index(&r.view, row)
}

// FindPrefix returns where the next entry is shown, from one on and around the end, whose name begins with a text in
// small letters, in whatever case; -1 for none.
func (r *Rows) FindPrefix(text string, from int) int { return r.shown.FindPrefix(&r.view, text, from) }

// Has reports whether the entry with a key is loaded, shown or not.
func (r *Rows) Has(key string) bool {
	_, ok := r.view.Find(key)
	return ok
}

// OnlyFolders reports whether nothing but folders is loaded.
func (r *Rows) OnlyFolders() bool { return r.view.Folders() == r.view.Len() }

package buckets

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"time"

	"daypass/app"
)

// Walk goes through a listing page by page and ends with an error where the listing does not move on (rule 43): where a
// token comes a second time, where three pages in a row are empty and promise more, or where a page neither lies behind
// the pages before it nor begins and ends with what no page began or ended with. With that, a listing of as many names as
// there are ends, in whatever order the server lists. The zero Walk is at the beginning. It belongs to one goroutine.
type Walk struct {
	started bool
	token   string
	// seen are the tokens and the ends of pages so far, and last is the greatest key.
	seen  map[[16]byte]struct{}
	last  string
	empty int
}

// maxEmptyPages is how many pages in a row may hold nothing and still promise more.
const maxEmptyPages = 3

// errEndless is a listing that does not move on, and errOutside one of names that were not asked for.
var (
	errEndless = errors.New("the listing does not move on")
	errOutside = errors.New("the listing names something outside of the requested prefix")
)

// Marker is an entry of a listing: its key and, in a listing of versions, its version.
type Marker struct{ Key, Version string }

// Token returns the token of the next page; empty at the beginning and at the end.
func (w *Walk) Token() string { return w.token }

// More reports whether there is another page.
func (w *Walk) More() bool { return !w.started || w.token != "" }

// StepEntries is Step for a page of entries.
func (w *Walk) StepEntries(entries []Entry, next string) error {
	markers := make([]Marker, len(entries))
	for i, e := range entries {
		markers[i].Key = e.Key
	}
	return w.Step(markers, next)
}

// Step takes a page over, given by its entries and the token of the page after it, which is empty on the last. Error:
// *Error.
func (w *Walk) Step(markers []Marker, next string) error {
	w.started, w.token = true, next
	if len(markers) == 0 {
		w.empty++
	} else {
		w.empty = 0
	}
	switch {
	case w.empty >= maxEmptyPages && next != "", !w.advances(markers), next != "" && w.repeated("token", next):
		return endless()
	}
	return nil
}

func endless() *Error {
	return &Error{Kind: Other, Err: errEndless, Problem: app.Problem{Code: "storage-" + endlessWords.code, At: time.Now().Round(0)}}
}

// advances reports whether a page moves on.
func (w *Walk) advances(markers []Marker) bool {
	if len(markers) == 0 {
		return true
	}
	greatest := slices.MaxFunc(markers, func(x, y Marker) int { return strings.Compare(x.Key, y.Key) }).Key
	behind := greatest > w.last
	w.last = max(w.last, greatest)
	ends := markers[len(markers)-1]
	known := w.repeated("entry", ends.Key, ends.Version)
	if len(markers) > 1 {
		known = w.repeated("entry", markers[0].Key, markers[0].Version) || known
	}
	return behind || !known
}

// repeated reports whether something was seen before, and remembers it.
func (w *Walk) repeated(what ...string) bool {
	sum := sha256.Sum256([]byte(strings.Join(what, "\x00")))
	digest := [16]byte(sum[:16])
	if _, known := w.seen[digest]; known {
		return true
	}
	if w.seen == nil {
		w.seen = map[[16]byte]struct{}{}
	}
	w.seen[digest] = struct{}{}
	return false
}

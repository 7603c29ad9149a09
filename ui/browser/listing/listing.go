// Package listing is where in the storage the window is and what has been loaded there: history,
// pages, filter and order. It knows no toolkit. All methods belong to one goroutine, the one that
// dispatch runs functions on; only the requests run elsewhere.
package listing

import (
	"context"

	"daypass/app/buckets"
	"daypass/app/buckets/listing"
	"daypass/app/location"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// Source is the storage of one connection.
type Source interface {
	// Buckets lists the buckets.
	Buckets(ctx context.Context) ([]buckets.Bucket, error)
	// Page lists one page of the content of a prefix.
	Page(ctx context.Context, bucket, prefix, next string, most int) (buckets.Page, error)
}

// Status says how far loading has come.
type Status string

// The statuses.
const (
	Idle     Status = ""
	Loading  Status = "loading"
	Partial  Status = "partial" // some pages are here, there are more, and nothing is being loaded
	Complete Status = "complete"
	Failed   Status = "failed"
)

// Listing is where the user is in one storage, and what has been loaded there.
type Listing struct {
	source  Source
	changed func()

	at            location.Location
	back, forward []location.Location
	content
	visit    uint64
	revision uint64
	// loading lists what is at the location, and arranging filters and orders it.
	loading, arranging *task.Task
	end                context.CancelFunc
}

// content is what is loaded of one location, and how it is shown.
type content struct {
	status  Status
	wait    wait.Wait
	problem *buckets.Error
	// stopped is true once the user has stopped the loading.
	stopped bool
	// list belongs to the goroutine that loads; the view of Rows is what it has reported.
	list *listing.List
	Rows
	next string
	// stale is true while view and shown are what was loaded before the refresh under way; wasSorted,
	// while they are in the order asked for.
	stale, wasSorted bool

	filter string
	order  order
}

func newContent(prefix string, order order) content {
	l := listing.New(prefix)
	return content{list: l, Rows: Rows{view: l.View, prefix: prefix}, order: order}
}

// New returns a listing at the list of buckets. changed is called after every change.
func New(source Source, dispatch func(func()), changed func()) *Listing {
	ctx, end := context.WithCancel(context.Background())
	return &Listing{
		source: source, changed: changed, content: newContent("", order{by: Column{ID: ByName}}),
		loading: task.New(ctx, dispatch), arranging: task.New(ctx, dispatch), end: end,
	}
}

// Close ends what is under way.
func (l *Listing) Close() {
	l.end()
}

// At is the location shown.
func (l *Listing) At() location.Location { return l.at }

// Visit is the number of the stay at the location shown: another one after going elsewhere and coming back.
func (l *Listing) Visit() uint64 { return l.visit }

// Revision is another number once the listing was loaded to its end again, or is filtered otherwise.
func (l *Listing) Revision() uint64 { return l.revision }

// Status says how far loading has come, and Problem why it failed.
func (l *Listing) Status() Status { return l.content.status }

// Problem is why the last request failed; nil otherwise.
func (l *Listing) Problem() *buckets.Error { return l.content.problem }

// Slow reports whether the loading takes long enough to say so, and Long whether it takes so long that this is said
// again.
func (l *Listing) Slow() bool { return l.content.wait != wait.None }

// Wait is how long the answer of the server has been awaited.
func (l *Listing) Wait() wait.Wait { return l.content.wait }

// Long reports whether the loading takes longer than wait.LongAfter.
func (l *Listing) Long() bool { return l.content.wait == wait.Long }

// Stale reports whether what is shown is from before the refresh under way.
func (l *Listing) Stale() bool { return l.content.stale }

// CanBack reports whether there is a location to go back to; CanForward, forward.
func (l *Listing) CanBack() bool { return len(l.back) > 0 }

// CanForward reports whether Back was used.
func (l *Listing) CanForward() bool { return len(l.forward) > 0 }

// Loaded is the number of entries loaded so far.
func (l *Listing) Loaded() int { return l.content.view.Len() }

// Start loads where nothing has been loaded yet.
func (l *Listing) Start() {
	if l.content.status == Idle {
		l.load()
	}
}

// Go shows another location.
func (l *Listing) Go(to location.Location) {
	if to != l.at {
		l.back, l.forward = append(l.back, l.at), nil
	}
	l.show(to)
}

// Back goes to the location before.
func (l *Listing) Back() {
	if n := len(l.back); n > 0 {
		to := l.back[n-1]
		l.back, l.forward = l.back[:n-1], append(l.forward, l.at)
		l.show(to)
	}
}

// Forward undoes Back.
func (l *Listing) Forward() {
	if n := len(l.forward); n > 0 {
		to := l.forward[n-1]
		l.forward, l.back = l.forward[:n-1], append(l.back, l.at)
		l.show(to)
	}
}

// Up goes to the location above.
func (l *Listing) Up() {
	if !l.at.Root() {
		l.Go(l.at.Parent())
	}
}

// Refresh loads the location again, with its filter and its order. What was there stays on screen until as much is
// there again, or the end, so that rows neither vanish for a moment nor lose a click.
func (l *Listing) Refresh() {
	old := l.content
	l.leave(l.at)
	l.content.filter = old.filter
	if old.problem == nil {
		l.content.view, l.content.shown, l.content.stale = old.view, old.shown, true
		l.content.wasSorted = old.sorted() || old.wasSorted
	}
	l.load()
}

func (l *Listing) show(to location.Location) {
	l.visit++
	l.leave(to)
	l.load()
}

// leave makes another location the one shown, with nothing loaded of it.
func (l *Listing) leave(to location.Location) {
	l.at = to
	l.arranging.Drop()
	l.content = newContent(to.Prefix, l.content.order)
}

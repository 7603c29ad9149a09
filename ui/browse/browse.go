// Package browse is where in the storage the window is and what has been loaded there: history,
// pages, filter and order. It knows no toolkit. All methods belong to one goroutine, the one that
// dispatch runs functions on; only the requests run elsewhere.
package browse

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

// Browser is one view of one storage.
type Browser struct {
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

// New returns a browser at the list of buckets. changed is called after every change.
func New(source Source, dispatch func(func()), changed func()) *Browser {
	ctx, end := context.WithCancel(context.Background())
	return &Browser{
		source: source, changed: changed, content: newContent("", order{by: Column{ID: ByName}}),
		loading: task.New(ctx, dispatch), arranging: task.New(ctx, dispatch), end: end,
	}
}

// Close ends what is under way.
func (b *Browser) Close() {
	b.end()
}

// At is the location shown.
func (b *Browser) At() location.Location { return b.at }

// Visit is the number of the stay at the location shown: another one after going elsewhere and coming back.
func (b *Browser) Visit() uint64 { return b.visit }

// Revision is another number once the listing was loaded to its end again, or is filtered otherwise.
func (b *Browser) Revision() uint64 { return b.revision }

// Status says how far loading has come, and Problem why it failed.
func (b *Browser) Status() Status { return b.content.status }

// Problem is why the last request failed; nil otherwise.
func (b *Browser) Problem() *buckets.Error { return b.content.problem }

// Slow reports whether the loading takes long enough to say so, and Long whether it takes so long that this is said
// again.
func (b *Browser) Slow() bool { return b.content.wait != wait.None }

// Long reports whether the loading takes longer than wait.LongAfter.
func (b *Browser) Long() bool { return b.content.wait == wait.Long }

// Stale reports whether what is shown is from before the refresh under way.
func (b *Browser) Stale() bool { return b.content.stale }

// CanBack reports whether there is a location to go back to; CanForward, forward.
func (b *Browser) CanBack() bool { return len(b.back) > 0 }

// CanForward reports whether Back was used.
func (b *Browser) CanForward() bool { return len(b.forward) > 0 }

// Loaded is the number of entries loaded so far.
func (b *Browser) Loaded() int { return b.content.view.Len() }

// Start loads where nothing has been loaded yet.
func (b *Browser) Start() {
	if b.content.status == Idle {
		b.load()
	}
}

// Go shows another location.
func (b *Browser) Go(to location.Location) {
	if to != b.at {
		b.back, b.forward = append(b.back, b.at), nil
	}
	b.show(to)
}

// Back goes to the location before.
func (b *Browser) Back() {
	if n := len(b.back); n > 0 {
		to := b.back[n-1]
		b.back, b.forward = b.back[:n-1], append(b.forward, b.at)
		b.show(to)
	}
}

// Forward undoes Back.
func (b *Browser) Forward() {
	if n := len(b.forward); n > 0 {
		to := b.forward[n-1]
		b.forward, b.back = b.forward[:n-1], append(b.back, b.at)
		b.show(to)
	}
}

// Up goes to the location above.
func (b *Browser) Up() {
	if !b.at.Root() {
		b.Go(b.at.Parent())
	}
}

// Refresh loads the location again, with its filter and its order. What was there stays on screen until as much is
// there again, or the end, so that rows neither vanish for a moment nor lose a click.
func (b *Browser) Refresh() {
	old := b.content
	b.leave(b.at)
	b.content.filter = old.filter
	if old.problem == nil {
		b.content.view, b.content.shown, b.content.stale = old.view, old.shown, true
		b.content.wasSorted = old.sorted() || old.wasSorted
	}
	b.load()
}

func (b *Browser) show(to location.Location) {
	b.visit++
	b.leave(to)
	b.load()
}

// leave makes another location the one shown, with nothing loaded of it.
func (b *Browser) leave(to location.Location) {
	b.at = to
	b.arranging.Drop()
	b.content = newContent(to.Prefix, b.content.order)
}

package transfer

import (
	"cmp"
	"context"
	"encoding/hex"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/buckets/transfer/digest"
)

// pace is how often a list goes out at most.
const pace = 250 * time.Millisecond

// lists holds the latest list and hands it to watchers, as app's snapshots are: one slot a watcher,
// the first at once, the latest wins.
type lists struct {
	mu       sync.Mutex
	latest   app.TransferList
	watchers map[chan app.TransferList]struct{}
	closed   bool
	news     chan struct{} // one slot: something may have changed
	turns    chan struct{} // one slot: something has begun or ended, which is shown at once
}

func newLists() *lists {
	return &lists{watchers: map[chan app.TransferList]struct{}{}, news: make(chan struct{}, 1), turns: make(chan struct{}, 1)}
}

// notify says that something may have changed.
func (l *lists) notify() { ring(l.news) }

// turn says that something has begun or ended.
func (l *lists) turn() { ring(l.turns) }

// ring fills a slot that may be full already.
func ring(slot chan struct{}) {
	select {
	case slot <- struct{}{}:
	default:
	}
}

// set makes list the latest, and reports whether anything in it is new.
func (l *lists) set(list app.TransferList) (changed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	list.Revision = l.latest.Revision
	if l.closed || list.Revision > 0 && reflect.DeepEqual(list, l.latest) {
		return false
	}
	list.Revision++
	l.latest = list
	for w := range l.watchers {
		select {
		case <-w:
		default:
		}
		w <- list
	}
	return true
}

func (l *lists) watch(ctx context.Context) <-chan app.TransferList {
	w := make(chan app.TransferList, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		close(w)
		return w
	}
	w <- l.latest
	l.watchers[w] = struct{}{}
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if _, there := l.watchers[w]; there {
			delete(l.watchers, w)
			close(w)
		}
	})
	return w
}

func (l *lists) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for w := range l.watchers {
		delete(l.watchers, w)
		close(w)
	}
}

// slowest is how rarely a list is made while nothing that works makes news.
const slowest = 4 * time.Second

// publish shows what has changed, until ctx ends. It sleeps while nothing works, until it is poked.
func (e *Engine) publish(ctx context.Context) {
	tick := time.NewTimer(0)
	defer tick.Stop()
	for wait := pace; ; {
		select {
		case <-ctx.Done():
			e.show()
			return
		case <-e.lists.news:
			wait = pace
		case <-e.lists.turns:
			wait = pace
		case <-tick.C:
		}
		busy, changed := e.show()
		if wait = min(2*wait, slowest); changed {
			wait = pace
		}
		if busy {
			tick.Reset(wait)
		}
		e.gather(ctx)
	}
}

// gather waits a little, so that what comes in the meantime goes out together. A turn cuts it short.
func (e *Engine) gather(ctx context.Context) {
	enough := time.NewTimer(pace)
	defer enough.Stop()
	select {
	case <-ctx.Done():
	case <-e.lists.turns:
		e.lists.turn()
	case <-enough.C:
	}
}

// show makes a list of how everything stands now, and reports whether anything works and whether the
// list has news.
func (e *Engine) show() (busy, changed bool) {
	e.mu.Lock()
	jobs := slices.Clone(e.jobs)
	busy = len(e.working) > 0
	e.mu.Unlock()
	return busy, e.lists.set(e.list(jobs))
}

// list describes jobs.
func (e *Engine) list(jobs []*job) app.TransferList {
	out := app.TransferList{Transfers: make([]app.Transfer, len(jobs))}
	for i, j := range jobs {
		t := j.describe(time.Now())
		out.Transfers[i] = t
		if !t.Phase.Ended() {
			out.Total.Done += t.Progress.Done
			out.Total.Size += t.Progress.Size
			out.Total.Speed += t.Progress.Speed
		}
	}
	s := speed{rate: out.Total.Speed}
	out.Total = s.progress(out.Total.Done, out.Total.Size)
	return out
}

// describe returns the state of a job.
func (j *job) describe(at time.Time) app.Transfer {
	j.mu.Lock()
	defer j.mu.Unlock()
	m := j.record
	t := app.Transfer{
		ID: j.id, Connection: m.Request.Connection, Direction: m.Request.Direction, Location: m.Request.Location, Folder: m.Request.Folder, To: m.Request.To, Move: m.Request.Move, Phase: m.Phase, Counting: j.counting,
		Files: m.Counts.Files, Done: m.Counts.Done, Skipped: m.Counts.Skipped, Failed: m.Counts.Failed,
		Failures: slices.Clone(m.Failures), Problem: m.Problem, StartedAt: m.Started, EndedAt: m.Ended,
	}
	t.Title, t.More = title(m.Request)
	done := m.Counts.Bytes
	if j.stop != nil {
		done += j.describeActive(&t, at)
		j.describeQuestion(&t)
		j.speed.update(done, at)
		if j.waiting > 0 && j.waiting >= len(j.active) {
			t.Phase, t.Problem = app.TransferWaiting, j.whyWaiting
		}
	}
	if t.Phase == app.TransferDone {
		t.Path = j.path
	}
	t.Progress = j.speed.progress(done, m.Counts.Size)
	if j.stop == nil {
		t.Progress.Speed, t.Progress.Remaining = 0, 0
	}
	if t.Counting {
		t.Progress.Remaining = 0
	}
	return t
}

// describeActive fills in the files on their way, and returns how much of them is there.
func (j *job) describeActive(t *app.Transfer, at time.Time) (moved int64) {
	largest := make([]*item, 0, len(j.active))
	for it := range j.active {
		n := it.moved.Load()
		it.seen.update(n, at)
		moved += n
		if !it.folder {
			largest = append(largest, it)
		}
	}
	slices.SortFunc(largest, func(a, b *item) int {
		return cmp.Or(cmp.Compare(b.size, a.size), strings.Compare(a.id, b.id))
	})
	for _, it := range largest[:min(len(largest), app.MaxActive)] {
		t.Active = append(t.Active, app.ActiveFile{Name: it.name, Progress: it.seen.progress(it.moved.Load(), it.size)})
	}
	return moved
}

func (j *job) describeQuestion(t *app.Transfer) {
	first, waiting, only := j.queue.questions()
	if first == nil {
		return
	}
	c := first.conflict
	t.Question = &app.Question{
		ID: questionID(first), Name: first.name, Target: c.target, Folder: c.folder,
		Existing: c.existing, Incoming: c.incoming, Waiting: waiting,
	}
	if only && !j.counting {
		t.Phase = app.TransferAsking
	}
}

// questionID names the question about an item.
func questionID(it *item) string {
	d := digest.Of(it.id)
	return hex.EncodeToString(d[:6])
}

// title names what a request moves.
func title(r app.TransferRequest) (first string, more int) {
	name := ""
	if r.Direction == app.Upload {
		name, more = filepath.Base(r.Paths[0]), len(r.Paths)-1
	} else {
		name, more = path.Base(r.Objects[0].Key), len(r.Objects)-1
		if r.Objects[0].IsFolder() {
			name = strings.TrimSuffix(r.Objects[0].Key, "/")
			name = name[strings.LastIndexByte(name, '/')+1:]
			if name == "" {
				name = r.Bucket
			}
		}
	}
	if r.As != "" {
		name = r.As
	}
	return name, more
}

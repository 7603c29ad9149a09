package transfer

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets/transfer/flow"
	"daypass/app/settings"
)

// far is how long every answer of a server at the end of a long line takes.
const far = 30 * time.Millisecond

// A server at the end of a long line gets more requests at once, but never more than there may be.
func TestTransfer_longLine(t *testing.T) {
	b := newBench(t)
	for i := range 600 {
		b.write(fmt.Sprintf("in/%d", i), []byte("x"))
	}
	var now, top atomic.Int64
	b.s3.failWith(func(http.ResponseWriter, *http.Request) bool {
		n := now.Add(1)
		defer now.Add(-1)
		for seen := top.Load(); n > seen && !top.CompareAndSwap(seen, n); seen = top.Load() {
		}
		time.Sleep(far)
		return false
	})
	if got := b.done(b.upload("", "in")); got.Done != 600 {
		t.Errorf("got %+v", got)
	}
	if n := top.Load(); n <= flow.Start || n > flow.DefaultMax {
		t.Errorf("%d requests at once", n)
	}
}

// A server that is busy and says for how long is left alone for that time, which shows, by all requests.
func TestTransfer_retryAfter(t *testing.T) {
	b := newBench(t)
	for i := range 200 {
		b.s3.has(fmt.Sprint("p/", i), []byte("x"))
	}
	const wait = 2 * time.Second
	var mu sync.Mutex
	var last time.Time // when a request was refused last
	busy, early := true, 0
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case r.URL.Query().Has("list-type"):
		case busy:
			last = time.Now()
			w.Header().Set("Retry-After", fmt.Sprint(wait.Seconds()))
			refuse(w, http.StatusServiceUnavailable, "SlowDown")
			return true
		case time.Since(last) < wait:
			early++
		}
		return false
	})
	id := b.begin(b.download("p/"))
	if got := b.phase(id, app.TransferWaiting); got.Problem == nil || got.Problem.Code != "storage-busy" {
		t.Errorf("it waits for %+v", got.Problem)
	}
	mu.Lock()
	busy = false
	mu.Unlock()
	if got := b.phase(id, app.TransferDone); got.Done != 200 || early != 0 {
		t.Errorf("%d requests came too early: %+v", early, got)
	}
}

// The settings of transfers hold for what has begun too.
func TestTransfer_settings(t *testing.T) {
	b := newBench(t)
	const size, limit = 512 << 10, 256 // KiB a second
	b.write("first", noise(size, 1))
	b.write("second", noise(size, 2))
	began := time.Now()
	held := make(chan struct{})
	b.s3.failWith(func(http.ResponseWriter, *http.Request) bool { <-held; return false })
	id := b.begin(b.upload("", "first"))
	b.phase(id, app.TransferRunning)
	b.sessions.set(settings.Settings{BandwidthLimit: limit, MaxRequests: 3})
	until(t, "limited", func() bool { return b.flowOf(b.s3.URL).Limit() == 3 })
	close(held)
	b.phase(id, app.TransferDone)
	b.done(b.upload("", "second"))
	if took := time.Since(began); took < 3*time.Second {
		t.Errorf("1 MiB took %v", took)
	}
	b.sessions.set(settings.Settings{})
	until(t, "not limited", func() bool { return b.flowOf("another").Limit() == flow.Start })
}

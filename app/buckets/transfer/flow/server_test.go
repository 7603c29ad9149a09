package flow_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app/buckets/transfer/flow"
)

var errBusy, errOther = errors.New("busy"), errors.New("other")

func outcomeOf(err error) flow.Outcome {
	switch {
	case err == nil:
		return flow.Succeeded
	case errors.Is(err, errBusy):
		return flow.Busy
	}
	return flow.Failed
}

func requestOf(do func() error) flow.Request {
	return flow.Request{Do: func(context.Context) error { return do() }, Outcome: outcomeOf, Waits: func(error) func() { return func() {} }}
}

// do makes many requests at once, each of which takes as long as it says, and returns how many there were at most at a time.
func do(t *testing.T, s *flow.Server, count int, request func() error) (highest int64) {
	t.Helper()
	var now, top atomic.Int64
	var all sync.WaitGroup
	for range count {
		all.Go(func() {
			_ = s.Do(t.Context(), requestOf(func() error {
				n := now.Add(1)
				defer now.Add(-1)
				for seen := top.Load(); n > seen && !top.CompareAndSwap(seen, n); seen = top.Load() {
				}
				return request()
			}))
		})
	}
	all.Wait()
	return top.Load()
}

func TestServer_limit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := flow.NewServer(0)
		if n := do(t, s, 2000, func() error { time.Sleep(40 * time.Millisecond); s.Moved(4096); return nil }); n != flow.DefaultMax {
			t.Errorf("%d requests at once", n)
		}
		if s.RoundTrip() != 40*time.Millisecond {
			t.Errorf("a round trip of %v", s.RoundTrip())
		}
		s.SetMax(5)
		if n := do(t, s, 100, func() error { time.Sleep(time.Millisecond); return nil }); n != 5 {
			t.Errorf("%d requests at once with a setting", n)
		}
	})
}

// Requests that fail for other reasons say nothing of how many there may be; those that are refused for their number do.
func TestServer_outcomes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := flow.NewServer(0)
		if n := do(t, s, 500, func() error { time.Sleep(40 * time.Millisecond); return errOther }); n != flow.Start {
			t.Errorf("%d requests at once, of which none succeeds", n)
		}
		do(t, s, 1, func() error { return errBusy })
		if n := do(t, s, 500, func() error { time.Sleep(time.Millisecond); return errOther }); n != flow.Start/2 {
			t.Errorf("%d requests at once to a busy server", n)
		}
	})
}

// No request begins before the server wants one again.
func TestServer_pause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := flow.NewServer(0)
		began := time.Now()
		s.Pause(time.Minute, errBusy)
		s.Pause(time.Second, errOther)
		do(t, s, 100, func() error {
			if time.Since(began) < time.Minute {
				t.Error("a request began in the pause")
			}
			return nil
		})
		ctx, cancel := context.WithCancelCause(t.Context())
		s.Pause(time.Hour, errBusy)
		time.AfterFunc(time.Second, func() { cancel(errOther) })
		r, waiting := requestOf(func() error { return nil }), new(atomic.Int64)
		r.Waits = func(why error) func() {
			if waiting.Add(1); !errors.Is(why, errBusy) {
				t.Errorf("it waits for %v", why)
			}
			return func() { waiting.Add(-1) }
		}
		time.AfterFunc(time.Millisecond, func() {
			if waiting.Load() != 1 {
				t.Error("it does not show that it waits")
			}
		})
		if err := s.Do(ctx, r); !errors.Is(err, errOther) || waiting.Load() != 0 {
			t.Errorf("canceled in a pause: %v, waiting %d", err, waiting.Load())
		}
	})
}

// Who gives up waiting takes no room.
func TestServer_canceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := flow.NewServer(1)
		ctx, cancel := context.WithCancelCause(t.Context())
		release := make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() { _ = s.Do(t.Context(), requestOf(func() error { <-release; return nil })) })
		synctest.Wait()
		for range 10 {
			all.Go(func() {
				if err := s.Do(ctx, requestOf(func() error { return nil })); !errors.Is(err, errOther) {
					t.Errorf("canceled: %v", err)
				}
			})
		}
		synctest.Wait()
		cancel(errOther)
		close(release)
		all.Wait()
		if n := do(t, s, 3, func() error { return nil }); n != 1 {
			t.Errorf("%d requests at once", n)
		}
	})
}

package flow_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app/buckets/transfer/flow"
)

// steady is a plan in which nothing changes.
func steady(limit int64) func(time.Time) int64 { return func(time.Time) int64 { return limit } }

func TestBandwidth_limitsAllTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const limit, chunk = 1 << 20, 256 << 10
		b := flow.NewBandwidth()
		b.Follow(steady(limit))
		began := time.Now()
		var all sync.WaitGroup
		for range 64 {
			all.Go(func() { b.Wait(t.Context(), chunk) })
		}
		all.Wait()
		want := 64 * chunk * time.Second / limit
		if took := time.Since(began); took < want-time.Second/10 || took > want {
			t.Errorf("%v, want %v", took, want)
		}
	})
}

// A plan that changes holds at once, for those that wait too.
func TestBandwidth_changes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := flow.NewBandwidth()
		began := time.Now()
		b.Wait(t.Context(), 1<<40)
		b.Follow(func(now time.Time) int64 {
			if now.Sub(began) < time.Minute {
				return 1 << 10
			}
			return 0
		})
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() { b.Wait(t.Context(), 1<<20) })
		}
		all.Wait()
		if took := time.Since(began); took < time.Minute || took > 2*time.Minute {
			t.Errorf("%v", took)
		}
		b.Follow(steady(0))
		b.Wait(t.Context(), 1<<40)
		b.Follow(steady(1 << 10))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for range 2 {
			all.Go(func() { b.Wait(ctx, 1<<30) })
		}
		all.Wait()
		if took := time.Since(began); took > 3*time.Minute {
			t.Errorf("%v, although it was canceled", took)
		}
	})
}

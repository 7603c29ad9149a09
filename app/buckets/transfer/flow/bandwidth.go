package flow

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Bandwidth bounds the bytes a second of all transfers together. It is safe for concurrent use.
type Bandwidth struct {
	// turn is full while bytes wait for their time. The others wait behind them, so that a change holds for them.
	turn chan struct{}

	mu sync.Mutex
	// plan returns the bytes a second at a moment; zero is no limit.
	plan    func(now time.Time) int64
	limiter *rate.Limiter
}

const (
	// burstsPerSecond is how often bytes pass when there is a limit, so that it holds evenly.
	burstsPerSecond = 20
	// minBurst in bytes is how much passes at once at least.
	minBurst = 16 << 10
)

// NewBandwidth returns a Bandwidth without a limit.
func NewBandwidth() *Bandwidth {
	return &Bandwidth{turn: make(chan struct{}, 1), plan: func(time.Time) int64 { return 0 }}
}

// Follow has a plan hold from now on: the bytes a second at a moment, where zero is no limit.
func (b *Bandwidth) Follow(plan func(now time.Time) int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.plan = plan
}

// Wait returns when n bytes may pass, or ctx ends.
func (b *Bandwidth) Wait(ctx context.Context, n int64) {
	for n > 0 && b.now() != nil {
		passed, err := b.some(ctx, n)
		if err != nil {
			return
		}
		n -= passed
	}
}

// some waits for its turn and then for the time of some of n bytes, and returns how many have passed.
func (b *Bandwidth) some(ctx context.Context, n int64) (passed int64, err error) {
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	limiter := b.now()
	if limiter == nil {
		return n, nil
	}
	passed = min(n, int64(limiter.Burst()))
	return passed, limiter.WaitN(ctx, int(passed))
}

// now returns what bounds the bytes at this moment; nil for nothing.
func (b *Bandwidth) now() *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	limit := b.plan(time.Now())
	switch {
	case limit <= 0:
		b.limiter = nil
	case b.limiter == nil || b.limiter.Limit() != rate.Limit(limit):
		b.limiter = rate.NewLimiter(rate.Limit(limit), int(max(limit/burstsPerSecond, minBurst)))
	}
	return b.limiter
}

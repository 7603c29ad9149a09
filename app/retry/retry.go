// Package retry is how long to wait between attempts that fail.
package retry

import (
	"context"
	"time"
)

// Backoff is a pause that doubles with each failure in a row.
type Backoff struct {
	// First is the pause after the first failure, Max the longest one.
	First, Max time.Duration

	failures int
}

// Pause returns the pause after the nth failure in a row, n from 1.
func (b *Backoff) Pause(n int) time.Duration {
	pause := b.First
	for ; n > 1 && pause < b.Max; n-- {
		pause *= 2
	}
	return min(pause, b.Max)
}

// Next notes a failure and returns the pause that follows it.
func (b *Backoff) Next() time.Duration {
	b.failures++
	return b.Pause(b.failures)
}

// Reset notes a success: the next pause is the first one.
func (b *Backoff) Reset() { b.failures = 0 }

// Sleep waits for d. It returns the cause where ctx ended first.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

package retry_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app/retry"
)

func TestBackoff_doublesUpToTheLongest(t *testing.T) {
	b := retry.Backoff{First: time.Second, Max: 5 * time.Second}
	next := func() (got []time.Duration) {
		for range 5 {
			got = append(got, b.Next()/time.Second)
		}
		return got
	}
	want := []time.Duration{1, 2, 4, 5, 5}
	if got := next(); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	b.Reset()
	if got := next(); !slices.Equal(got, want) {
		t.Errorf("after a success: %v", got)
	}
	for n, want := range map[int]time.Duration{-1: time.Second, 0: time.Second, 1: time.Second, 3: 4 * time.Second, 1 << 30: 5 * time.Second} {
		if got := b.Pause(n); got != want {
			t.Errorf("after %d failures: %v", n, got)
		}
	}
}

func TestSleep_endsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if err := retry.Sleep(t.Context(), time.Minute); err != nil || time.Since(start) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		cause := errors.New("cause")
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(cause)
		if err := retry.Sleep(ctx, time.Hour); !errors.Is(err, cause) || time.Since(start) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

package buckets

import (
	"net/http"
	"testing"
	"time"
)

func TestLearned_retryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	at := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	tests := []struct {
		status           int
		retryAfter, date string
		want             time.Duration
	}{
		{http.StatusServiceUnavailable, "7", "", 7 * time.Second},
		{http.StatusTooManyRequests, "7", "", 7 * time.Second},
		{http.StatusServiceUnavailable, at(time.Minute), "", time.Minute},
		{http.StatusServiceUnavailable, at(time.Minute), at(30 * time.Second), 30 * time.Second}, // its clock is fast
		{http.StatusServiceUnavailable, at(-time.Minute), "", 0},
		{http.StatusServiceUnavailable, "86400", "", maxRetryAfter},
		{http.StatusServiceUnavailable, "-1", "", 0},
		{http.StatusServiceUnavailable, "soon", "", 0},
		{http.StatusServiceUnavailable, "", "", 0},
		{http.StatusMovedPermanently, "7", "", 0},
		{http.StatusOK, "7", "", 0},
	}
	for _, tt := range tests {
		var l Learned
		l.learnRetry(&http.Response{StatusCode: tt.status, Header: http.Header{"Retry-After": {tt.retryAfter}, "Date": {tt.date}}}, now)
		got := time.Duration(0)
		if at := l.retryAt.Load(); at != 0 {
			got = time.Unix(0, at).Sub(now)
		}
		if got != tt.want {
			t.Errorf("%d, %q by the clock of %q: %v, want %v", tt.status, tt.retryAfter, tt.date, got, tt.want)
		}
	}
}

// A page is not requested again before the server wants that, unless that is in a moment.
func TestPage_retryAfter(t *testing.T) {
	for wait, want := range map[string]int{"0": 3, "60": 1} {
		requests := 0
		c := open(t, func(w http.ResponseWriter, _ *http.Request) {
			requests++
			w.Header().Set("Retry-After", wait)
			w.WriteHeader(http.StatusServiceUnavailable)
		})
		if _, err := c.Page(t.Context(), "lake", "", "", 1); err == nil || requests != want {
			t.Errorf("Retry-After: %s: %d requests, %v", wait, requests, err)
		}
		if after := c.RetryAfter(); (after > 0) != (wait == "60") || after > time.Minute {
			t.Errorf("Retry-After: %s: %v", wait, after)
		}
	}
}

package buckets

import (
	"net/http"
	"strconv"
	"time"
)

// maxRetryAfter is how long a server may ask for no requests at most.
const maxRetryAfter = 5 * time.Minute

// RetryAfter returns for how long the server has asked for no more requests, by the Retry-After of its last answer that it is
// busy; zero where it has not, or that time is over.
func (c *Client) RetryAfter() time.Duration {
	return max(time.Until(time.Unix(0, c.learned.retryAt.Load())), 0)
}

// learnRetry takes over when a busy server wants requests again.
func (l *Learned) learnRetry(res *http.Response, now time.Time) {
	if res.StatusCode != http.StatusTooManyRequests && res.StatusCode != http.StatusServiceUnavailable {
		return
	}
	if wait := retryAfter(res.Header, now); wait > 0 {
		l.retryAt.Store(now.Add(min(wait, maxRetryAfter)).UnixNano())
	}
}

// retryAfter reads a Retry-After: seconds, or a time by the server's clock. Zero is none.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return max(at.Sub(now), 0)
}

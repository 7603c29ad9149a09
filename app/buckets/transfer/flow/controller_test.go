package flow_test

import (
	"testing"
	"time"

	"daypass/app/buckets/transfer/flow"
)

// line is a server at some distance that does so many requests a second.
type line struct {
	roundTrip time.Duration
	perSecond float64
	bytes     int64
}

// run drives a Controller for some time as so many workers do that always have work, and returns when that ends and the
// highest limit there was.
func (l line) run(c *flow.Controller, at time.Time, span time.Duration, workers int) (end time.Time, highest int) {
	for end = at.Add(span); at.Before(end); highest = max(highest, c.Limit()) {
		n := min(c.Limit(), workers)
		took := max(l.roundTrip, time.Duration(float64(n)/l.perSecond*float64(time.Second)))
		at = at.Add(took / time.Duration(n))
		c.Done(flow.Sample{Bytes: l.bytes, Took: took, At: at, InFlight: n})
	}
	return at, highest
}

var began = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func TestController_followsLine(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name     string
		line     line
		max      int
		workers  int
		low, top int
	}{
		{"near, and busy with what it has", line{ms, 2000, 4 << 10}, 0, 1000, 16, 32},
		{"far", line{40 * ms, 5000, 4 << 10}, 0, 1000, 64, 64},
		{"far, and allowed more", line{100 * ms, 5000, 4 << 10}, 256, 1000, 200, 256},
		{"far, and allowed little", line{40 * ms, 5000, 4 << 10}, 8, 1000, 8, 8},
		{"far, and narrow", line{40 * ms, 500, 1 << 20}, 0, 1000, 16, 45},
		{"little to do", line{40 * ms, 5000, 4 << 10}, 0, 10, 16, 32},
	}
	for _, tt := range tests {
		c := flow.NewController(tt.max)
		_, highest := tt.line.run(c, began, 10*time.Second, tt.workers)
		if n := c.Limit(); n < tt.low || n > tt.top || tt.max > 0 && highest > tt.max || tt.max == 0 && highest > flow.DefaultMax {
			t.Errorf("%s: %d requests at once, at most %d, want %d to %d", tt.name, n, highest, tt.low, tt.top)
		}
		if got := c.RoundTrip(); got < tt.line.roundTrip || got > 2*tt.line.roundTrip && tt.line.roundTrip > 10*ms {
			t.Errorf("%s: a round trip of %v", tt.name, got)
		}
	}
}

// On a long line the limit is there within a second.
func TestController_startsFast(t *testing.T) {
	c := flow.NewController(0)
	line{40 * time.Millisecond, 1e6, 4 << 10}.run(c, began, 600*time.Millisecond, 1000)
	if c.Limit() != flow.DefaultMax {
		t.Errorf("%d requests at once", c.Limit())
	}
}

// A busy server gets half as much for each second in which it says so, and more again when it no longer does.
func TestController_busy(t *testing.T) {
	c := flow.NewController(0)
	l := line{40 * time.Millisecond, 1e6, 4 << 10}
	at, _ := l.run(c, began, 2*time.Second, 1000)
	for range 50 { // all that were on their way
		c.Busy(at)
	}
	if c.Limit() != 32 {
		t.Errorf("after one time: %d", c.Limit())
	}
	for range 20 {
		at = at.Add(time.Second)
		c.Busy(at)
	}
	if c.Limit() != 2 {
		t.Errorf("after many times: %d", c.Limit())
	}
	l.run(c, at, time.Minute, 1000)
	if c.Limit() < flow.DefaultMax-4 { // a step of a few is no gain that could be measured
		t.Errorf("a minute after the last time: %d", c.Limit())
	}
}

// Where the throughput is lost, so are the requests that gain nothing.
func TestController_loss(t *testing.T) {
	c := flow.NewController(0)
	at, _ := line{40 * time.Millisecond, 1e6, 1 << 20}.run(c, began, 2*time.Second, 1000)
	line{40 * time.Millisecond, 50, 1 << 20}.run(c, at, 2*time.Minute, 1000)
	if n := c.Limit(); n >= flow.DefaultMax || n < flow.Start {
		t.Errorf("%d requests at once", n)
	}
}

// What is measured before a pause is not mixed with what comes after it, and a setting holds at once.
func TestController_idle(t *testing.T) {
	c := flow.NewController(0)
	l := line{40 * time.Millisecond, 1e6, 4 << 10}
	at, _ := l.run(c, began, 2*time.Second, 1000)
	for range 100 {
		c.Idle()
		at, _ = l.run(c, at.Add(time.Hour), 100*time.Millisecond, 1000)
	}
	if c.Limit() != flow.DefaultMax {
		t.Errorf("%d requests at once", c.Limit())
	}
	c.SetMax(8)
	if c.Limit() != 8 {
		t.Errorf("with a setting: %d", c.Limit())
	}
}

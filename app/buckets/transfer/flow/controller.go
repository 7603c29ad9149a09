// Package flow decides how many requests are on their way to one storage server at once. On a long line a request mostly
// waits, so that more of them at once move more; a server that is near, or busy, gains nothing from them.
//
// Controller is the decision, without clock, goroutine or lock. Server applies it to the requests of all transfers.
package flow

import "time"

const (
	// Start is how many requests a server gets at once while nothing is known of it. A loss of throughput does not lead
	// below it.
	Start = 16
	// DefaultMax is how many requests a server gets at once at most, where no setting says otherwise.
	DefaultMax = 64
	// minLimit is what a busy server gets at least.
	minLimit = 2
	// Far is a round trip from which a request mostly waits for the line.
	Far = 20 * time.Millisecond

	// minEpoch is how long one measurement of the throughput lasts at least.
	minEpoch = 50 * time.Millisecond
	// perRequest in bytes is what a request costs besides its content, so that small files count too.
	perRequest = 128 << 10
	// startGain is by how much throughput must grow for another doubling, probeGain for a smaller step to be kept.
	startGain, probeGain = 1.2, 1.05
	// probeEvery is how many measurements pass between two attempts with more requests.
	probeEvery = 8
	// lossShare of the usual throughput, in lossEpochs measurements in a row, is a loss.
	lossShare, lossEpochs = 0.5, 3
	// busyPause is how long after an answer that the server is busy the next one counts as the same.
	busyPause = time.Second
	// rttSpan is for how long the shortest round trip is remembered at least.
	rttSpan = time.Minute
)

// phase is what a Controller is doing.
type phase int

const (
	// starting doubles the limit while that helps.
	starting phase = iota
	// steady keeps the limit.
	steady
	// probing tries a few more.
	probing
)

// Controller says how many requests one server gets at once: it doubles them while the throughput grows, tries some more now
// and then, and takes some back when the server is busy or the throughput is lost. It is not safe for concurrent use.
type Controller struct {
	max, limit int
	phase      phase
	epoch      epoch
	// rate is the usual throughput in units of work a second, and before the limit that it belongs to while another is
	// tried.
	rate   float64
	before int
	// epochs counts the measurements since the limit was changed, low those in a row that were losses.
	epochs, low int
	busyAt      time.Time
	rtt         roundTrip
}

// Sample is one request that has ended well.
type Sample struct {
	// Bytes is what all requests have moved since the last Sample.
	Bytes int64
	// Took is the time from the request to its end, At its end.
	Took time.Duration
	At   time.Time
	// InFlight is how many requests there were until then, this one included.
	InFlight int
}

// epoch is one measurement of the throughput. It begins when as many requests as allowed are on their way.
type epoch struct {
	since    time.Time
	requests int
	bytes    int64
}

// NewController returns the Controller of a server of which nothing is known, with at most limit requests at once; zero is
// DefaultMax.
func NewController(limit int) *Controller {
	c := new(Controller)
	c.SetMax(limit)
	return c
}

// SetMax changes how many requests there are at once at most, and begins to look for the best number again; zero is
// DefaultMax.
func (c *Controller) SetMax(limit int) {
	if limit <= 0 {
		limit = DefaultMax
	}
	if limit == c.max {
		return
	}
	c.max, c.rate = limit, 0
	c.become(starting, Start)
}

// Limit returns how many requests may be on their way at once now.
func (c *Controller) Limit() int { return c.limit }

// RoundTrip returns the shortest time that a request has taken lately; zero while there was none.
func (c *Controller) RoundTrip() time.Duration { return c.rtt.shortest() }

// Done takes note of a request that has ended well.
func (c *Controller) Done(s Sample) {
	first := c.rtt.shortest() == 0
	c.rtt.add(s.Took, s.At)
	if first && c.phase == starting && s.Took >= Far {
		c.become(starting, 2*Start)
	}
	switch {
	case !c.epoch.since.IsZero():
		c.epoch.requests++
		c.epoch.bytes += s.Bytes
	case s.InFlight >= c.limit:
		c.epoch.since = s.At
	}
	if took := s.At.Sub(c.epoch.since); !c.epoch.since.IsZero() && c.epoch.requests >= c.limit && took >= minEpoch {
		work := float64(c.epoch.bytes) + perRequest*float64(c.epoch.requests)
		c.epoch = epoch{}
		c.measured(work / took.Seconds())
	}
}

// Idle takes note that nothing is on its way: what follows is another measurement.
func (c *Controller) Idle() { c.epoch = epoch{} }

// Busy takes note that the server has answered that it gets too many requests.
func (c *Controller) Busy(at time.Time) {
	if !c.busyAt.IsZero() && at.Sub(c.busyAt) < busyPause {
		return
	}
	c.busyAt = at
	c.become(steady, max(c.limit/2, minLimit))
	c.rate = 0
}

// measured decides by the throughput that the limit has led to.
func (c *Controller) measured(rate float64) {
	switch c.phase {
	case starting:
		c.started(rate)
	case probing:
		c.probed(rate)
	default:
		c.watch(rate)
	}
}

func (c *Controller) started(rate float64) {
	if rate < startGain*c.rate {
		c.become(steady, c.before)
		return
	}
	c.rate, c.before = rate, c.limit
	if c.limit >= c.max {
		c.become(steady, c.limit)
		return
	}
	c.become(starting, 2*c.limit)
}

func (c *Controller) probed(rate float64) {
	if rate < probeGain*c.rate {
		c.become(steady, c.before)
		return
	}
	c.rate = rate
	c.probe()
}

// probe tries a few requests more, where there may be any.
func (c *Controller) probe() {
	c.before = c.limit
	if c.limit >= c.max {
		c.become(steady, c.limit)
		return
	}
	c.become(probing, c.limit+max(c.limit/4, 1))
}

// watch looks for a loss of throughput, and for the time to try more requests.
func (c *Controller) watch(rate float64) {
	c.epochs++
	if rate >= lossShare*c.rate {
		c.low = 0
		if c.rate == 0 {
			c.rate = rate
		}
		c.rate += (rate - c.rate) / probeEvery
		if c.epochs >= probeEvery {
			c.probe()
		}
		return
	}
	if c.low++; c.low >= lossEpochs {
		c.become(steady, max(c.limit*3/4, min(c.limit, Start)))
		c.rate = rate
	}
}

// become changes the limit, and begins another measurement.
func (c *Controller) become(p phase, limit int) {
	c.phase, c.limit = p, min(limit, c.max)
	c.epochs, c.low, c.epoch = 0, 0, epoch{}
}

// roundTrip is the shortest time of a request in this span of time and the one before.
type roundTrip struct {
	now, earlier time.Duration
	since        time.Time
}

func (r *roundTrip) add(took time.Duration, at time.Time) {
	took = max(took, 1)
	if at.Sub(r.since) >= rttSpan {
		r.earlier, r.now, r.since = r.now, 0, at
	}
	if r.now == 0 || took < r.now {
		r.now = took
	}
}

func (r *roundTrip) shortest() time.Duration {
	if r.earlier == 0 || r.now == 0 {
		return max(r.earlier, r.now)
	}
	return min(r.earlier, r.now)
}

package transfer

import (
	"math"
	"time"

	"daypass/app"
)

// speed is a smoothed rate of bytes. It is looked at a few times a second.
type speed struct {
	rate float64
	last int64
	at   time.Time
}

// memorySpan is how long ago an update counts for a third of what one counts now.
const memorySpan = 4 * time.Second

// update takes note that done bytes are there by now.
func (s *speed) update(done int64, now time.Time) {
	passed := now.Sub(s.at)
	switch {
	case s.at.IsZero() || done < s.last:
		s.rate = 0
	case passed <= 0:
		return
	default:
		current := float64(done-s.last) / passed.Seconds()
		if s.rate == 0 {
			s.rate = current
			break
		}
		weight := 1 - math.Exp(-passed.Seconds()/memorySpan.Seconds())
		s.rate += (current - s.rate) * weight
	}
	s.last, s.at = done, now
}

// progress returns how far something of size bytes has come.
func (s *speed) progress(done, size int64) app.Progress {
	p := app.Progress{Done: done, Size: size, Speed: math.Round(s.rate)}
	if remaining := size - done; remaining > 0 && s.rate >= 1 {
		p.Remaining = app.Seconds(math.Ceil(min(float64(remaining)/s.rate, math.MaxInt32)))
	}
	return p
}

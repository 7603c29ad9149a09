package present

import (
	"time"

	"daypass/app/messages"
)

// countdown turns instants into words and remembers when the first of those words goes out of date.
type countdown struct{ now, next time.Time }

// left is the time until t in whole seconds, rounded up, so that zero means over.
func (c *countdown) left(t time.Time) time.Duration {
	d := t.Sub(c.now)
	if d <= 0 {
		return 0
	}
	return (d + time.Second - 1).Truncate(time.Second)
}

// changesIn notes that what was written last is out of date once d has passed.
func (c *countdown) changesIn(d time.Duration) {
	if at := c.now.Add(d); c.next.IsZero() || at.Before(c.next) {
		c.next = at
	}
}

// secondsFrom is how much time is left when seconds begin to matter. Before, a clock that shows them would have the
// whole window painted once a second, for as long as it is open.
const secondsFrom = 10 * time.Minute

// clock is the time left, with seconds towards the end: "9:59", "42 min", "6 h 12 min", "3 d 4 h".
func (c *countdown) clock(t time.Time) string {
	left := c.left(t)
	if left > secondsFrom {
		c.changesIn(left - secondsFrom)
		return c.coarse(t)
	}
	if left > 0 {
		c.changesIn(time.Second)
	}
	return formatter().Clock(left)
}

// coarse is the time left without seconds: "42 min", "6 h 12 min", "3 d 4 h".
func (c *countdown) coarse(t time.Time) string {
	left := c.left(t)
	switch {
	case left <= 0:
		return formatter().None()
	case left < time.Minute:
		c.changesIn(left)
		return messages.Text("common.less-than-1-min")
	case left < 24*time.Hour:
		c.changesIn(left%time.Minute + time.Second)
	default:
		c.changesIn(left%time.Hour + time.Second)
	}
	return Span(left)
}

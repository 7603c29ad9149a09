package settings

import (
	"strings"
	"time"
)

// Hours are a part of each day, such as "08:00-18:00", by the clock of this computer; they may go on past midnight. Empty is
// the whole day.
type Hours string

// clock is how a time of day is written.
const clock = "15:04"

// Span returns when the hours begin and end, from midnight. It reports false for what is none.
func (h Hours) Span() (from, to time.Duration, ok bool) {
	begin, end, found := strings.Cut(string(h), "-")
	from, isTime := timeOfDay(begin)
	to, isTimeToo := timeOfDay(end)
	return from, to, found && isTime && isTimeToo && from != to
}

func timeOfDay(text string) (time.Duration, bool) {
	t, err := time.Parse(clock, text)
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, err == nil && t.Format(clock) == text
}

// Contain reports whether a moment is in the hours, in its own time zone.
func (h Hours) Contain(now time.Time) bool {
	if h == "" {
		return true
	}
	from, to, ok := h.Span()
	at := time.Duration(now.Hour())*time.Hour + time.Duration(now.Minute())*time.Minute
	if from < to {
		return ok && at >= from && at < to
	}
	return ok && (at >= from || at < to)
}

package format

import (
	"fmt"
	"strings"
	"time"
)

const day = 24 * time.Hour

// Span returns a duration in its two largest units, rounded down: "3 d 4 h", "6 h 12 min", "42 min", "59 s".
func (f Formatter) Span(d time.Duration) string {
	l := f.lang()
	days, hours, minutes := int(d/day), int(d/time.Hour)%24, int(d/time.Minute)%60
	var parts []string
	add := func(n int, unit string) {
		if n > 0 && len(parts) < 2 {
			parts = append(parts, l.amount(n, unit))
		}
	}
	add(days, l.day)
	add(hours, l.hour)
	if days == 0 {
		add(minutes, l.minute)
	}
	if len(parts) == 0 {
		return l.amount(int(d/time.Second), l.second)
	}
	return strings.Join(parts, l.gap)
}

// Largest returns a duration in its largest unit, rounded down, and how long it is as written. Both are empty for less
// than a minute.
func (f Formatter) Largest(d time.Duration) (text string, written time.Duration) {
	l := f.lang()
	for _, unit := range []struct {
		name string
		size time.Duration
	}{{l.day, day}, {l.hour, time.Hour}, {l.minute, time.Minute}} {
		if n := d / unit.size; n > 0 {
			return l.amount(int(n), unit.name), n * unit.size
		}
	}
	return "", 0
}

// Hours returns a duration in hours and minutes, rounded down, for columns: "30 h 05 min", "42 min". It is empty for less
// than a minute.
func (f Formatter) Hours(d time.Duration) string {
	l := f.lang()
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case hours > 0:
		return l.amount(hours, l.hour) + l.gap + fmt.Sprintf("%02d", minutes) + l.gap + l.minute
	case minutes > 0:
		return l.amount(minutes, l.minute)
	}
	return ""
}

// None returns what is written for no time at all: "0 min".
func (f Formatter) None() string { return f.lang().amount(0, f.lang().minute) }

// Clock returns a duration in minutes and seconds, as a clock that runs down: "42:10".
func (f Formatter) Clock(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

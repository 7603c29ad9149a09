package format

import (
	"fmt"
	"time"
)

// Day returns a past instant as one looks for it: the time for today and yesterday, the date otherwise; empty for none.
// The time zone is that of now.
func (f Formatter) Day(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	l := f.lang()
	t = t.In(now.Location())
	switch daysFrom(now, t) {
	case 0:
		return l.today + " " + t.Format(l.clock)
	case -1:
		return l.yesterday + " " + t.Format(l.clock)
	}
	return f.Date(t)
}

// Moment returns an instant with the hour, past or to come. The time zone is that of now.
func (f Formatter) Moment(t, now time.Time) string {
	l := f.lang()
	t = t.In(now.Location())
	switch daysFrom(now, t) {
	case 0:
		return l.today + " " + t.Format(l.clock)
	case 1:
		return l.tomorrow + " " + t.Format(l.clock)
	case -1:
		return l.yesterday + " " + t.Format(l.clock)
	}
	return f.Instant(t)
}

// TimeOn returns the hour and the day of an instant, in its own time zone: "15:04 on 2 January".
func (f Formatter) TimeOn(t time.Time) string {
	l := f.lang()
	return fmt.Sprintf(l.timeOn, t.Format(l.clock), l.month(t, l.longDate))
}

// TimeOfDay returns the hour of an instant, in its own time zone.
func (f Formatter) TimeOfDay(t time.Time) string { return t.Format(f.lang().clock) }

// Date returns the day of an instant, with its year, in its own time zone.
func (f Formatter) Date(t time.Time) string { return f.lang().month(t, f.lang().date) }

// Instant returns the date and the hour of an instant, in its own time zone.
func (f Formatter) Instant(t time.Time) string { return f.Date(t) + " " + t.Format(f.lang().clock) }

// daysFrom returns how many days t is after now, by the calendar. Both are in the same time zone.
func daysFrom(now, t time.Time) int {
	midnight := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(midnight(t).Sub(midnight(now)) / day)
}

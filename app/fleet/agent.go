package fleet

import (
	"math/rand/v2"
	"time"

	"daypass/app/schedule"
	"daypass/app/session"
)

// A working day, in times of day.
const (
	firstSignIn, lastSignIn = 8*time.Hour + 30*time.Minute, 9*time.Hour + 30*time.Minute
	firstLunch, lastLunch   = 11*time.Hour + 30*time.Minute, 13 * time.Hour
	firstLeaves, lastLeaves = 16*time.Hour + 30*time.Minute, 18*time.Hour + 30*time.Minute
)

// noticed is how long an agent takes at most to notice that its computer has slept: a timer does not count that time.
const noticed = schedule.MaxSleep

// agent is one user's.
type agent struct {
	state   session.State
	signsIn time.Duration
	sleeps  []span
	// alarm numbers the settings of the alarm; only the last one goes off.
	alarm   int
	expired bool
}

// span is a part of the day.
type span struct{ from, to time.Duration }

// newAgent returns an agent whose user signs in at about nine, closes the laptop for lunch and for two meetings, and
// takes it home in the evening.
func newAgent(r *rand.Rand) *agent {
	a := &agent{state: session.New()}
	half := (lastSignIn - firstSignIn) / 2
	a.signsIn = firstSignIn + between(r, 0, half) + between(r, 0, half)
	a.sleep(between(r, firstLunch, lastLunch), between(r, 20*time.Minute, time.Hour))
	a.sleep(between(r, lastSignIn, firstLunch), between(r, 5*time.Minute, 40*time.Minute))
	a.sleep(between(r, lastLunch, firstLeaves), between(r, 5*time.Minute, 40*time.Minute))
	a.sleep(between(r, firstLeaves, lastLeaves), 24*time.Hour)
	return a
}

func (a *agent) sleep(from, length time.Duration) {
	a.sleeps = append(a.sleeps, span{from, from + length})
}

// asleepUntil returns when a computer that sleeps at a time of day wakes up; zero where it is awake.
func (a *agent) asleepUntil(at time.Duration) (until time.Duration) {
	for _, s := range a.sleeps {
		if s.from <= at && at < s.to {
			until = max(until, s.to)
		}
	}
	return until
}

// sleptWithin reports whether the computer has slept in a part of the day.
func (a *agent) sleptWithin(from, to time.Duration) bool {
	for _, s := range a.sleeps {
		if s.from < to && from < s.to+noticed {
			return true
		}
	}
	return false
}

// between returns a time from low up to high.
func between(r *rand.Rand, low, high time.Duration) time.Duration {
	return low + time.Duration(r.Int64N(int64(high-low)))
}

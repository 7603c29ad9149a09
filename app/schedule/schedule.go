// Package schedule decides when things happen during a session: when to renew, how long
// to back off after a failure, and whether the clock has jumped. All of it is pure but Alarm, the
// timer of all sessions, and Timer.
package schedule

import (
	"time"

	"daypass/app/retry"
)

const (
	// Floor is the minimum remaining lifetime of issued credentials while a renewal is possible. The AWS SDKs
	// ask for new credentials when 15 minutes are left and block their caller at 10.
	Floor = 16 * time.Minute

	// share of the lifetime that remains when it is time to renew, and the spread that prevents a thousand
	// people who signed in at nine from renewing in the same second.
	renewShare  = 5
	jitterShare = 20

	// spreadShare of the lifetime is the spread of the renewal that follows an outage: all who were waiting for its end
	// were renewed within MaxBackoff, and would come back together after each lifetime.
	spreadShare = 0.4

	firstBackoff = 2 * time.Second
	maxBackoff   = 256 * time.Second
	// spreadBackoff is the largest part that is added to a back-off at random.
	spreadBackoff = 8

	// lastTry is how long before credentials expire they are tried to be renewed once more, whatever the back-off.
	lastTry = 30 * time.Second
)

// MaxBackoff is the longest back-off with its jitter: an outage's end is noticed within that time. It is long because
// everybody in a company waits for the same end, and all of them come within this time.
const MaxBackoff = maxBackoff + maxBackoff/spreadBackoff

// RenewAt is when credentials issued at issued that expire at expires are renewed: with a fifth of their
// lifetime remaining and never with less than Floor, or at half for a lifetime too short for that. jitter in
// [0, 1) moves the moment earlier, by at most a twentieth of the lifetime.
func RenewAt(issued, expires time.Time, jitter float64) time.Time {
	return renewAt(issued, expires, jitter/jitterShare)
}

// RenewAfterOutage is RenewAt for credentials that could not be had at once. Its jitter moves the moment by at most two
// fifths of the lifetime.
func RenewAfterOutage(issued, expires time.Time, jitter float64) time.Time {
	return renewAt(issued, expires, jitter*spreadShare)
}

// renewAt is RenewAt with a share of the lifetime by which the moment moves earlier.
func renewAt(issued, expires time.Time, share float64) time.Time {
	lifetime := expires.Sub(issued)
	if lifetime <= 0 {
		return issued
	}
	remaining := min(max(lifetime/renewShare, Floor), lifetime/2)
	remaining += time.Duration(share * float64(lifetime))
	return expires.Add(-remaining)
}

// Backoff is how long to wait after the nth failure in a row (n from 1): 2 s, doubling, and with its jitter in [0, 1)
// never more than MaxBackoff. So it is about as long as the outage has lasted, and short after a short one.
func Backoff(n int, jitter float64) time.Duration {
	backoff := retry.Backoff{First: firstBackoff, Max: maxBackoff}
	wait := backoff.Pause(n)
	return wait + time.Duration(jitter*float64(wait/spreadBackoff))
}

// Retry is when to try again after the nth failure in a row, of an attempt that began at began and
// has failed at now. The back-off counts from the beginning, so that a request that hung until its
// time-out is not followed by a whole pause as well; but there always is a pause. Credentials that expire at expires,
// the zero time for none, are tried to be renewed shortly before that in any case.
func Retry(began, now, expires time.Time, n int, jitter float64) time.Time {
	at, soonest := began.Add(Backoff(n, jitter)), now.Add(Backoff(1, jitter))
	if at.Before(soonest) || at.After(now.Add(Backoff(n, jitter))) { // a clock that was set says nothing
		at = soonest
	}
	last := expires.Add(-lastTry - time.Duration(jitter*float64(lastTry)/2))
	if last.After(soonest) && at.After(last) {
		return last
	}
	return at
}

// Jump is how far the wall clock moved beyond what the monotonic clock says has passed: positive
// after a suspend or when the clock was set forward, negative when it was set back.
func Jump(wallBefore, wallNow time.Time, monotonic time.Duration) time.Duration {
	return wallNow.Sub(wallBefore) - monotonic
}

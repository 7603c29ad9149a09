package stsclient

import (
	"regexp"
	"strconv"
	"sync"
	"time"
)

// bound finds a limit in seconds in a server's words on the duration.
type bound func() *regexp.Regexp

func boundIn(pattern string) bound {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

var (
	bothBounds = boundIn(`(?i)between (\d+) (?:seconds )?(?:and|to) (\d+)`)
	upperBound = boundIn(`(?i)(?:less than or equal to|at most|no more than|maximum (?:of|is|duration:?|duration of)|exceeds? (?:the )?(?:maximum|limit)(?: of)?|<=) ?(\d+)`)
	lowerBound = boundIn(`(?i)(?:greater than or equal to|at least|no less than|minimum (?:of|is|duration:?|duration of)|>=) ?(\d+)`)
)

// durationLimits reads from an error response which lifetimes the server accepts; zero where it does not say.
func durationLimits(message string) (low, high time.Duration) {
	if m := bothBounds().FindStringSubmatch(message); m != nil {
		return inSeconds(m[1]), inSeconds(m[2])
	}
	if m := lowerBound().FindStringSubmatch(message); m != nil {
		low = inSeconds(m[1])
	}
	if m := upperBound().FindStringSubmatch(message); m != nil {
		high = inSeconds(m[1])
	}
	return low, high
}

// maxLimit keeps a number that no server means out of the arithmetic.
const maxLimit = 10 * 365 * 24 * time.Hour

func inSeconds(digits string) time.Duration {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > int64(maxLimit/time.Second) {
		return 0
	}
	return time.Duration(n) * time.Second
}

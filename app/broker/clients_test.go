package broker

import (
	"testing"
	"time"
)

func TestReportedExpiry_beforeTheExpiryAndNeverPast(t *testing.T) {
	now := time.Unix(1_900_000_000, 0)
	for left, want := range map[time.Duration]time.Duration{
		time.Hour: time.Hour - earlier, 20 * time.Second: 18 * time.Second, time.Second: 900 * time.Millisecond,
	} {
		if got := reportedExpiry(now.Add(left), now).Sub(now); got != want {
			t.Errorf("%v left are told as %v", left, got)
		}
	}
}

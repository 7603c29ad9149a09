package schedule_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app/schedule"
)

var t0 = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func TestRenewAt_lifetimes(t *testing.T) {
	for _, c := range []struct{ life, left time.Duration }{
		{12 * time.Hour, 144 * time.Minute},          // a fifth
		{2 * time.Hour, 24 * time.Minute},            // a fifth
		{80 * time.Minute, 16 * time.Minute},         // a fifth is just the floor
		{time.Hour, 16 * time.Minute},                // the floor
		{32 * time.Minute, 16 * time.Minute},         // floor and half agree
		{15 * time.Minute, 450 * time.Second},        // too short for the floor: half
		{2 * time.Minute, time.Minute},               // the sandbox
		{7 * 24 * time.Hour, 7 * 24 * time.Hour / 5}, // the longest
	} {
		at := schedule.RenewAt(t0, t0.Add(c.life), 0)
		if remaining := t0.Add(c.life).Sub(at); remaining != c.left {
			t.Errorf("life %v: renewed with %v left, want %v", c.life, remaining, c.left)
		}
	}
}

// The renewal is never late, and never before the credentials exist.
func TestRenewAt_withinLifetime(t *testing.T) {
	for lifetime := time.Second; lifetime < 8*24*time.Hour; lifetime = lifetime*5/4 + time.Second {
		for _, jitter := range []float64{0, 0.3, 0.999} {
			at := schedule.RenewAt(t0, t0.Add(lifetime), jitter)
			remaining := t0.Add(lifetime).Sub(at)
			if at.Before(t0) || remaining <= 0 {
				t.Fatalf("life %v, jitter %v: renewal at %v", lifetime, jitter, at.Sub(t0))
			}
			if lifetime >= 32*time.Minute && remaining < schedule.Floor {
				t.Fatalf("life %v, jitter %v: only %v left", lifetime, jitter, remaining)
			}
		}
	}
	if at := schedule.RenewAt(t0, t0.Add(-time.Hour), 0.5); !at.Equal(t0) {
		t.Errorf("keys that were born dead are renewed at %v", at)
	}
}

// The pause grows with the outage, and never passes five minutes.
func TestBackoff_growsWithOutage(t *testing.T) {
	last, lasted := time.Duration(0), time.Duration(0)
	for n := 1; n < 50; n++ {
		low, high := schedule.Backoff(n, 0), schedule.Backoff(n, 0.999)
		if low < last || high < low || high > schedule.MaxBackoff || low < time.Second {
			t.Fatalf("failure %d: between %v and %v after %v", n, low, high, last)
		}
		if n > 1 && low > lasted+2*time.Second {
			t.Fatalf("failure %d: a pause of %v in an outage of %v", n, low, lasted)
		}
		last, lasted = low, lasted+low
	}
	if schedule.MaxBackoff >= 5*time.Minute {
		t.Errorf("the end of an outage is noticed after %v", schedule.MaxBackoff)
	}
	if schedule.Backoff(0, 0) != schedule.Backoff(1, 0) {
		t.Error("a failure that was not counted waits longer than the first")
	}
}

// The pause counts from the beginning of the attempt, and there always is one.
func TestRetry_countsFromBeginning(t *testing.T) {
	for name, c := range map[string]struct {
		took time.Duration // from the beginning to the failure
		n    int
		want time.Duration // from the failure to the next try
	}{
		"failed at once":            {0, 4, 16 * time.Second},
		"hung for a while":          {10 * time.Second, 4, 6 * time.Second},
		"hung for long":             {20 * time.Second, 9, 236 * time.Second},
		"hung for longer":           {time.Minute, 5, 2 * time.Second},
		"the clock was set back":    {-time.Hour, 5, 2 * time.Second},
		"the clock was set forward": {time.Hour, 5, 2 * time.Second},
	} {
		if got := schedule.Retry(t0, t0.Add(c.took), time.Time{}, c.n, 0).Sub(t0.Add(c.took)); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// However long the pauses are, credentials are tried to be renewed shortly before they expire.
func TestRetry_onceMoreBeforeExpiry(t *testing.T) {
	for name, c := range map[string]struct{ left, low, high time.Duration }{
		"they are valid for long":   {time.Hour, 256 * time.Second, 288 * time.Second},
		"they expire in the pause":  {3 * time.Minute, 135 * time.Second, 150 * time.Second},
		"that was the last attempt": {20 * time.Second, 256 * time.Second, 288 * time.Second},
		"they have expired":         {-time.Minute, 256 * time.Second, 288 * time.Second},
	} {
		for _, jitter := range []float64{0, 0.5, 0.999} {
			if got := schedule.Retry(t0, t0, t0.Add(c.left), 20, jitter).Sub(t0); got < c.low || got > c.high {
				t.Errorf("%s: %v, want between %v and %v", name, got, c.low, c.high)
			}
		}
	}
}

// Those who were renewed together after an outage are spread over the next lifetime, and none of them is late.
func TestRenewAfterOutage_spreads(t *testing.T) {
	for lifetime := time.Minute; lifetime < 8*24*time.Hour; lifetime *= 2 {
		first := schedule.RenewAfterOutage(t0, t0.Add(lifetime), 0.999)
		last := schedule.RenewAfterOutage(t0, t0.Add(lifetime), 0)
		if spread := last.Sub(first); spread < lifetime/3 || !first.After(t0) {
			t.Errorf("life %v: renewed from %v to %v", lifetime, first.Sub(t0), last.Sub(t0))
		}
		if !last.Equal(schedule.RenewAt(t0, t0.Add(lifetime), 0)) {
			t.Errorf("life %v: renewed as late as %v", lifetime, last.Sub(t0))
		}
	}
}

func TestJump_ofClock(t *testing.T) {
	for name, c := range map[string]struct{ wall, mono, want time.Duration }{
		"time passes":       {time.Minute, time.Minute, 0},
		"the laptop slept":  {8 * time.Hour, time.Minute, 8*time.Hour - time.Minute},
		"clock set back":    {-2 * time.Hour, time.Minute, -2*time.Hour - time.Minute},
		"clock set forward": {3*time.Hour + time.Second, time.Second, 3 * time.Hour},
	} {
		if got := schedule.Jump(t0, t0.Add(c.wall), c.mono); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// The alarm wakes at the deadline, and every thirty seconds before.
func TestAlarm_wakesAtDeadlineAndEveryThirtySeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		alarm := schedule.NewAlarm()
		go alarm.Run(ctx)
		start := time.Now()
		alarm.Set(start.Add(70 * time.Second))
		for _, want := range []time.Duration{30 * time.Second, 60 * time.Second, 70 * time.Second} {
			wake := <-alarm.C()
			if got := time.Since(start); got != want || wake.Jump != 0 {
				t.Errorf("woke after %v with jump %v, want %v and none", got, wake.Jump, want)
			}
		}
		alarm.Set(time.Time{})
		synctest.Wait()
		select {
		case <-alarm.C():
			t.Error("an alarm that is off woke")
		case <-time.After(time.Hour):
		}
		cancel()
		synctest.Wait()
	})
}

// The last setting of the alarm counts.
func TestAlarm_usesLastSetting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		alarm := schedule.NewAlarm()
		start := time.Now()
		for i := range 5 {
			alarm.Set(start.Add(time.Duration(20-i) * time.Second))
		}
		go alarm.Run(ctx)
		<-alarm.C()
		if got := time.Since(start); got != 16*time.Second {
			t.Errorf("woke after %v, want 16 s", got)
		}
	})
}

// Beats come at the same moments for everybody, and never so soon that a fast timer meets one twice.
func TestUntilBeat_sameMoments(t *testing.T) {
	for after, want := range map[time.Duration]time.Duration{
		0:                                30 * time.Second,
		time.Millisecond:                 30*time.Second - time.Millisecond,
		29 * time.Second:                 time.Second,
		29*time.Second + time.Nanosecond: 31*time.Second - time.Nanosecond,
		45 * time.Second:                 15 * time.Second,
	} {
		if got := schedule.UntilBeat(t0.Add(after)); got != want {
			t.Errorf("%v after a beat: %v to the next, want %v", after, got, want)
		}
	}
}

// Alarms that were set at different moments wake together.
func TestAlarm_wakesWithOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		first, second := schedule.NewAlarm(), schedule.NewAlarm()
		go first.Run(ctx)
		go second.Run(ctx)
		first.Set(time.Now().Add(time.Hour))
		time.Sleep(7 * time.Second)
		second.Set(time.Now().Add(time.Hour))
		one, other := <-first.C(), <-second.C()
		if !one.Now.Equal(other.Now) {
			t.Errorf("one woke at %v, the other at %v", one.Now, other.Now)
		}
	})
}

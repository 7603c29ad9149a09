package ui_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/uitest"
)

// When the agent goes away the window says so, and goes on when it is back.
func TestBridge_agentReconnects(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.refuse(errNoAgent)
	b.core.Stop()
	b.see("Agent stopped")
	if b.window.Find("renew") != nil {
		t.Error("the session stays on screen as if somebody kept it")
	}
	b.press("retry")
	b.see("Agent not responding")
	b.refuse(nil)
	b.press("retry")
	b.see("Renew now")
	b.see("measurements")
	if len(b.storages) != 1 {
		t.Errorf("the storage was opened %d times; its place and pages were to be kept", len(b.storages))
	}
}

// Without a user the window tries again after 1, 2, 4 ... and at most 30 seconds.
func TestBridge_retryDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		start := time.Now()
		b := newBench(t, app.Snapshot{}, func(o *ui.Options) {
			o.Now = time.Now
			o.Connect = func(context.Context) (app.Core, error) {
				at = append(at, time.Since(start))
				return nil, errNoAgent
			}
		})
		time.Sleep(92 * time.Second)
		synctest.Wait()
		b.window.Close()
		var want []time.Duration
		for _, s := range []time.Duration{0, 1, 3, 7, 15, 31, 61, 91} {
			want = append(want, s*time.Second)
		}
		if !slices.Equal(at, want) {
			t.Errorf("tried at %v, want %v", at, want)
		}
	})
}

// However fast the news come, one render is queued at a time, and the last news is shown.
func TestBridge_coalescesUpdates(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	before := b.queue.Total()
	s := uitest.SignedOut()
	for i := range 1000 {
		s.Name = "Lake " + string(rune('A'+i%26))
		b.core.Set(one(s))
	}
	s.Name = "The last one"
	b.core.Set(one(s))
	time.Sleep(50 * time.Millisecond) // the bridge goes on reading while nothing is drained
	if queued := b.queue.Total() - before; queued > 1 {
		t.Errorf("%d renders queued", queued)
	}
	b.see("The last one")
}

// The countdown is drawn at each whole second, once.
func TestBridge_countdownTicks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := uitest.SignedIn(time.Hour)
		s.IssuedAt, s.RenewAt, s.ExpiresAt = time.Now(), time.Now().Add(80*time.Second), time.Now().Add(90*time.Second)
		b := newBench(t, one(s), func(o *ui.Options) { o.Now = time.Now })
		wait := func() {
			synctest.Wait()
			b.queue.Drain()
			synctest.Wait()
			b.queue.Drain()
		}
		wait()
		time.Sleep(500 * time.Millisecond) // between two seconds, where nothing rings
		before := b.queue.Total()
		for _, want := range []string{"1:29", "1:28", "1:27"} {
			time.Sleep(time.Second)
			wait()
			if b.window.FindText(want) == nil {
				t.Errorf("no %q after the second", want)
			}
		}
		if n := b.queue.Total() - before; n != 3 {
			t.Errorf("%d renders in 3 seconds", n)
		}
		time.Sleep(90 * time.Second)
		wait()
		if b.window.FindText("Credentials expired") == nil {
			t.Error("the end of the keys is not shown by time alone")
		}
		b.window.Close()
	})
}

// While nothing counts down, nothing is drawn.
func TestBridge_noTicksWithoutCountdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, one(uitest.SignedOut()), func(o *ui.Options) { o.Now = time.Now })
		synctest.Wait()
		b.queue.Drain()
		before := b.queue.Total()
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := b.queue.Total() - before; n != 0 {
			t.Errorf("%d renders in an hour of nothing", n)
		}
		b.window.Close()
	})
}

// Closing the window ends its goroutines: synctest fails where one is left.
func TestBridge_closeEndsGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.Now = func() time.Time { return uitest.Now } })
		b.storage.Hold = make(chan struct{}) // a server that never answers
		synctest.Wait()
		b.queue.Drain()
		b.window.Close()
		synctest.Wait()
	})
}

func TestBridge_raiseWindow(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.core.Raise(app.WindowTarget{})
	b.asked("raised")
	if b.focused != 1 {
		t.Errorf("brought to the front %d times", b.focused)
	}
}

// A second window makes way for the first, which the agent has brought to the front.
func TestBridge_secondWindowCloses(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()), func(o *ui.Options) {
		connect := o.Connect
		o.Connect = func(ctx context.Context) (app.Core, error) {
			core, err := connect(ctx)
			return taken{core}, err
		}
	})
	b.queue.Await(t, "the window to close", func() bool { return b.closed })
}

// taken is a core that has a window.
type taken struct{ app.Core }

func (taken) AttendWindow(context.Context) (<-chan app.WindowTarget, error) {
	return nil, app.ErrWindowOpen
}

package engine

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
)

// openWindow attends as a window that comes to the front whenever it is asked. It gives how often.
func openWindow(ctx context.Context, t *testing.T, w *windowSlot, stopped <-chan struct{}) (raised *int, closed <-chan struct{}) {
	t.Helper()
	calls, err := w.attend(ctx, stopped)
	if err != nil {
		t.Fatal(err)
	}
	raised = new(int)
	end := make(chan struct{})
	go func() {
		defer close(end)
		for range calls {
			*raised++
			w.confirm()
		}
	}()
	return raised, end
}

// The window that is open comes to the front.
func TestWindowSlot_raisesOpenWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w windowSlot
		if err := w.raise(t.Context(), app.WindowTarget{}); !errors.Is(err, app.ErrNoWindow) {
			t.Errorf("with none open: %v", err)
		}
		ctx, closeFirst := context.WithCancel(t.Context())
		raised, closed := openWindow(ctx, t, &w, nil)
		if err := w.raise(t.Context(), app.WindowTarget{}); err != nil || *raised != 1 {
			t.Errorf("%v, raised %d times", err, *raised)
		}
		if _, err := w.attend(t.Context(), nil); !errors.Is(err, app.ErrWindowOpen) || *raised != 2 {
			t.Errorf("a second one: %v, raised %d times", err, *raised)
		}
		closeFirst()
		<-closed
		if err := w.raise(t.Context(), app.WindowTarget{}); !errors.Is(err, app.ErrNoWindow) {
			t.Errorf("after it was closed: %v", err)
		}
	})
}

// A window that hangs is replaced.
func TestWindowSlot_replacesHungWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w windowSlot
		hung, err := w.attend(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if err := w.raise(t.Context(), app.WindowTarget{}); !errors.Is(err, app.ErrNoWindow) || time.Since(start) != raiseTimeout {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		ctx, closeIt := context.WithCancel(t.Context())
		raised, _ := openWindow(ctx, t, &w, nil)
		<-hung // what it was asked
		if _, open := <-hung; open {
			t.Error("the hung one was not told")
		}
		if err := w.raise(t.Context(), app.WindowTarget{}); err != nil || *raised != 1 {
			t.Errorf("%v, raised %d times", err, *raised)
		}
		closeIt()
	})
}

// Who waits for a hung window raises the one that takes its place.
func TestWindowSlot_raisesReplacement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w windowSlot
		if _, err := w.attend(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		ctx, closeIt := context.WithCancel(t.Context())
		defer closeIt()
		var raised *int
		opened := make(chan struct{})
		go func() {
			defer close(opened)
			raised, _ = openWindow(ctx, t, &w, nil)
		}()
		time.Sleep(raiseTimeout / 2)
		err := w.raise(t.Context(), app.WindowTarget{})
		<-opened
		if err != nil || *raised != 1 {
			t.Errorf("%v, raised %d times", err, *raised)
		}
	})
}

// A window that ends while it is to be raised is not waited for.
func TestWindowSlot_doesNotWaitForDyingWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w windowSlot
		ctx, die := context.WithCancel(t.Context())
		if _, err := w.attend(ctx, nil); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Millisecond, die)
		start := time.Now()
		if err := w.raise(t.Context(), app.WindowTarget{}); !errors.Is(err, app.ErrNoWindow) || time.Since(start) > time.Millisecond {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

func TestWindowSlot_manyRaisesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w windowSlot
		stopped := make(chan struct{})
		_, closed := openWindow(t.Context(), t, &w, stopped)
		errs := make(chan error, 50)
		for range cap(errs) {
			go func() { errs <- w.raise(t.Context(), app.WindowTarget{}) }()
		}
		for range cap(errs) {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		close(stopped)
		<-closed
	})
}

// Of several targets the window shows the last, and a mere call to the front does not take it away.
func TestWindowSlot_lastTarget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w windowSlot
		calls, err := w.attend(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range []app.WindowTarget{{Connection: "lake"}, {Import: "daypass://connection/abc"}, {}} {
			go func() { _ = w.raise(t.Context(), target) }()
			synctest.Wait()
		}
		if got := <-calls; got.Import != "daypass://connection/abc" {
			t.Errorf("the window shows %+v", got)
		}
		w.confirm()
		synctest.Wait()
	})
}

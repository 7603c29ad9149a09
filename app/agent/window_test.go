package agent

import (
	"context"
	"errors"
	"testing"
	"time"

	"daypass/app"
)

// calls is the window of a fakeCore.
var calls = make(chan app.WindowTarget)

func (f *fakeCore) AttendWindow(ctx context.Context) (<-chan app.WindowTarget, error) {
	if err := f.called("attend"); err != nil {
		return nil, err
	}
	out := make(chan app.WindowTarget)
	go func() {
		defer close(out)
		for {
			select {
			case target := <-calls:
				out <- target
			case <-ctx.Done():
				_ = f.called("window gone")
				return
			}
		}
	}()
	return out, nil
}

func (f *fakeCore) WindowRaised(context.Context) error { return f.called("raised") }

func (f *fakeCore) RaiseWindow(_ context.Context, t app.WindowTarget) error {
	if t == (app.WindowTarget{}) {
		return f.called("raise")
	}
	return f.called("raise for %s %s %s", t.Import, t.Connection, t.Location)
}

// The window is raised over the socket.
func TestAttendWindow_raisedOverSocket(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	c := connect(t)
	ctx, closeWindow := context.WithCancel(t.Context())
	request, err := c.AttendWindow(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []app.WindowTarget{{}, {Connection: "lake", Location: "s3://bucket/a b/"}} {
		calls <- target
		select {
		case got := <-request:
			if got != target {
				t.Errorf("got %+v, want %+v", got, target)
			}
		case <-time.After(timeout):
			t.Fatal("the window was not asked")
		}
		if err := c.WindowRaised(t.Context()); err != nil || core.lastCall() != "raised" {
			t.Errorf("%v, %s", err, core.lastCall())
		}
	}
	closeWindow()
	if _, open := <-request; open {
		t.Error("a closed window was asked")
	}
	for deadline := time.Now().Add(timeout); core.lastCall() != "window gone"; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the agent does not notice that the window is gone")
		}
	}
}

func TestRaiseWindow_withAndWithoutWindow(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	c := connect(t)
	if err := c.RaiseWindow(t.Context(), app.WindowTarget{}); err != nil || core.lastCall() != "raise" {
		t.Errorf("%v, %s", err, core.lastCall())
	}
	core.failWith(app.ErrNoWindow)
	if err := c.RaiseWindow(t.Context(), app.WindowTarget{}); !errors.Is(err, app.ErrNoWindow) {
		t.Errorf("got %v", err)
	}
	core.failWith(app.ErrWindowOpen)
	if _, err := c.AttendWindow(t.Context()); !errors.Is(err, app.ErrWindowOpen) {
		t.Errorf("got %v", err)
	}
}

// What the window shall show goes over the socket.
func TestRaiseWindow_target(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	target := app.WindowTarget{Import: "daypass://connection/abc"}
	if err := connect(t).RaiseWindow(t.Context(), target); err != nil || core.lastCall() != "raise for daypass://connection/abc  " {
		t.Errorf("%v, %q", err, core.lastCall())
	}
}

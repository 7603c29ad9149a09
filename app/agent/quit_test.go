package agent

import (
	"context"
	"testing"
	"time"

	"daypass/app"
)

// attended is a client whose window is open, and what ends its stream.
func attended(t *testing.T) (*Client, <-chan app.WindowTarget) {
	t.Helper()
	c := connect(t)
	request, err := c.AttendWindow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c, request
}

func endOf(t *testing.T, request <-chan app.WindowTarget) {
	t.Helper()
	select {
	case _, open := <-request:
		if open {
			t.Error("the window is asked to the front")
		}
	case <-time.After(timeout):
		t.Fatal("the window's stream does not end")
	}
}

// The window learns that the user has quit.
func TestAnnounceQuit_reachesWindow(t *testing.T) {
	for name, quit := range map[string]func(c *Client, inTray chan struct{}) error{
		"by daypass quit": func(c *Client, _ chan struct{}) error { return c.Quit(context.Background()) },
		"in the tray":     func(_ *Client, inTray chan struct{}) error { close(inTray); return nil },
	} {
		ownPlace(t)
		inTray := make(chan struct{})
		startAgent(t, &fakeCore{}, Options{Quit: inTray})
		c, request := attended(t)
		if c.HasQuit() {
			t.Errorf("%s: it is said before it happens", name)
		}
		if err := quit(c, inTray); err != nil {
			t.Fatal(err)
		}
		endOf(t, request)
		if !c.HasQuit() {
			t.Errorf("%s: the window is not told", name)
		}
	}
}

// An agent that is replaced does not close the window.
func TestEnsure_replacedAgentKeepsWindowOpen(t *testing.T) {
	ownPlace(t)
	startAgent(t, &fakeCore{}, Options{Version: "v1.0.0"})
	c, request := attended(t)
	ensure(t, startTestAgent("v1.1.0"), "v1.1.0")
	endOf(t, request)
	if c.HasQuit() {
		t.Error("the window takes an update for a quit")
	}
}

package agent

import (
	"testing"
	"time"
)

// When a session ends goes over the socket.
func TestLimitSession_overSocket(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	until := time.Date(2030, 1, 2, 18, 0, 0, 0, time.UTC)
	if err := connect(t).LimitSession(t.Context(), "lake", until); err != nil || core.lastCall() != "limit lake 2030-01-02T18:00:00Z" {
		t.Errorf("%v, %q", err, core.lastCall())
	}
}

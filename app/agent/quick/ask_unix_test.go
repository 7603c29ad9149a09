//go:build unix

package quick

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"

	"daypass/app/agent/rundir"
)

// listen answers nothing at the agent's place, and tells how much it was sent.
func listen(t *testing.T) (dir string, sent <-chan int) {
	t.Helper()
	dir, err := os.MkdirTemp("", "quick") // short: it is the path of a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	t.Setenv(rundir.Variable, dir)
	t.Setenv(rundir.StateVariable, dir) // whose note names no other agent
	l, err := net.Listen("unix", rundir.Socket(dir))
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan int, 1)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		conn, err := l.Accept()
		if err != nil {
			got <- 0
			return
		}
		defer conn.Close()
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		n, _ := conn.Read(make([]byte, 64))
		got <- n
	}()
	return dir, got
}

// The agent of another user gets no request.
func TestAsk_sendsNothingToOtherUsersAgent(t *testing.T) {
	_, sent := listen(t)
	ownUID = func() int { return os.Getuid() + 1 }
	defer func() { ownUID = os.Getuid }()
	if _, err := Ask("lake", "tool"); !errors.Is(err, rundir.ErrForeign) {
		t.Errorf("%v", err)
	}
	if n := <-sent; n != 0 {
		t.Errorf("%d bytes were sent to it", n)
	}
}

// A folder that others can write to has no agent.
func TestAsk_ignoresFolderOthersCanWrite(t *testing.T) {
	dir, _ := listen(t)
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Ask("lake", "tool"); !errors.Is(err, ErrNoAgent) {
		t.Errorf("%v", err)
	}
}

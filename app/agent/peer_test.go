package agent

import (
	"context"
	"errors"
	"net"
	"os"
	"testing"
	"time"

	"daypass/app/agent/rundir"
)

// asAnother has everything that is asked from now on believe that it runs as another user.
func asAnother(t *testing.T) {
	ownUID = func() int { return os.Getuid() + 1 }
	t.Cleanup(func() { ownUID = os.Getuid })
}

// A socket that somebody else listens at, in a folder that is ours all the same, gets no request.
func TestCheckPeer_sendsNothingToOtherUsersAgent(t *testing.T) {
	p := ownPlace(t)
	if err := p.make(); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", p.socket())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan int, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			got <- -1
			return
		}
		defer conn.Close()
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		n, _ := conn.Read(make([]byte, 64))
		got <- n
	}()
	asAnother(t)
	if _, err := Dial(t.Context()); !errors.Is(err, rundir.ErrForeign) {
		t.Errorf("%v", err)
	}
	if n := <-got; n != 0 {
		t.Errorf("%d bytes were sent to it", n)
	}
}

// A program of another user gets no answer.
func TestCheckPeer_ignoresOtherUsersProgram(t *testing.T) {
	p := ownPlace(t)
	asAnother(t) // before the agent begins, and until it has ended
	startAgent(t, &fakeCore{}, Options{})
	var d net.Dialer
	conn, err := d.DialContext(context.Background(), "unix", p.socket())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, _ = conn.Write([]byte("GET /v1/agent HTTP/1.0\r\nHost: daypass\r\n\r\n"))
	answer := make([]byte, 64)
	if n, err := conn.Read(answer); n > 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%q %v", answer[:n], err)
	}
}

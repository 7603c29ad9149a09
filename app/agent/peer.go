package agent

import (
	"errors"
	"log/slog"
	"net"
	"os"
	"sync"

	"daypass/app/agent/transport"
	"daypass/app/messages"
)

// ownUID is who we are; somebody else in tests.
var ownUID = os.Getuid

// checkPeer refuses a connection whose other end runs as another user.
func checkPeer(conn *transport.Conn) error {
	err := transport.CheckPeer(conn, ownUID())
	if err == nil || errors.Is(err, errForeign) {
		return err
	}
	return messages.NewError(err, "agent.error.foreign-socket")
}

// ownListener accepts connections of our own user only, and has no more than a number of them open at a time (rule 45).
type ownListener struct {
	l      *Listener
	log    *slog.Logger
	slots  chan struct{}
	closed chan struct{}
	close  func() error
}

func newOwnListener(l *Listener, log *slog.Logger, limit int) ownListener {
	closed := make(chan struct{})
	return ownListener{
		l: l, log: log, slots: make(chan struct{}, limit), closed: closed,
		close: sync.OnceValue(func() error { close(closed); return l.closeSocket() }),
	}
}

// Addr implements net.Listener.
func (l ownListener) Addr() net.Addr {
	l.l.mu.Lock()
	defer l.l.mu.Unlock()
	return l.l.socket.Addr()
}

// Close implements net.Listener.
func (l ownListener) Close() error { return l.close() }

// Accept implements net.Listener.
func (l ownListener) Accept() (net.Conn, error) {
	select {
	case l.slots <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	conn, err := l.acceptOwn()
	if err != nil {
		<-l.slots
		return nil, err
	}
	return &ownConn{conn, sync.OnceFunc(func() { <-l.slots })}, nil
}

func (l ownListener) acceptOwn() (*transport.Conn, error) {
	for {
		conn, err := l.l.accept()
		if err != nil {
			return nil, err
		}
		if err := checkPeer(conn); err != nil {
			l.log.Warn("connection refused", "error", err)
			_ = conn.Close()
			continue
		}
		return conn, nil
	}
}

// ownConn is one of the connections that are open.
type ownConn struct {
	*transport.Conn
	leave func()
}

// Close implements net.Conn.
func (c *ownConn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}

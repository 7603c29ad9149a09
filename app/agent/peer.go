package agent

import (
	"fmt"
	"log/slog"
	"net"
	"os"

	"daypass/app/agent/rundir"
)

// ownUID is who we are; somebody else in tests.
var ownUID = os.Getuid

// checkPeer refuses a connection whose other end runs as another user.
func checkPeer(conn *net.UnixConn) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	var uid int
	var peerErr error
	if err := raw.Control(func(fd uintptr) { uid, peerErr = rundir.PeerUID(int(fd)) }); err != nil {
		return err
	}
	if peerErr != nil {
		return fmt.Errorf("the other end of the socket cannot be identified: %w", peerErr)
	}
	return rundir.CheckUID(uid, ownUID())
}

// ownListener gives out connections of our own user only.
type ownListener struct {
	l   *Listener
	log *slog.Logger
}

// Addr implements net.Listener.
func (l ownListener) Addr() net.Addr {
	return &net.UnixAddr{Name: rundir.Socket(l.l.dir()), Net: "unix"}
}

// Close implements net.Listener.
func (l ownListener) Close() error { return l.l.closeSocket() }

// Accept implements net.Listener.
func (l ownListener) Accept() (net.Conn, error) {
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

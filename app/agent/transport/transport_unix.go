//go:build unix

package transport

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"

	"daypass/app/agent/rundir"
)

// Conn is a connection between the agent and a client.
type Conn = net.UnixConn

// Listener is where the agent accepts connections.
type Listener struct {
	socket *net.UnixListener
	path   string
	// file is the socket as it was made, to be recognized.
	file fs.FileInfo
}

// Listen binds the socket in a folder for its owner alone. Only the one agent of the folder may call it: what lies
// there is then left over from an agent that was killed. Until Chmod, the folder keeps others out.
func Listen(dir string) (*Listener, error) {
	path := rundir.Socket(dir)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	socket, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, err
	}
	l := &Listener{socket: socket, path: path}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	l.file, _ = os.Lstat(path) // a socket that is gone already is made again
	return l, nil
}

// Accept waits for the next connection.
func (l *Listener) Accept() (*Conn, error) { return l.socket.AcceptUnix() }

// Addr returns the address of the socket.
func (l *Listener) Addr() net.Addr { return l.socket.Addr() }

// Close ends listening and removes the socket.
func (l *Listener) Close() error { return l.socket.Close() }

// Abandon ends listening and leaves what has the socket's name, which may be another's.
func (l *Listener) Abandon() error {
	l.socket.SetUnlinkOnClose(false)
	return l.Close()
}

// IsThere reports whether clients still find the socket.
func (l *Listener) IsThere() bool {
	info, err := os.Lstat(l.path)
	return err == nil && l.file != nil && os.SameFile(info, l.file)
}

// Dial connects to the agent of a folder.
func Dial(ctx context.Context, dir string) (*Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "unix", rundir.Socket(dir))
	if err != nil {
		return nil, err
	}
	return conn.(*Conn), nil
}

// CheckPeer returns rundir.ErrForeign for a connection whose other end runs as another user than uid, or the error of
// a system that does not say.
func CheckPeer(conn *Conn, uid int) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	var peer int
	var peerErr error
	if err := raw.Control(func(fd uintptr) { peer, peerErr = rundir.PeerUID(int(fd)) }); err != nil {
		return err
	}
	if peerErr != nil {
		return peerErr
	}
	return rundir.CheckUID(peer, uid)
}

// PeerPID returns the process at the other end; zero where the system does not say.
func PeerPID(conn *Conn) int {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0
	}
	var pid int
	if raw.Control(func(fd uintptr) { pid = rundir.PeerPID(int(fd)) }) != nil {
		return 0
	}
	return pid
}

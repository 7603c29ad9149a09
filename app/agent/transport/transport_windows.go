package transport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"path/filepath"
	"strings"

	"github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows"

	"daypass/app/agent/rundir"
	"daypass/auth/peer"
)

// Conn is a connection between the agent and a client.
type Conn struct {
	net.Conn
	// accepted is whether this is the agent's end.
	accepted bool
}

func (c *Conn) handle() windows.Handle {
	return windows.Handle(c.Conn.(interface{ Fd() uintptr }).Fd())
}

// Listener is where the agent accepts connections.
type Listener struct{ pipe net.Listener }

// Listen makes the pipe of a folder for the user alone: the access list is protected, so that it inherits nothing, and
// names no other account. It fails where the pipe exists already, and clients of other computers are refused (rule 57).
func Listen(dir string) (*Listener, error) {
	sid, err := ownSID()
	if err != nil {
		return nil, err
	}
	user := sid.String()
	pipe, err := winio.ListenPipe(pipeName(user, dir), &winio.PipeConfig{
		SecurityDescriptor: "O:" + user + "D:P(A;;GA;;;" + user + ")",
	})
	if err != nil {
		return nil, err
	}
	return &Listener{pipe}, nil
}

// ownSID returns the security identifier of the user who runs this program.
func ownSID() (*windows.SID, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	return user.User.Sid, nil
}

// pipeName returns the name of the pipe of a user and a folder. Paths differ by more than their case.
func pipeName(user, dir string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(filepath.Clean(dir))))
	return `\\.\pipe\daypass-` + user + "-" + hex.EncodeToString(sum[:16])
}

// Accept waits for the next connection.
func (l *Listener) Accept() (*Conn, error) {
	conn, err := l.pipe.Accept()
	if err != nil {
		return nil, err
	}
	return &Conn{conn, true}, nil
}

// Addr returns the address of the pipe.
func (l *Listener) Addr() net.Addr { return l.pipe.Addr() }

// Close ends listening. The name is free once the last connection is closed.
func (l *Listener) Close() error { return l.pipe.Close() }

// Abandon ends listening.
func (l *Listener) Abandon() error { return l.Close() }

// IsThere reports whether clients still find the pipe, whose name nobody can take away.
func (l *Listener) IsThere() bool { return true }

// Dial connects to the agent of a folder. A pipe that does not admit the user is rundir.ErrForeign.
func Dial(ctx context.Context, dir string) (*Conn, error) {
	sid, err := ownSID()
	if err != nil {
		return nil, err
	}
	conn, err := winio.DialPipeContext(ctx, pipeName(sid.String(), dir))
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return nil, rundir.ErrForeign
	}
	if err != nil {
		return nil, err
	}
	return &Conn{conn, false}, nil
}

// CheckPeer returns rundir.ErrForeign for a connection whose other end is the process of another user, and for a pipe
// that belongs to one. The user is that of this process; the number, which other systems have, is not looked at.
//
// Of the user's own process that runs as administrator, the system does not say whose it is. Then the pipe speaks for
// it: its access list has admitted the client, and its owner is who made it.
func CheckPeer(conn *Conn, _ int) error {
	if err := checkOwner(conn.handle()); err != nil {
		return err
	}
	own, err := peer.OwnProcess(uint32(PeerPID(conn)))
	if err == nil && !own {
		return rundir.ErrForeign
	}
	return nil
}

// checkOwner refuses a pipe that another user has made: nobody can give it to the user.
func checkOwner(pipe windows.Handle) error {
	descriptor, err := windows.GetSecurityInfo(pipe, windows.SE_KERNEL_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return err
	}
	owner, _, err := descriptor.Owner()
	if err != nil {
		return err
	}
	own, err := ownSID()
	if err != nil {
		return err
	}
	if owner == nil || !owner.Equals(own) {
		return rundir.ErrForeign
	}
	return nil
}

// PeerPID returns the process at the other end; zero where the system does not say.
func PeerPID(conn *Conn) int {
	ask := windows.GetNamedPipeServerProcessId
	if conn.accepted {
		ask = windows.GetNamedPipeClientProcessId
	}
	var pid uint32
	if ask(conn.handle(), &pid) != nil {
		return 0
	}
	return int(pid)
}

// Package peer finds out whose process is at the other end of a TCP connection within this computer. A
// port on loopback can be reached by every user of the machine; what listens there for one of them
// uses Guard.
//
// Linux is asked by sock_diag, or by its tables of connections in /proc; Windows by
// GetExtendedTcpTable and the token of the process; macOS by the sysctl net.inet.tcp.pcblist_n. Other
// systems do not say.
package peer

import (
	"errors"
	"net"
	"net/netip"

	"golang.org/x/net/netutil"
)

// ErrUnknown: the system does not say who is at the other end.
var ErrUnknown = errors.New("the system does not tell whose connection this is")

// SameUser reports whether the other end of conn is a socket of the user who runs this program, or
// of the superuser, who can do all that the user can (WSL forwards what Windows sends as root).
//
// A socket that its process has closed belongs to nobody: false, so that nobody hides by leaving at
// once. The only error is ErrUnknown. A connection to another computer, or one that is not TCP, is
// ErrUnknown too.
func SameUser(conn net.Conn) (bool, error) {
	remote, local, ok := ends(conn)
	if !ok {
		return false, ErrUnknown
	}
	return sameUser(remote, local)
}

// ends are the addresses of the other end and of ours, where both are TCP on one computer.
func ends(conn net.Conn) (remote, local netip.AddrPort, ok bool) {
	r, isTCP := conn.RemoteAddr().(*net.TCPAddr)
	l, isTCPToo := conn.LocalAddr().(*net.TCPAddr)
	if !isTCP || !isTCPToo {
		return remote, local, false
	}
	remote, local = plain(r.AddrPort()), plain(l.AddrPort())
	return remote, local, remote.Addr().IsLoopback() || remote.Addr() == local.Addr()
}

// plain is an address without its zone, and as IPv4 where it is an IPv4 address in IPv6's clothes.
func plain(a netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(a.Addr().Unmap().WithZone(""), a.Port())
}

// Guard returns a listener on a loopback address that closes the connections of other users before
// they cost anything, and of the rest has no more than limit open at a time: further ones wait in the
// system's queue. Connections whose user the system does not say are accepted.
func Guard(l net.Listener, limit int) net.Listener {
	return netutil.LimitListener(ownListener{l}, limit)
}

type ownListener struct{ net.Listener }

// Accept implements net.Listener.
func (l ownListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if own, err := SameUser(conn); own || err != nil {
			return conn, nil
		}
		_ = conn.Close()
	}
}

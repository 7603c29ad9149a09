package peer

import (
	"net/netip"
	"os"

	"golang.org/x/sys/unix"
)

func sameUser(remote, local netip.AddrPort) (bool, error) {
	list, err := unix.SysctlRaw("net.inet.tcp.pcblist_n")
	if err != nil {
		return false, ErrUnknown
	}
	uid, found := findPCB(list, remote, local)
	if !found {
		return false, ErrUnknown
	}
	return uid == 0 || uid == uint32(os.Getuid()), nil
}

package peer

import (
	"net/netip"
	"os"
	"strings"
	"sync"
)

// socket is what the kernel says about one end of a connection.
type socket struct {
	uid   uint32
	inode uint32 // zero where no process holds it
}

func sameUser(remote, local netip.AddrPort) (bool, error) {
	s, found, err := askKernel(remote, local)
	if err != nil {
		s, found, err = readTables(remote, local)
	}
	if err != nil || !found && isWSL() {
		return false, ErrUnknown
	}
	return found && s.inode != 0 && (s.uid == 0 || s.uid == uint32(os.Getuid())), nil
}

// isWSL reports whether this is the Windows Subsystem for Linux, where connections from programs on
// the Windows side can arrive without a socket on this one (mirrored networking).
var isWSL = sync.OnceValue(func() bool {
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	return err == nil && strings.Contains(strings.ToLower(string(release)), "microsoft")
})

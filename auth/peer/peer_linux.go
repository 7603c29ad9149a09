package peer

import (
	"net/netip"
	"os"

	"daypass/auth/wsl"
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
	if err != nil || !found && wsl.Here() { // what Windows' programs send can come without a socket here
		return false, ErrUnknown
	}
	return found && s.inode != 0 && (s.uid == 0 || s.uid == uint32(os.Getuid())), nil
}

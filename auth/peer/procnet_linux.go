package peer

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// tableReads is how often the tables are read: a connection that others open or close around it can
// be missed in one.
const tableReads = 3

// readTables looks the socket up that is bound to local and connected to remote, in the tables of
// /proc. An IPv4 connection can be in the table of IPv6.
func readTables(local, remote netip.AddrPort) (s socket, found bool, err error) {
	for range tableReads {
		readable := 0
		for _, name := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
			f, openErr := os.Open(name)
			if openErr != nil {
				err = openErr
				continue
			}
			readable++
			s, found = scanTable(f, local, remote)
			_ = f.Close()
			if found {
				return s, true, nil
			}
		}
		if readable == 0 {
			return s, false, err
		}
	}
	return s, false, nil
}

// The columns of a table of proc_net_tcp(5).
const (
	columnLocal  = 1
	columnRemote = 2
	columnUID    = 7
	columnInode  = 9
)

func scanTable(table io.Reader, local, remote netip.AddrPort) (socket, bool) {
	lines := bufio.NewScanner(table)
	for lines.Scan() {
		columns := strings.Fields(lines.Text())
		if len(columns) <= columnInode || parseTableAddress(columns[columnLocal]) != local || parseTableAddress(columns[columnRemote]) != remote {
			continue
		}
		uid, err := strconv.ParseUint(columns[columnUID], 10, 32)
		inode, inodeErr := strconv.ParseUint(columns[columnInode], 10, 64)
		if err == nil && inodeErr == nil {
			return socket{uint32(uid), uint32(inode)}, true
		}
	}
	return socket{}, false
}

// parseTableAddress reads an address such as 0100007F:1F90: words of four bytes in the machine's
// order, and a port. What is none is the zero address.
func parseTableAddress(s string) netip.AddrPort {
	host, port, _ := strings.Cut(s, ":")
	raw, err := hex.DecodeString(host)
	if err != nil {
		return netip.AddrPort{}
	}
	for i := 0; i+4 <= len(raw); i += 4 {
		binary.BigEndian.PutUint32(raw[i:], binary.NativeEndian.Uint32(raw[i:]))
	}
	addr, ok := netip.AddrFromSlice(raw)
	var n uint16
	if _, err := fmt.Sscanf(port, "%x", &n); err != nil || !ok {
		return netip.AddrPort{}
	}
	return plain(netip.AddrPortFrom(addr, n))
}

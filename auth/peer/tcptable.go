package peer

import (
	"encoding/binary"
	"net/netip"
)

// tcpTable is the layout of a row of MIB_TCPTABLE_OWNER_PID, or of MIB_TCP6TABLE_OWNER_PID: where its
// parts begin. A table is the number of its rows, in four bytes, and the rows. Numbers are in the
// machine's order, which is little-endian on all of Windows' processors; ports and addresses are in
// the network's.
type tcpTable struct {
	size, address                             int // in bytes, of a row and of an address
	local, localPort, remote, remotePort, pid int
}

var (
	tcpTable4 = tcpTable{size: 24, address: 4, local: 4, localPort: 8, remote: 12, remotePort: 16, pid: 20}
	tcpTable6 = tcpTable{size: 56, address: 16, local: 0, localPort: 20, remote: 24, remotePort: 44, pid: 52}
)

// find returns the process whose socket is bound to local and connected to remote. It is zero where
// no process has the socket any more.
func (t tcpTable) find(table []byte, local, remote netip.AddrPort) (pid uint32, found bool) {
	if len(table) < 4 {
		return 0, false
	}
	count := binary.LittleEndian.Uint32(table)
	for table = table[4:]; count > 0 && len(table) >= t.size; count-- {
		if t.end(table, t.local, t.localPort) == local && t.end(table, t.remote, t.remotePort) == remote {
			return binary.LittleEndian.Uint32(table[t.pid:]), true
		}
		table = table[t.size:]
	}
	return 0, false
}

func (t tcpTable) end(row []byte, address, port int) netip.AddrPort {
	addr, _ := netip.AddrFromSlice(row[address : address+t.address])
	return plain(netip.AddrPortFrom(addr, binary.BigEndian.Uint16(row[port:])))
}

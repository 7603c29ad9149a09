package peer

import (
	"encoding/binary"
	"net/netip"
)

// The records of macOS's sysctl net.inet.tcp.pcblist_n, which netstat(1) reads: a header, and then
// for each connection records of several kinds, the address record first. Each begins with its length
// and its kind and is padded to eight bytes. Numbers are in the machine's order, which is
// little-endian on all of Apple's processors; ports and addresses are in the network's.
const (
	pcbKindSocket  = 0x01 // xsocket_n
	pcbKindAddress = 0x10 // xinpcb_n

	pcbRemotePort = 16 // in xinpcb_n
	pcbLocalPort  = 18
	pcbFlags      = 44
	pcbRemote     = 48 // 16 bytes, of which IPv4 has the last four
	pcbLocal      = 64
	pcbAddressEnd = 80
	pcbIPv4       = 0x01 // in pcbFlags

	pcbUID       = 64 // in xsocket_n
	pcbSocketEnd = 68
)

// findPCB returns the user of the socket that is bound to local and connected to remote.
func findPCB(list []byte, local, remote netip.AddrPort) (uid uint32, found bool) {
	_, list, ok := nextPCB(list) // the header
	for matches := false; ok; {
		var record []byte
		if record, list, ok = nextPCB(list); !ok {
			break
		}
		switch kind := binary.LittleEndian.Uint32(record[4:]); {
		case kind == pcbKindAddress:
			matches = len(record) >= pcbAddressEnd &&
				pcbEnd(record, pcbLocal, pcbLocalPort) == local && pcbEnd(record, pcbRemote, pcbRemotePort) == remote
		case kind == pcbKindSocket && matches && len(record) >= pcbSocketEnd:
			return binary.LittleEndian.Uint32(record[pcbUID:]), true
		}
	}
	return 0, false
}

// nextPCB cuts the first record off a list.
func nextPCB(list []byte) (record, rest []byte, ok bool) {
	if len(list) < 8 {
		return nil, nil, false
	}
	size := uint64(binary.LittleEndian.Uint32(list))
	if size < 8 || size > uint64(len(list)) {
		return nil, nil, false
	}
	padded := min((size+7)&^7, uint64(len(list)))
	return list[:size], list[padded:], true
}

func pcbEnd(record []byte, address, port int) netip.AddrPort {
	raw := record[address : address+16]
	if record[pcbFlags]&pcbIPv4 != 0 {
		raw = raw[12:]
	}
	addr, _ := netip.AddrFromSlice(raw)
	return plain(netip.AddrPortFrom(addr, binary.BigEndian.Uint16(record[port:])))
}

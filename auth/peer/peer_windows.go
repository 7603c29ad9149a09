package peer

import (
	"net/netip"
	"unsafe"

	"golang.org/x/sys/windows"
)

var getExtendedTCPTable = windows.NewLazySystemDLL("iphlpapi.dll").NewProc("GetExtendedTcpTable")

const (
	tcpTableOwnerPIDConnections = 4
	// tableTries bounds how often the table is asked for while it grows.
	tableTries = 5
)

func sameUser(remote, local netip.AddrPort) (bool, error) {
	layout, family := tcpTable4, uint32(windows.AF_INET)
	if remote.Addr().Is6() {
		layout, family = tcpTable6, windows.AF_INET6
	}
	table, err := readTable(family)
	if err != nil {
		return false, ErrUnknown
	}
	pid, found := layout.find(table, remote, local)
	switch {
	case !found:
		return false, ErrUnknown
	case pid == 0:
		return false, nil
	}
	return OwnProcess(pid)
}

func readTable(family uint32) ([]byte, error) {
	size := uint32(64 << 10)
	for range tableTries {
		table := make([]byte, size)
		status, _, _ := getExtendedTCPTable.Call(
			uintptr(unsafe.Pointer(&table[0])), uintptr(unsafe.Pointer(&size)), 0, uintptr(family), tcpTableOwnerPIDConnections, 0)
		switch windows.Errno(status) {
		case windows.ERROR_SUCCESS:
			return table, nil
		case windows.ERROR_INSUFFICIENT_BUFFER:
			size += 16 << 10
		default:
			return nil, windows.Errno(status)
		}
	}
	return nil, windows.ERROR_INSUFFICIENT_BUFFER
}

// OwnProcess reports whether a process runs as the user of this one. Processes of others cannot be
// opened; the token of one of our own that runs as administrator cannot be read, and that is ErrUnknown.
func OwnProcess(pid uint32) (bool, error) {
	process, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, pid)
	if err != nil {
		return false, nil
	}
	defer windows.CloseHandle(process)
	var token windows.Token
	if windows.OpenProcessToken(process, windows.TOKEN_QUERY, &token) != nil {
		return false, ErrUnknown
	}
	defer token.Close()
	theirs, err := token.GetTokenUser()
	if err != nil {
		return false, ErrUnknown
	}
	ours, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return false, ErrUnknown
	}
	return theirs.User.Sid.Equals(ours.User.Sid), nil
}

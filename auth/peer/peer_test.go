package peer

import (
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"testing"
)

// accepted is one connection, as the program that listens has it.
func accepted(t *testing.T, listen, dial string) (theirs, ours net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", listen)
	if err != nil {
		t.Skip(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	theirs, err = net.Dial("tcp", net.JoinHostPort(dial, port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { theirs.Close() })
	ours, err = l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ours.Close() })
	return theirs, ours
}

// Connections of the same user are recognized.
func TestSameUser_ownConnections(t *testing.T) {
	for listen, dial := range map[string]string{"127.0.0.1:0": "127.0.0.1", "[::1]:0": "::1", "[::]:0": "127.0.0.1", "127.0.0.2:0": "127.0.0.2"} {
		t.Run(listen, func(t *testing.T) {
			_, conn := accepted(t, listen, dial)
			if own, err := SameUser(conn); !own && !errors.Is(err, ErrUnknown) {
				t.Errorf("%v %v", own, err)
			}
		})
	}
}

// The owner of a connection that is not within this computer is unknown.
func TestSameUser_otherConnections(t *testing.T) {
	left, right := net.Pipe()
	defer left.Close()
	defer right.Close()
	if own, err := SameUser(left); own || !errors.Is(err, ErrUnknown) {
		t.Errorf("%v %v", own, err)
	}
}

// A further connection than the limit waits until one is closed.
func TestRule45_openConnectionsAreLimited(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	guarded := Guard(l, 2)
	defer guarded.Close()
	got := make(chan net.Conn)
	go func() {
		for {
			conn, err := guarded.Accept()
			if err != nil {
				close(got)
				return
			}
			got <- conn
		}
	}()
	for range 3 {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	first, second := <-got, <-got
	select {
	case <-got:
		t.Error("a third was accepted")
	default:
	}
	first.Close()
	third := <-got
	second.Close()
	third.Close()
}

var (
	client = netip.MustParseAddrPort("127.0.0.1:40000")
	server = netip.MustParseAddrPort("127.0.0.1:8080")
	six    = netip.MustParseAddrPort("[::1]:40000")
	six2   = netip.MustParseAddrPort("[::1]:8080")
)

// windowsRow makes one row as Windows does.
func windowsRow(t tcpTable, local, remote netip.AddrPort, pid uint32) []byte {
	row := make([]byte, t.size)
	copy(row[t.local:], local.Addr().AsSlice())
	copy(row[t.remote:], remote.Addr().AsSlice())
	binary.BigEndian.PutUint16(row[t.localPort:], local.Port())
	binary.BigEndian.PutUint16(row[t.remotePort:], remote.Port())
	binary.LittleEndian.PutUint32(row[t.pid:], pid)
	return row
}

func TestTCPTable_windows(t *testing.T) {
	for layout, ends := range map[tcpTable][2]netip.AddrPort{tcpTable4: {client, server}, tcpTable6: {six, six2}} {
		table := []byte{2, 0, 0, 0}
		table = append(table, windowsRow(layout, ends[1], ends[0], 7)...) // our own end
		table = append(table, windowsRow(layout, ends[0], ends[1], 8)...)
		if pid, found := layout.find(table, ends[0], ends[1]); !found || pid != 8 {
			t.Errorf("%d %v", pid, found)
		}
		for n := range table {
			if pid, found := layout.find(table[:n], ends[0], ends[1]); found {
				t.Errorf("a table of %d bytes has process %d", n, pid)
			}
		}
	}
}

// macRecord makes one record of the list of macOS, padded.
func macRecord(kind uint32, size int, fill func([]byte)) []byte {
	r := make([]byte, (size+7)&^7)
	binary.LittleEndian.PutUint32(r, uint32(size))
	binary.LittleEndian.PutUint32(r[4:], kind)
	fill(r)
	return r
}

func macConnection(local, remote netip.AddrPort, uid uint32) []byte {
	address := macRecord(pcbKindAddress, 104, func(r []byte) {
		binary.BigEndian.PutUint16(r[pcbLocalPort:], local.Port())
		binary.BigEndian.PutUint16(r[pcbRemotePort:], remote.Port())
		at := 0
		if local.Addr().Is4() {
			r[pcbFlags], at = pcbIPv4, 12
		}
		copy(r[pcbLocal+at:], local.Addr().AsSlice())
		copy(r[pcbRemote+at:], remote.Addr().AsSlice())
	})
	socket := macRecord(pcbKindSocket, 76, func(r []byte) { binary.LittleEndian.PutUint32(r[pcbUID:], uid) })
	buffer := macRecord(0x02, 36, func([]byte) {})
	return append(append(address, socket...), buffer...)
}

func TestFindPCB_macOS(t *testing.T) {
	list := macRecord(3, 24, func([]byte) {})
	for _, c := range [][]byte{
		macConnection(server, client, 501), macConnection(client, server, 502), macConnection(six, six2, 503),
	} {
		list = append(list, c...)
	}
	if uid, found := findPCB(list, client, server); !found || uid != 502 {
		t.Errorf("%d %v", uid, found)
	}
	if uid, found := findPCB(list, six, six2); !found || uid != 503 {
		t.Errorf("%d %v", uid, found)
	}
	if _, found := findPCB(list, six2, six); found {
		t.Error("found what is not there")
	}
	for n := range list {
		findPCB(list[:n], six, six2) // must not panic
	}
}

package peer

import (
	"net"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

const nobody = 65534

// asNobody runs f in a thread that belongs to another user, and that ends with it.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	done := make(chan syscall.Errno)
	go func() {
		runtime.LockOSThread()
		_, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, nobody, nobody, nobody)
		if errno == 0 {
			f()
		}
		done <- errno
	}()
	if errno := <-done; errno != 0 {
		t.Skip(errno)
	}
}

// The connection of another user is closed.
func TestRule45_otherUsersConnectionIsClosed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	guarded := Guard(l, 1)
	defer guarded.Close()
	var theirs net.Conn
	asNobody(t, func() {
		if theirs, err = net.Dial("tcp", l.Addr().String()); err != nil {
			t.Error(err)
		}
	})
	own, err := net.Dial("tcp", l.Addr().String())
	if err != nil || theirs == nil {
		t.Fatal(err)
	}
	defer own.Close()
	got, err := guarded.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if got.RemoteAddr().String() != own.LocalAddr().String() {
		t.Error("the other user's connection was accepted")
	}
	_ = theirs.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := theirs.Read(make([]byte, 1)); err == nil || os.IsTimeout(err) {
		t.Errorf("the other user's connection is open: %v", err)
	}
}

// Anyone who leaves before being looked at could be anyone.
func TestRule45_unownedSocket(t *testing.T) {
	theirs, ours := accepted(t, "127.0.0.1:0", "127.0.0.1")
	if _, err := theirs.Write([]byte("GET / HTTP/1.0\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	if own, err := SameUser(ours); own || err != nil {
		t.Errorf("%v %v", own, err)
	}
}

// Both of Linux' ways say the same, and the second stands in where the first is not there.
func TestReadTables_agreeWithKernel(t *testing.T) {
	for listen, dial := range map[string]string{"127.0.0.1:0": "127.0.0.1", "[::1]:0": "::1", "[::]:0": "127.0.0.1"} {
		_, conn := accepted(t, listen, dial)
		remote, local, _ := ends(conn)
		table, found, err := readTables(remote, local)
		if !found || err != nil || table.uid != uint32(os.Getuid()) || table.inode == 0 {
			t.Errorf("%s: tables: %v %v %v", listen, table, found, err)
		}
		kernel, found, err := askKernel(remote, local)
		if err != nil {
			t.Logf("no sock_diag here: %v", err)
			continue
		}
		if !found || kernel != table {
			t.Errorf("%s: the kernel says %v %v, its tables %v", listen, kernel, found, table)
		}
		none := netip.AddrPortFrom(remote.Addr(), 1)
		if _, found, err := askKernel(none, local); found || err != nil {
			t.Errorf("%s: a connection that is not there: %v %v", listen, found, err)
		}
	}
}

// A line of the table that makes no sense is skipped.
func TestProcTable_skipsInvalidLines(t *testing.T) {
	const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:9C40 0100007F 01
   1: 0100007F:9C40 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  many        0 77 1
   2: ZZ00007F:9C40 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 78 1
   3: 0100007F:9C40 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 79 1
`
	if s, found := scanTable(strings.NewReader(table), client, server); !found || s != (socket{1001, 79}) {
		t.Errorf("%v %v", s, found)
	}
}

package gateway

import (
	"net"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The connection of another user of the computer is closed before anything is read from it.
func TestRule49_otherUsersAreRefused(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	s := open(t)
	const nobody = 65534
	dialed := make(chan net.Conn, 1)
	go func() { // the thread ends with the goroutine
		runtime.LockOSThread()
		defer close(dialed)
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, nobody, nobody, nobody); errno != 0 {
			return
		}
		if conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://")); err == nil {
			dialed <- conn
		}
	}()
	conn, ok := <-dialed
	if !ok {
		t.Skip("nobody cannot be made or connect")
	}
	defer conn.Close()
	_, _ = conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if n, err := conn.Read(make([]byte, 1)); err == nil || os.IsTimeout(err) {
		t.Errorf("answered with %d bytes, %v", n, err)
	}
}

//go:build unix && !darwin

// Package bustest runs a session bus of a test's own.
package bustest

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// Bus is a private dbus-daemon. It is the real one, from the package of that name.
type Bus struct {
	// Address is what DBUS_SESSION_BUS_ADDRESS is to be.
	Address string

	t   testing.TB
	cmd *exec.Cmd
	dir string
}

// configuration is a session bus that knows no services but those that come by themselves.
const configuration = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=SOCKET</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// New prepares a bus at an address of its own, and starts it.
func New(t testing.TB) *Bus {
	t.Helper()
	b := Prepare(t)
	b.Start()
	return b
}

// Prepare returns a bus that does not run yet.
func Prepare(t testing.TB) *Bus {
	t.Helper()
	dir, err := os.MkdirTemp("", "bus") // short: it is the path of a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return &Bus{Address: "unix:path=" + filepath.Join(dir, "bus"), t: t, dir: dir}
}

// Start starts the bus, and returns when it answers.
func (b *Bus) Start() {
	b.t.Helper()
	socket, file := filepath.Join(b.dir, "bus"), filepath.Join(b.dir, "bus.conf")
	_ = os.Remove(socket)
	text := []byte(strings.ReplaceAll(configuration, "SOCKET", socket))
	if err := os.WriteFile(file, text, 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.cmd = exec.Command("dbus-daemon", "--config-file="+file, "--nofork", "--nopidfile", "--print-address")
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.cmd.Start(); err != nil {
		b.t.Fatalf("no bus (the package dbus-daemon has it): %v", err)
	}
	b.t.Cleanup(b.Stop)
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		b.t.Fatalf("the bus does not start: %v", err)
	}
}

// Stop ends the bus, and with it every connection.
func (b *Bus) Stop() {
	if b.cmd == nil {
		return
	}
	_ = b.cmd.Process.Kill()
	_ = b.cmd.Wait()
	b.cmd = nil
}

// Connect returns a connection that ends with the test.
func (b *Bus) Connect() *dbus.Conn {
	b.t.Helper()
	conn, err := dbus.Connect(b.Address)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// Timeout is how long a test waits for what must happen.
const Timeout = 20 * time.Second

// Until waits until ok says so, and fails the test where it never does.
func Until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(Timeout); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("timed out waiting for %s", what)
		}
	}
}

//go:build linux

package sealed

import (
	"bufio"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// requestTimeout is how long a request may take to say whom it is for.
const requestTimeout = 5 * time.Second

// listen notes the requests to all addresses until the process ends.
func (n *Network) listen() error {
	for port, host := range map[string]func(net.Conn) string{"80": plainHost, "443": tlsHost} {
		l, err := net.Listen("tcp4", ":"+port)
		if err != nil {
			return err
		}
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				go n.take(conn, host)
			}
		}()
	}
	return nil
}

// take notes a request and closes its connection without an answer.
func (n *Network) take(conn net.Conn, host func(net.Conn) string) {
	defer conn.Close()
	program := programOf(conn.RemoteAddr().(*net.TCPAddr))
	_ = conn.SetDeadline(time.Now().Add(requestTimeout))
	name := host(conn)
	if name == "" {
		name = conn.LocalAddr().(*net.TCPAddr).IP.String()
	}
	n.note(Request{Host: name, Program: program})
}

func plainHost(conn net.Conn) string {
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return ""
	}
	host, _, _ := strings.Cut(r.Host, ":")
	return host
}

var errEnough = errors.New("the name is all that is wanted")

func tlsHost(conn net.Conn) (name string) {
	_ = tls.Server(conn, &tls.Config{GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		name = hello.ServerName
		return nil, errEnough
	}}).Handshake()
	return name
}

// programOf returns the command line of the process that has a connection from an address; empty where it is not
// found.
func programOf(from *net.TCPAddr) string {
	table, err := os.ReadFile("/proc/self/net/tcp")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(table)) {
		if fields := strings.Fields(line); len(fields) > 9 && fields[1] == tableAddress(from) {
			return programWith("socket:[" + fields[9] + "]")
		}
	}
	return ""
}

// tableAddress is an address as the kernel's table has it: the bytes in the machine's order, which is the little
// endian's wherever this runs.
func tableAddress(a *net.TCPAddr) string {
	ip := a.IP.To4()
	return strings.ToUpper(hex.EncodeToString([]byte{ip[3], ip[2], ip[1], ip[0]})) + fmt.Sprintf(":%04X", a.Port)
}

func programWith(socket string) string {
	files, _ := filepath.Glob("/proc/[0-9]*/fd/*")
	for _, file := range files {
		if target, err := os.Readlink(file); err != nil || target != socket {
			continue
		}
		command, _ := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(file)), "cmdline"))
		return strings.TrimSpace(strings.ReplaceAll(string(command), "\x00", " "))
	}
	return ""
}

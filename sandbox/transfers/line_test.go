package transfers

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// line is a network of a certain width between the agent and a server.
type line struct {
	url    string
	target string
	listen net.Listener
	// rate is in bytes a second, both ways together; zero is as fast as it goes.
	rate atomic.Int64
	// carried counts the bytes so far.
	carried atomic.Int64

	mu   sync.Mutex
	free time.Time // when the line has carried what it was given
}

func newLine(target string) (*line, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	n := &line{url: "http://" + l.Addr().String(), target: target, listen: l}
	go n.serve()
	return n, nil
}

func (n *line) close() error { return n.listen.Close() }

func (n *line) serve() {
	for {
		near, err := n.listen.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", n.target)
		if err != nil {
			near.Close() // the server is out: so is the line
			continue
		}
		go n.carry(near, far)
		go n.carry(far, near)
	}
}

func (n *line) carry(to, from net.Conn) {
	defer to.Close()
	defer from.Close()
	buf := make([]byte, 32<<10)
	for {
		got, err := from.Read(buf)
		if got > 0 {
			n.take(got)
			if _, err := to.Write(buf[:got]); err != nil {
				return
			}
		}
		if err != nil {
			if err == io.EOF {
				_ = to.(*net.TCPConn).CloseWrite()
			}
			return
		}
	}
}

// take waits until the line has room for some bytes.
func (n *line) take(bytes int) {
	n.carried.Add(int64(bytes))
	rate := n.rate.Load()
	if rate == 0 {
		return
	}
	n.mu.Lock()
	now := time.Now()
	if n.free.Before(now) {
		n.free = now
	}
	n.free = n.free.Add(time.Duration(float64(bytes) / float64(rate) * float64(time.Second)))
	wait := n.free.Sub(now)
	n.mu.Unlock()
	time.Sleep(wait)
}

// Package slowproxy is a network between a program and a server that is as narrow and as long as a test wants it, and
// that breaks when it is told to.
package slowproxy

import (
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// Line carries what comes to its address to a server, and back.
type Line struct {
	// URL is where it listens.
	URL string
	// Rate is in bytes a second, both ways together; zero is as fast as it goes.
	Rate atomic.Int64
	// Delay is how long a byte takes from one end to the other, as a time.Duration; a round trip is twice that. A new
	// connection costs one before anything leaves, as its handshake does.
	Delay atomic.Int64
	// StallEvery is after how many bytes each way of a connection stalls, as after the loss of a packet, and StallFor for
	// how long, as a time.Duration; zero is never.
	StallEvery, StallFor atomic.Int64
	// Carried counts the bytes so far.
	Carried atomic.Int64

	target string
	listen net.Listener
	// spoil is how many bytes pass until one is changed; zero for none.
	spoil atomic.Int64

	mu    sync.Mutex
	free  time.Time // when the line has carried what it was given
	conns map[*net.TCPConn]struct{}
}

// New makes a line to the server at endpoint, a URL of plain http.
func New(endpoint string) (*Line, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	n := &Line{URL: "http://" + l.Addr().String(), target: u.Host, listen: l, conns: map[*net.TCPConn]struct{}{}}
	go n.serve()
	return n, nil
}

// Close ends the line and what it carries.
func (n *Line) Close() error {
	err := n.listen.Close()
	n.Reset()
	return err
}

// Reset breaks all connections there are, as a router that was restarted does: both ends get a reset. It
// gives their number.
func (n *Line) Reset() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	for c := range n.conns {
		_ = c.SetLinger(0)
		_ = c.Close()
	}
	broken := len(n.conns) / 2
	clear(n.conns)
	return broken
}

// Spoil changes one bit of what passes after so many bytes more, once.
func (n *Line) Spoil(after int64) { n.spoil.Store(after) }

// Spoiling reports whether that bit has not come yet.
func (n *Line) Spoiling() bool { return n.spoil.Load() > 0 }

// spoilt changes a bit of data where it is time to.
func (n *Line) spoilt(data []byte) {
	if n.spoil.Load() <= 0 {
		return
	}
	if left := n.spoil.Add(-int64(len(data))); left <= 0 && len(data) > 0 {
		n.spoil.Store(0)
		data[len(data)/2] ^= 1
	}
}

func (n *Line) serve() {
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
		go n.join(near.(*net.TCPConn), far.(*net.TCPConn)) // which is what was listened for and dialled
	}
}

// join carries both ways until both have ended.
func (n *Line) join(near, far *net.TCPConn) {
	n.mu.Lock()
	n.conns[near], n.conns[far] = struct{}{}, struct{}{}
	n.mu.Unlock()
	open := time.Now().Add(2 * time.Duration(n.Delay.Load()))
	var both sync.WaitGroup
	both.Go(func() { n.carry(near, far, open) })
	both.Go(func() { n.carry(far, near, open) })
	both.Wait()
	n.drop(near, far)
}

// carry carries one way until that is at its end, or broken, which ends the other way too.
func (n *Line) carry(to, from *net.TCPConn, open time.Time) {
	w := &way{line: n, open: open, broke: func() { n.drop(to, from) }}
	if w.carry(to, from) {
		_ = to.CloseWrite()
	} else {
		n.drop(to, from)
	}
}

func (n *Line) drop(pair ...*net.TCPConn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range pair {
		_ = c.Close()
		delete(n.conns, c)
	}
}

// take waits until the line has room for some bytes.
func (n *Line) take(bytes int) {
	n.Carried.Add(int64(bytes))
	rate := n.Rate.Load()
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

// Package loopback runs an HTTP server for the programs of one user on a port of 127.0.0.1.
package loopback

import (
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"

	"daypass/auth/peer"
)

// Server is a server that listens from Open to Close. Its fields are set before that; its methods may be called from
// several goroutines.
type Server struct {
	// Configure returns the HTTP server for an address of the form 127.0.0.1:PORT.
	Configure func(address string) *http.Server
	// MaxConnections bounds the connections that are open at a time; other users' are closed at once.
	MaxConnections int
	// Failed is called where serving ends with an error.
	Failed func(error)

	mu      sync.Mutex
	server  *http.Server
	address string
}

// Open listens, if the server does not already, on the first of the ports that is free, and returns the address of the
// form 127.0.0.1:PORT. Port 0 is any free one. The error is that of the last port.
func (s *Server) Open(ports ...int) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != nil {
		return s.address, nil
	}
	l, err := listen(ports)
	if err != nil {
		return "", err
	}
	s.address = l.Addr().String()
	s.server = s.Configure(s.address)
	go s.serve(s.server, peer.Guard(l, s.MaxConnections))
	return s.address, nil
}

func listen(ports []int) (l net.Listener, err error) {
	for _, port := range ports {
		if l, err = net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			return l, nil
		}
	}
	return nil, err
}

func (s *Server) serve(server *http.Server, l net.Listener) {
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		s.Failed(err)
	}
}

// Port returns the port that the server has, or had until it was closed; 0 where it was never open.
func (s *Server) Port() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, text, _ := net.SplitHostPort(s.address)
	port, _ := strconv.Atoi(text)
	return port
}

// Close stops listening and ends every connection.
func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != nil {
		_ = s.server.Close()
		s.server = nil
	}
}

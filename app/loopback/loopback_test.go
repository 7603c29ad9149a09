package loopback_test

import (
	"io"
	"net"
	"net/http"
	"strconv"
	"testing"

	"daypass/app/loopback"
)

func server(t *testing.T) *loopback.Server {
	t.Helper()
	s := &loopback.Server{
		Configure: func(address string) *http.Server {
			return &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, address) })}
		},
		MaxConnections: 4, Failed: func(err error) { t.Error(err) },
	}
	t.Cleanup(s.Close)
	return s
}

func portOf(t *testing.T, address string) int {
	t.Helper()
	_, text, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// A server keeps its address until it is closed, and gets it again where it is free.
func TestServer_keepsItsAddress(t *testing.T) {
	s := server(t)
	first, err := s.Open(0)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Open(0); err != nil || again != first {
		t.Errorf("%s, then %s: %v", first, again, err)
	}
	if s.Port() != portOf(t, first) {
		t.Errorf("port %d of %s", s.Port(), first)
	}
	res, err := http.Get("http://" + first)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); err != nil || string(body) != first {
		t.Errorf("%s %v", body, err)
	}
	s.Close()
	if again, err := s.Open(portOf(t, first)); err != nil || again != first {
		t.Errorf("%s, then %s: %v", first, again, err)
	}
}

// A port that another program has is not taken, and the next one is.
func TestServer_takesTheNextPort(t *testing.T) {
	busy, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	taken := portOf(t, busy.Addr().String())
	s := server(t)
	if address, err := s.Open(taken); err == nil {
		t.Error(address)
	}
	if address, err := s.Open(taken, 0); err != nil || portOf(t, address) == taken {
		t.Errorf("%s %v", address, err)
	}
}

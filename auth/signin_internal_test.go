package auth

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"daypass/auth/oidctest"
)

// silent is a listener that nobody ever connects to.
type silent struct {
	address *net.TCPAddr
	closed  chan struct{}
}

func newSilent(ip string, port int) *silent {
	return &silent{&net.TCPAddr{IP: net.ParseIP(ip), Port: port}, make(chan struct{})}
}

func (s *silent) Addr() net.Addr { return s.address }

func (s *silent) Accept() (net.Conn, error) {
	<-s.closed
	return nil, net.ErrClosed
}

func (s *silent) Close() error {
	select {
	case <-s.closed:
	default:
		close(s.closed)
	}
	return nil
}

// The listener closes after five minutes.
func TestRule13_closesAfterFiveMinutes(t *testing.T) {
	issuer := oidctest.NewInMemory("https://login.example")
	for requested, want := range map[time.Duration]time.Duration{0: 5 * time.Minute, time.Minute: time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			client, err := New(Config{Issuer: issuer.URL, ClientID: oidctest.ClientID}, WithTransport(issuer.Transport()))
			if err != nil {
				t.Fatal(err)
			}
			listener := newSilent("127.0.0.1", 4711)
			client.redirects.listen = func(string, string) (net.Listener, error) { return listener, nil }
			start := time.Now()
			_, err = client.SignIn(t.Context(), SignInRequest{Timeout: requested})
			if !errors.Is(err, ErrTimedOut) || errors.Is(err, ErrCanceled) || IsTransient(err) || time.Since(start) != want {
				t.Errorf("after %v: %v", time.Since(start), err)
			}
			select {
			case <-listener.closed:
			default:
				t.Error("it still listens")
			}
		})
	}
}

// The listener closes some seconds after the answer.
func TestRule13_closesAfterAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		addresses := &redirects{host: "127.0.0.1", path: "/callback"}
		listener := newSilent("127.0.0.1", 4711)
		addresses.listen = func(string, string) (net.Listener, error) { return listener, nil }
		l, err := addresses.open(&Provider{}, newAttempt())
		if err != nil {
			t.Fatal(err)
		}
		l.callback.used.Store(true)
		l.close(true)
		time.Sleep(lingerTimeout - time.Nanosecond)
		synctest.Wait()
		select {
		case <-listener.closed:
			t.Error("a browser that comes again finds nothing")
		default:
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		select {
		case <-listener.closed:
		default:
			t.Error("it still listens")
		}
		time.Sleep(deliverTimeout)
	})
}

// A browser that cannot be opened does not end the sign-in.
func TestSignIn_browserFails(t *testing.T) {
	issuer := oidctest.NewInMemory("https://login.example")
	synctest.Test(t, func(t *testing.T) {
		client, err := New(Config{Issuer: issuer.URL, ClientID: oidctest.ClientID}, WithTransport(issuer.Transport()))
		if err != nil {
			t.Fatal(err)
		}
		client.redirects.listen = func(string, string) (net.Listener, error) { return newSilent("127.0.0.1", 4711), nil }
		_, err = client.SignIn(t.Context(), SignInRequest{OpenBrowser: func(string) error { return ErrNoBrowser }})
		if !errors.Is(err, ErrTimedOut) {
			t.Error(err)
		}
	})
}

// The name localhost is bound on both loopback addresses.
func TestRule12_bothLoopbackAddresses(t *testing.T) {
	inUse := &net.OpError{Op: "listen", Err: syscall.EADDRINUSE}
	absent := func(err error) error { return &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", err)} }
	for _, c := range []struct {
		name  string
		v6    []error // of each attempt on [::1]
		ports []int
		want  int // sockets; zero for ErrPortInUse
	}{
		{"both", []error{nil}, nil, 2},
		{"no IPv6 address", []error{absent(syscall.EADDRNOTAVAIL)}, nil, 1},
		{"no IPv6 at all", []error{absent(syscall.EAFNOSUPPORT)}, nil, 1},
		{"no IPv6 on Windows", []error{absent(wsaAddressNotAvailable)}, nil, 1},
		{"somebody has the port on the other", []error{inUse, inUse, nil}, nil, 2},
		{"somebody has the fixed port on the other", []error{inUse}, []int{8000}, 0},
		{"the second fixed port is free on both", []error{inUse, nil}, []int{8000, 8001}, 2},
	} {
		open := map[string]*silent{}
		attempt := 0
		addresses := &redirects{host: "localhost", ports: c.ports}
		addresses.listen = func(_, address string) (net.Listener, error) {
			host, text, err := net.SplitHostPort(address)
			if err != nil {
				t.Fatal(err)
			}
			if host == "::1" {
				attempt++
				if err := c.v6[attempt-1]; err != nil {
					return nil, err
				}
			}
			port, err := strconv.Atoi(text)
			if err != nil {
				t.Fatal(err)
			}
			if port == 0 {
				port = 50000 + attempt
			}
			open[net.JoinHostPort(host, strconv.Itoa(port))] = newSilent(host, port)
			return open[net.JoinHostPort(host, strconv.Itoa(port))], nil
		}
		sockets, err := addresses.bind()
		if len(sockets) != c.want || (c.want == 0) != errors.Is(err, ErrPortInUse) {
			t.Errorf("%s: %d sockets, %v", c.name, len(sockets), err)
		}
		for _, s := range open {
			select {
			case <-s.closed:
				c.want++
			default:
			}
		}
		if len(open) != c.want {
			t.Errorf("%s: %d were opened, %d are used or closed", c.name, len(open), c.want)
		}
	}
}

// Only where [::1] is not there at all can nobody else be there.
func TestRule12_errorOfOtherAddress(t *testing.T) {
	for _, cause := range []error{syscall.EACCES, syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.EPERM, errors.New("strange")} {
		v4 := newSilent("127.0.0.1", 4711)
		addresses := &redirects{host: "localhost"}
		addresses.listen = func(_, address string) (net.Listener, error) {
			if strings.HasPrefix(address, "127.") {
				return v4, nil
			}
			return nil, &net.OpError{Op: "listen", Err: cause}
		}
		if sockets, err := addresses.bind(); !errors.Is(err, cause) || sockets != nil {
			t.Errorf("%v: %d sockets, %v", cause, len(sockets), err)
		}
		select {
		case <-v4.closed:
		default:
			t.Errorf("%v: the other socket is open", cause)
		}
	}
}

// How long a comparison takes cannot be measured without noise, so its code is looked at.
func TestRule10_constantTimeCompare(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "callback.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		f, isFunc := d.(*ast.FuncDecl)
		if !isFunc || f.Name.Name != "isState" {
			continue
		}
		var body strings.Builder
		if err := printer.Fprint(&body, token.NewFileSet(), f.Body); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(strings.Fields(body.String()), " "); got != "{ return subtle.ConstantTimeCompare([]byte(got), []byte(c.state.Reveal())) == 1 }" {
			t.Errorf("the state is compared by %s", got)
		}
		return
	}
	t.Error("there is no isState")
}

package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"daypass/assets/signin"
	"daypass/auth/peer"
)

const (
	// lingerTimeout is how long the page of how the sign-in ended can be fetched: some browsers, and
	// programs that check links, fetch the answer's address twice.
	lingerTimeout = 5 * time.Second
	// deliverTimeout bounds how long a browser may then take to read it.
	deliverTimeout = 2 * time.Second
	// portTries bounds the search for a free port that is free on both loopback addresses.
	portTries = 10
	// maxConnections bounds the connections that are open at a time. A browser has a handful.
	maxConnections = 32
)

// loopback is the listener of one sign-in (RFC 8252 section 7.3), with the server behind it.
type loopback struct {
	redirectURI string
	port        int
	sockets     []net.Listener
	server      *http.Server
	callback    *callback
	shut        sync.Once
}

// open binds the first of the configured ports that is free, or any, and serves the callback
// for one attempt. Connections of other users of the computer are closed unread: one of them may have
// seen the link and come back signed in as somebody else.
func (r *redirects) open(p *Provider, a *attempt) (*loopback, error) {
	sockets, err := r.bind()
	if err != nil {
		return nil, err
	}
	port := sockets[0].Addr().(*net.TCPAddr).Port
	host := net.JoinHostPort(r.host, strconv.Itoa(port))
	l := &loopback{redirectURI: "http://" + host + r.path, port: port}
	l.callback = newCallback(host, r.path, p, a)
	l.server = &http.Server{
		Handler:           l.callback,
		ReadHeaderTimeout: 5 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // it would quote what strangers send
	}
	l.server.SetKeepAlivesEnabled(false)
	for _, s := range sockets {
		guarded := peer.Guard(s, maxConnections)
		l.sockets = append(l.sockets, guarded)
		go func() { _ = l.server.Serve(guarded) }()
	}
	return l, nil
}

// redirects are the addresses of this computer to which a browser may be sent back.
type redirects struct {
	host   string
	path   string
	ports  []int // none: any
	listen func(network, address string) (net.Listener, error)
}

func (r *redirects) bind() ([]net.Listener, error) {
	if len(r.ports) == 0 {
		return r.bindAny()
	}
	for _, port := range r.ports {
		lingering.freePort(port)
		sockets, err := r.bindPort(port)
		if err == nil {
			return sockets, nil
		}
		if !inUse(err) {
			return nil, fmt.Errorf("listen on loopback: %w", err)
		}
	}
	return nil, fmt.Errorf("%w: %v", ErrPortInUse, r.ports)
}

func (r *redirects) bindAny() (sockets []net.Listener, err error) {
	for range portTries {
		if sockets, err = r.bindPort(0); err == nil || !inUse(err) {
			break
		}
	}
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	return sockets, nil
}

// bindPort binds the loopback addresses that the redirect host may mean. For "localhost" these are
// both, because the browser chooses: a port that somebody else has on [::1] is not ours.
func (r *redirects) bindPort(port int) ([]net.Listener, error) {
	first := r.host
	if first == "localhost" {
		first = "127.0.0.1"
	}
	v4, err := r.listen("tcp", net.JoinHostPort(first, strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	if r.host != "localhost" {
		return []net.Listener{v4}, nil
	}
	bound := v4.Addr().(*net.TCPAddr).Port
	v6, err := r.listen("tcp", net.JoinHostPort("::1", strconv.Itoa(bound)))
	switch {
	case err == nil:
		return []net.Listener{v4, v6}, nil
	case noIPv6(err):
		return []net.Listener{v4}, nil
	}
	_ = v4.Close()
	return nil, err
}

// Windows' numbers for errors whose names in package syscall are invented numbers there, that no call
// returns. The system keeps some ports for itself: those are forbidden.
const (
	wsaForbidden             = syscall.Errno(10013)
	wsaFamilyNotSupported    = syscall.Errno(10047)
	wsaAddressInUse          = syscall.Errno(10048)
	wsaAddressNotAvailable   = syscall.Errno(10049)
	wsaProtocolNotConfigured = syscall.Errno(10043)
)

// noIPv6 reports whether an error of [::1] means that this computer has no such address. After any
// other the address may be somebody else's, and the browser might go there.
func noIPv6(err error) bool {
	return slices.ContainsFunc([]error{
		syscall.EAFNOSUPPORT, syscall.EPROTONOSUPPORT, syscall.EADDRNOTAVAIL,
		wsaFamilyNotSupported, wsaProtocolNotConfigured, wsaAddressNotAvailable,
	}, func(target error) bool { return errors.Is(err, target) })
}

func inUse(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaAddressInUse) || errors.Is(err, wsaForbidden)
}

// wait returns the answer of the browser, or ErrTimedOut or ErrCanceled.
func (l *loopback) wait(ctx context.Context) (response, error) {
	select {
	case r := <-l.callback.responses:
		return r, nil
	case <-ctx.Done():
		return response{}, ended(ctx, ErrTimedOut)
	}
}

// close ends the sign-in with the outcome done. It stops listening at once where no answer came. Else the
// browser's page can be fetched for some seconds more, unless another sign-in needs the port.
func (l *loopback) close(done bool) {
	page := signin.NotCompleted
	if done {
		page = signin.Done
	}
	l.callback.finish(page)
	if !l.callback.used.Load() {
		l.shutdown()
		return
	}
	lingering.add(l)
	time.AfterFunc(lingerTimeout, func() { lingering.end(l) })
}

// shutdown stops listening, and lets those who have asked for the page read it.
func (l *loopback) shutdown() {
	l.shut.Do(func() {
		for _, s := range l.sockets {
			_ = s.Close()
		}
		go func() {
			ctx, cancel := context.WithTimeout(context.Background(), deliverTimeout)
			defer cancel()
			if l.server.Shutdown(ctx) != nil {
				_ = l.server.Close()
			}
		}()
	})
}

// lingering are this process's listeners that only show the last page of a sign-in that has ended.
var lingering lingerers

type lingerers struct {
	mu  sync.Mutex
	all map[*loopback]bool
}

func (ls *lingerers) add(l *loopback) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.all == nil {
		ls.all = map[*loopback]bool{}
	}
	ls.all[l] = true
}

func (ls *lingerers) end(l *loopback) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	delete(ls.all, l)
	l.shutdown()
}

// freePort ends those at a port that a new sign-in needs.
func (ls *lingerers) freePort(port int) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	for l := range ls.all {
		if l.port == port {
			delete(ls.all, l)
			l.shutdown()
		}
	}
}

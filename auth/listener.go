package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"daypass/assets/signin"
)

const (
	// deliverTimeout bounds how long a sign-in waits until the last page is on its way.
	deliverTimeout = time.Second
	// lingerTimeout bounds how long a browser may take to read it.
	lingerTimeout = 2 * time.Second
	// portTries bounds the search for a free port that is free on both loopback addresses.
	portTries = 10
)

// loopback is the listener of one sign-in (RFC 8252 section 7.3), with the server behind it.
type loopback struct {
	redirectURI string
	sockets     []net.Listener
	server      *http.Server
	callback    *callback
}

// openLoopback binds the first of the configured ports that is free, or any, and serves the callback
// for one attempt.
func (c *Client) openLoopback(p *Provider, a *attempt) (*loopback, error) {
	sockets, err := c.bind()
	if err != nil {
		return nil, err
	}
	port := sockets[0].Addr().(*net.TCPAddr).Port
	host := net.JoinHostPort(c.cfg.RedirectHost, strconv.Itoa(port))
	l := &loopback{redirectURI: "http://" + host + c.cfg.RedirectPath, sockets: sockets}
	l.callback = newCallback(host, c.cfg.RedirectPath, p, a)
	l.server = &http.Server{
		Handler:           l.callback,
		ReadHeaderTimeout: 5 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // it would quote what strangers send
	}
	l.server.SetKeepAlivesEnabled(false)
	for _, s := range sockets {
		go func() { _ = l.server.Serve(s) }()
	}
	return l, nil
}

func (c *Client) bind() ([]net.Listener, error) {
	if len(c.cfg.RedirectPorts) == 0 {
		return c.bindAny()
	}
	for _, port := range c.cfg.RedirectPorts {
		sockets, err := c.bindPort(port)
		if err == nil {
			return sockets, nil
		}
		if !inUse(err) {
			return nil, fmt.Errorf("listen on loopback: %w", err)
		}
	}
	return nil, fmt.Errorf("%w: %v", ErrPortTaken, c.cfg.RedirectPorts)
}

func (c *Client) bindAny() (sockets []net.Listener, err error) {
	for range portTries {
		if sockets, err = c.bindPort(0); err == nil || !inUse(err) {
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
func (c *Client) bindPort(port int) ([]net.Listener, error) {
	first := c.cfg.RedirectHost
	if first == "localhost" {
		first = "127.0.0.1"
	}
	v4, err := c.listen("tcp", net.JoinHostPort(first, strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	if c.cfg.RedirectHost != "localhost" {
		return []net.Listener{v4}, nil
	}
	bound := v4.Addr().(*net.TCPAddr).Port
	v6, err := c.listen("tcp", net.JoinHostPort("::1", strconv.Itoa(bound)))
	switch {
	case err == nil:
		return []net.Listener{v4, v6}, nil
	case inUse(err):
		_ = v4.Close()
		return nil, err
	}
	return []net.Listener{v4}, nil // this computer has no IPv6
}

// Windows' numbers for an address in use and for one that the system keeps for itself. There
// syscall.EADDRINUSE is an invented number that no call gives.
const (
	wsaAddressInUse = syscall.Errno(10048)
	wsaForbidden    = syscall.Errno(10013)
)

func inUse(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaAddressInUse) || errors.Is(err, wsaForbidden)
}

// wait gives the answer of the browser, or ErrTimedOut or ErrCancelled.
func (l *loopback) wait(ctx context.Context) (response, error) {
	select {
	case r := <-l.callback.responses:
		return r, nil
	case <-ctx.Done():
		return response{}, ended(ctx, ErrTimedOut)
	}
}

// close stops listening at once. A browser that still waits for its page gets it: the page for done
// tells how the sign-in ended.
func (l *loopback) close(done bool) {
	for _, s := range l.sockets {
		_ = s.Close()
	}
	page := signin.NotCompleted
	if done {
		page = signin.Done
	}
	l.callback.finish(page)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), lingerTimeout)
		defer cancel()
		if l.server.Shutdown(ctx) != nil {
			_ = l.server.Close()
		}
	}()
}

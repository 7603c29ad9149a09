// Package faults stands between Daypass and a real server and has faults on demand: what a network, a
// proxy or a failing server does to a program that must go on all the same.
package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync"
	"time"
)

// Fault is a way in which a server or the network goes wrong.
type Fault string

// The faults.
const (
	None        Fault = ""
	Refused     Fault = "connections refused"
	Reset       Fault = "connections reset"
	Silent      Fault = "no answer"
	Drip        Fault = "an answer that drips"
	Cut         Fault = "an answer that is cut off"
	Unavailable Fault = "503"
	Broken      Fault = "500"
	Throttled   Fault = "429"
	Portal      Fault = "a captive portal's page"
	Redirect    Fault = "a captive portal's redirect"
	Nonsense    Fault = "nonsense"
)

// All are the faults, each of which must be survived.
func All() []Fault {
	return []Fault{Refused, Reset, Silent, Drip, Cut, Unavailable, Broken, Throttled, Portal, Redirect, Nonsense}
}

// Request is what a Proxy saw of a request. Its form holds secrets of the test's own.
type Request struct {
	Method, Path string
	Form         url.Values
	// Answered is true once the server's whole answer was passed on, and Answer is its body.
	Answered bool
	Answer   []byte
}

// Moment is a point in the way of one request.
type Moment string

// The moments.
const (
	Arrived   Moment = "before the server has the request"
	Done      Moment = "when the server has answered, and nobody knows yet"
	Delivered Moment = "when the answer has been passed on"
)

// Proxy passes requests on to a server, or has a fault. Its methods may be called from several
// goroutines.
type Proxy struct {
	// URL is the proxy's own address, without a path.
	URL string

	target  *url.URL
	address string
	forward *httputil.ReverseProxy

	mu       sync.Mutex
	fault    Fault
	watch    func(Moment, *http.Request) (passOn bool)
	requests []*Request
	server   *http.Server
	released chan struct{} // closed when the fault changes
}

// Start starts a proxy at a loopback address (port 0: any) before the server at target.
func Start(port int, target string) (*Proxy, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	p := &Proxy{target: u, address: l.Addr().String(), URL: "http://" + l.Addr().String(), released: make(chan struct{})}
	p.forward = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(u)
			r.Out.Host = r.In.Host // signatures and addresses are made for the proxy's name
		},
		Transport: &http.Transport{DisableKeepAlives: true},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			w.WriteHeader(http.StatusBadGateway)
		},
	}
	p.serve(l)
	return p, nil
}

func (p *Proxy) serve(l net.Listener) {
	server := &http.Server{Handler: p, ReadHeaderTimeout: time.Minute}
	p.server = server
	go func() { _ = server.Serve(l) }()
}

// Set begins a fault, or with None ends it.
func (p *Proxy) Set(f Fault) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f == p.fault {
		return nil
	}
	close(p.released)
	p.released = make(chan struct{})
	was := p.fault
	p.fault = f
	if f == Refused {
		return p.server.Close()
	}
	if was != Refused {
		return nil
	}
	l, err := net.Listen("tcp", p.address)
	if err != nil {
		return err
	}
	p.serve(l)
	return nil
}

// Watch has f see each moment of each request. Where f says false on Arrived or Done, the request is
// dropped there, without an answer.
func (p *Proxy) Watch(f func(Moment, *http.Request) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watch = f
}

// Requests are those that came to a path, in order.
func (p *Proxy) Requests(path string) []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []Request
	for _, r := range p.requests {
		if r.Path == path {
			found = append(found, *r)
		}
	}
	return found
}

// Close ends the proxy.
func (p *Proxy) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.released)
	p.released = make(chan struct{})
	return p.server.Close()
}

// ServeHTTP implements http.Handler.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, 64<<20))
	r.Body = io.NopCloser(bytes.NewReader(body))
	note := &Request{Method: r.Method, Path: r.URL.Path}
	if len(body) < 1<<20 {
		note.Form, _ = url.ParseQuery(string(body))
	}
	p.mu.Lock()
	p.requests = append(p.requests, note)
	fault, released, watch := p.fault, p.released, p.watch
	p.mu.Unlock()
	if fault != None {
		misbehave(w, r, fault, released)
		return
	}
	if watch == nil {
		watch = func(Moment, *http.Request) bool { return true }
	}
	p.pass(w, r, note, watch)
}

// pass asks the server for its whole answer before the first byte goes on, so that there is a moment
// between the two.
func (p *Proxy) pass(w http.ResponseWriter, r *http.Request, note *Request, watch func(Moment, *http.Request) bool) {
	if !watch(Arrived, r) {
		hangUp(w)
		return
	}
	var whole recorder
	p.forward.ServeHTTP(&whole, r.WithContext(context.WithoutCancel(r.Context())))
	if !watch(Done, r) {
		hangUp(w)
		return
	}
	whole.copyTo(w)
	_ = http.NewResponseController(w).Flush()
	p.mu.Lock()
	note.Answered, note.Answer = true, whole.body.Bytes()
	p.mu.Unlock()
	watch(Delivered, r)
}

// recorder is a whole answer in memory.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (r *recorder) Header() http.Header {
	if r.header == nil {
		r.header = http.Header{}
	}
	return r.header
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) copyTo(w http.ResponseWriter) {
	for name, values := range r.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(r.body.Len()))
	if r.status != 0 {
		w.WriteHeader(r.status)
	}
	_, _ = w.Write(r.body.Bytes())
}

func misbehave(w http.ResponseWriter, r *http.Request, fault Fault, released <-chan struct{}) {
	switch fault {
	case Reset, Refused:
		hangUp(w)
	case Silent:
		wait(r, released)
		hangUp(w)
	case Drip:
		drip(w, r, released)
	case Cut:
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"access_token":"`)
		hangUp(w)
	case Unavailable:
		say(w, http.StatusServiceUnavailable, "text/plain", "try later")
	case Broken:
		say(w, http.StatusInternalServerError, "application/json", `{"error":"server_error"}`)
	case Throttled:
		w.Header().Set("Retry-After", "3")
		say(w, http.StatusTooManyRequests, "text/plain", "")
	case Portal:
		say(w, http.StatusOK, "text/html", "<html><title>Welcome to the hotel</title><p>Please accept our terms.</html>")
	case Redirect:
		http.Redirect(w, r, "http://portal.invalid/", http.StatusFound)
	default:
		say(w, http.StatusOK, "application/octet-stream", "\x00\x01nonsense")
	}
}

func say(w http.ResponseWriter, status int, kind, body string) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func wait(r *http.Request, released <-chan struct{}) {
	select {
	case <-released:
	case <-r.Context().Done():
	}
}

// drip sends a byte a second, for as long as somebody waits: also after the fault is over, as a
// connection does that has got into it.
func drip(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
	w.Header().Set("Content-Length", "1000")
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		if _, err := io.WriteString(w, " "); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

// hangUp ends the connection with a reset.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// FreePort returns a loopback port that is free now.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, errors.Join(fmt.Errorf("no TCP address: %v", l.Addr()), l.Close())
	}
	return port.Port, l.Close()
}

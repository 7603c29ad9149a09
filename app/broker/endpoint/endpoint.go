// Package endpoint serves credentials on a loopback address to programs that take container credentials:
// the AWS SDKs and what is built on them. Who asks proves itself by a token that was made for it
// alone. It listens only while somebody has a token.
//
// A page in a browser can reach it too, and so can other users of the machine: hence the token in
// a header that no page can set, the list of Host names against DNS rebinding, the rejection of
// whatever has an Origin, and an answer that no page can read.
package endpoint

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"daypass/app/broker/clients"
	"daypass/app/loopback"
	"daypass/app/tools"
)

// path is the only one there is.
const path = "/v1/credentials"

// The timeouts of the server: nobody holds a connection for longer without a whole request, or
// without taking the answer.
const (
	headerTimeout = 3 * time.Second
	answerTimeout = 5 * time.Second
	idleTimeout   = 30 * time.Second
	maxHeader     = 8 << 10
	// maxConnections bounds the connections that are open at a time; other users' are closed at once.
	maxConnections = 64
)

// Clients are those who have a token for an endpoint.
type Clients interface {
	// ByToken returns the client with this token. It takes as long for every token.
	ByToken(token string) (clients.Client, error)
	// NoteFetch notes that a client asked, and whether it got credentials.
	NoteFetch(id string, got bool)
	// Tokens counts the clients with a token.
	Tokens() int
}

// Source returns the credentials for a client. It waits for no user.
type Source func(clients.Client) (tools.Access, error)

// Errors of a Source that have an answer of their own.
var (
	// ErrPaused: the user has paused the client.
	ErrPaused = errors.New("credentials for this program are paused in Daypass")
	// ErrRevoked: the client has been revoked, or nobody is signed in any more.
	ErrRevoked = errors.New("this program was revoked in Daypass, or its session has ended")
	// ErrUnavailable: who has the credentials cannot be asked for the moment.
	ErrUnavailable = errors.New("the Daypass agent is not responding")
)

// Endpoint is the server. Its methods may be called from several goroutines.
type Endpoint struct {
	list   Clients
	source Source
	log    *slog.Logger
	server loopback.Server
}

// New makes an endpoint that does not listen yet.
func New(list Clients, source Source, log *slog.Logger) *Endpoint {
	e := &Endpoint{list: list, source: source, log: log}
	e.server = loopback.Server{
		Configure: e.configure, MaxConnections: maxConnections, Failed: func(err error) { log.Warn("the endpoint for tools ended", "error", err) },
	}
	return e
}

// Open listens, if it does not already, on a free port of 127.0.0.1 and returns the endpoint's URL.
func (e *Endpoint) Open() (string, error) {
	host, err := e.server.Open(0)
	if err != nil {
		return "", err
	}
	return "http://" + host + path, nil
}

func (e *Endpoint) configure(host string) *http.Server {
	return &http.Server{
		Handler: e.handler(host), ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout,
		WriteTimeout: answerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(e.log.Handler(), slog.LevelDebug),
	}
}

// CloseUnused stops listening where nobody has a token any more.
func (e *Endpoint) CloseUnused() {
	if e.list.Tokens() == 0 {
		e.Close()
	}
}

// Close stops listening and ends every connection.
func (e *Endpoint) Close() { e.server.Close() }

// denial is an error answer. The AWS SDKs show code and message; they do not repeat a request that
// was refused with a status of 400 to 499.
type denial struct {
	status  int
	Code    string `json:"code"`
	Message string `json:"message"`
}

// handler answers for the given host and port.
func (e *Endpoint) handler(host string) http.Handler {
	_, port, _ := net.SplitHostPort(host)
	local := net.JoinHostPort("localhost", port)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Type", "application/json")
		if denied := checkRequest(r, host, local); denied != nil {
			denied.write(w)
			return
		}
		body, denied := e.answer(r.Header)
		if denied != nil {
			denied.write(w)
			return
		}
		_, _ = w.Write(body)
	})
}

// checkRequest refuses what none of the tools sends, before it looks at the token.
func checkRequest(r *http.Request, hosts ...string) *denial {
	ours := false
	for _, host := range hosts {
		ours = ours || r.Host == host
	}
	_, origin := r.Header["Origin"]
	_, fetch := r.Header["Sec-Fetch-Site"]
	switch {
	case !ours, origin, fetch:
		return &denial{http.StatusForbidden, "Refused", "This address is for programs on this computer that Daypass knows."}
	case r.URL.Path != path:
		return &denial{http.StatusNotFound, "NotFound", "There is nothing here."}
	case r.Method != http.MethodGet:
		return &denial{http.StatusMethodNotAllowed, "MethodNotAllowed", "Keys are given to GET requests only."}
	}
	return nil
}

var errUnauthorized = &denial{http.StatusUnauthorized, "Unauthorized", "The token is missing or no longer good."}

// answer returns the credentials for the token in the header.
func (e *Endpoint) answer(h http.Header) ([]byte, *denial) {
	tokens := h.Values("Authorization")
	if len(tokens) != 1 {
		return nil, errUnauthorized
	}
	c, err := e.list.ByToken(tokens[0])
	if err != nil {
		return nil, errUnauthorized
	}
	var access tools.Access
	if err = ErrPaused; !c.Paused {
		access, err = e.source(c)
	}
	e.list.NoteFetch(c.ID, err == nil)
	if err != nil {
		return nil, denialOf(err)
	}
	return tools.ContainerJSON(access), nil
}

// denialOf is the answer to an error of a Source. The AWS SDKs ask again after a status of 500 or more.
func denialOf(err error) *denial {
	message := "Daypass: " + err.Error()
	switch {
	case errors.Is(err, ErrPaused):
		return &denial{http.StatusForbidden, "Paused", message}
	case errors.Is(err, ErrRevoked):
		return &denial{http.StatusForbidden, "Revoked", message}
	case errors.Is(err, ErrUnavailable):
		return &denial{http.StatusServiceUnavailable, "Unavailable", message}
	}
	return &denial{http.StatusConflict, "NoKeys", message}
}

func (r *denial) write(w http.ResponseWriter) {
	w.WriteHeader(r.status)
	_ = json.NewEncoder(w).Encode(r)
}

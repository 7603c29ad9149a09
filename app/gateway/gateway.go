// Package gateway is an S3 endpoint on a loopback address for programs that know neither session tokens nor renewal.
// Each of them has a fixed key pair of its own. The gateway verifies the signatures made with it, signs the
// requests again with the current credentials of the session, and forwards them to the connection's server; bodies
// stream through it in both directions.
//
// Pages in a browser and other users of the machine can reach the port: hence the signature on every request, the list
// of Host names against DNS rebinding, the rejection of whatever has an Origin, and answers that no page can read.
package gateway

import (
	"log"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"daypass/app/broker/clients"
	"daypass/app/loopback"
	"daypass/auth/secret"
)

// The bounds of the server. Bodies may take any time as long as they move.
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 90 * time.Second
	maxHeader     = 64 << 10
	// maxConnections bounds the connections that are open at a time; other users' are closed at once.
	maxConnections = 1024
	// maxRequests bounds the requests of one client at a time. s5cmd makes 256.
	maxRequests = 512
)

// Clients are those who have a key pair.
type Clients interface {
	// ByAccessKey returns the client with this access key ID, and its secret access key.
	ByAccessKey(id string) (clients.Client, secret.Secret, error)
	// Has reports whether a client is listed still.
	Has(id string) bool
	// NoteFetch notes that a request of a client was forwarded, or refused.
	NoteFetch(id string, got bool)
	// NoteTraffic notes how many bytes a client has sent and received.
	NoteTraffic(id string, sent, received int64)
}

// Gateway is the server. Its methods may be called from several goroutines.
type Gateway struct {
	list     Clients
	source   Source
	log      *slog.Logger
	quiet    *log.Logger
	now      func() time.Time
	requests requests
	activity activity
	servers  servers
	server   loopback.Server
}

// New returns a gateway that does not listen yet. forwarding, which may be nil, is called when requests begin to be
// forwarded, and some time after the last.
func New(list Clients, source Source, forwarding func(bool), logger *slog.Logger) *Gateway {
	g := &Gateway{
		list: list, source: source, log: logger, quiet: slog.NewLogLogger(logger.Handler(), slog.LevelDebug), now: time.Now,
		activity: activity{changed: forwarding},
	}
	g.server = loopback.Server{
		Configure: g.configure, MaxConnections: maxConnections, Failed: func(err error) { logger.Warn("the gateway for tools ended", "error", err) },
	}
	return g
}

// The ports of the gateway are below those that systems give to outgoing connections, so that one that was free stays
// free while no agent runs.
const (
	firstPort    = 20000
	ports        = 12000
	portAttempts = 16
)

// anyPort returns ports to try, and that of the system's choice after them.
func anyPort() []int {
	tries := make([]int, portAttempts, portAttempts+1)
	for i := range tries {
		tries[i] = firstPort + rand.IntN(ports)
	}
	return append(tries, 0)
}

// Open listens, if it does not already, on a free port of 127.0.0.1 and returns the gateway's URL. The port stays taken
// until Close, also when no client is left: programs that still use it are told so, and no other program can take it
// and be sent their objects.
func (g *Gateway) Open() (string, error) {
	return g.open(anyPort())
}

// Reopen is Open on the port that programs know from an earlier agent. It fails where another program has it.
func (g *Gateway) Reopen(port int) (string, error) { return g.open([]int{port}) }

func (g *Gateway) open(ports []int) (string, error) {
	host, err := g.server.Open(ports...)
	if err != nil {
		return "", err
	}
	return "http://" + host, nil
}

func (g *Gateway) configure(host string) *http.Server {
	_, port, _ := net.SplitHostPort(host)
	return &http.Server{
		Handler: &handler{Gateway: g, port: port}, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: g.quiet,
	}
}

// Port returns the port that the gateway has, or had until it was closed; 0 where it was never open.
func (g *Gateway) Port() int { return g.server.Port() }

// Revoked ends the requests of a client that is no longer listed.
func (g *Gateway) Revoked(client string) { g.requests.end(client) }

// Close stops listening and ends every connection.
func (g *Gateway) Close() {
	g.server.Close()
	g.servers.close()
}

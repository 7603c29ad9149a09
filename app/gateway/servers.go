package gateway

import (
	"cmp"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/minio/minio-go/v7/pkg/s3utils"

	"daypass/app/tools"
	"daypass/auth/cafile"
	"daypass/auth/localhost"
)

const (
	dialTimeout = 10 * time.Second
	// answerTimeout is how long a server may take to begin an answer, such as to the end of a large multipart upload.
	answerTimeout = 5 * time.Minute
	// idleConnections to one server are kept for the next request.
	idleConnections = 256
)

// errAddress: only https, and http to this computer, goes out (rule 27).
var errAddress = errors.New("the address of the storage server is neither https nor on this computer")

// server is a storage server and the connections to it.
type server struct {
	base   *url.URL
	region string
	http   *http.Transport
}

// servers are those of the connections, by address and file of certificate authorities.
type servers struct {
	mu  sync.Mutex
	all map[serverKey]*server
}

type serverKey struct{ endpoint, region, caFile string }

// of returns the server that credentials are for.
func (s *servers) of(a tools.Access) (*server, error) {
	key := serverKey{a.Endpoint, a.Region, a.CAFile}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.all[key]; known != nil {
		return known, nil
	}
	added, err := newServer(a)
	if err != nil {
		return nil, err
	}
	if s.all == nil {
		s.all = map[serverKey]*server{}
	}
	s.all[key] = added
	return added, nil
}

func newServer(a tools.Access) (*server, error) {
	base, err := url.Parse(a.Endpoint)
	if err != nil || base.Host == "" || base.Scheme != "https" && !(base.Scheme == "http" && localhost.Is(base.Hostname())) {
		return nil, errAddress
	}
	roots, err := cafile.Load(a.CAFile)
	if err != nil {
		return nil, err
	}
	return &server{
		base: base, region: cmp.Or(a.Region, s3utils.GetRegionFromURL(*base), a.SigningRegion()),
		http: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: dialTimeout}).DialContext,
			TLSHandshakeTimeout:   dialTimeout,
			TLSClientConfig:       &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
			ResponseHeaderTimeout: answerTimeout,
			ExpectContinueTimeout: dialTimeout,
			IdleConnTimeout:       idleTimeout,
			MaxIdleConns:          idleConnections,
			MaxIdleConnsPerHost:   idleConnections,
			DisableCompression:    true, // an object stored compressed is handed on as it is
		},
	}, nil
}

// close closes the connections that are not in use.
func (s *servers) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, one := range s.all {
		one.http.CloseIdleConnections()
		delete(s.all, key)
	}
}

package buckets

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"time"

	"daypass/app/messages"
	"daypass/auth/localhost"
	"daypass/auth/safetext"
)

const (
	dialTimeout   = 10 * time.Second
	answerTimeout = time.Minute
	idleTimeout   = time.Minute
	// connections that are kept to one server: as many as a setting allows requests at once.
	connections = 256
)

// newTransport is the network of a client. nil roots are the system's.
func newTransport(roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   dialTimeout,
		TLSClientConfig:       &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		ResponseHeaderTimeout: answerTimeout,
		ExpectContinueTimeout: dialTimeout,
		IdleConnTimeout:       idleTimeout,
		MaxIdleConns:          connections,
		MaxIdleConnsPerHost:   connections,
		DisableCompression:    true, // an object stored compressed is handed on as it is
		ReadBufferSize:        64 << 10,
		WriteBufferSize:       64 << 10,
	}
}

// checkEndpoint accepts https, and http to this computer itself: keys and data never cross a network
// in the clear (rule 27).
func checkEndpoint(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil, u.Host == "", u.Scheme != "https" && u.Scheme != "http":
		return nil, messages.NewError(nil, "agent.error.storage-address")
	case u.Scheme == "http" && !localhost.Is(u.Hostname()):
		return nil, messages.NewError(nil, "agent.error.storage-insecure", "Host", safetext.Name(u.Host))
	case u.User != nil, u.RawQuery != "", u.Fragment != "", u.Path != "" && u.Path != "/":
		return nil, messages.NewError(nil, "agent.error.storage-address-parts", "Host", safetext.Name(u.Host))
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}, nil
}

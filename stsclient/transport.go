package stsclient

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"daypass/auth/cafile"
	"daypass/auth/safetext"
)

// Config is where the STS is.
type Config struct {
	// Endpoint is its URL: https, or http to loopback.
	Endpoint string
	// CAFile is a PEM file with certificate authorities to trust besides the system's. May be empty.
	CAFile string
}

// Option changes a Client.
type Option func(*Client)

// WithTransport replaces the network, for tests. The client's rules on redirects and sizes stay.
func WithTransport(t http.RoundTripper) Option { return func(c *Client) { c.http.Transport = t } }

const (
	dialTimeout = 10 * time.Second
	callTimeout = 20 * time.Second
	idleTimeout = 30 * time.Second
)

// New checks cfg and reads the CA file. It does not use the network. The error is a sentence.
func New(cfg Config, opts ...Option) (*Client, error) {
	u, err := checkEndpoint(cfg.Endpoint)
	if err != nil {
		return nil, err
	}
	roots, err := cafile.Load(cfg.CAFile)
	if err != nil {
		return nil, err
	}
	c := &Client{endpoint: u.String(), host: u.Host, http: &http.Client{
		Timeout:       callTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: dialTimeout}).DialContext,
			TLSHandshakeTimeout: dialTimeout,
			TLSClientConfig:     &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
			ForceAttemptHTTP2:   true,
			IdleConnTimeout:     idleTimeout,
			MaxIdleConns:        2,
		},
	}}
	for _, opt := range opts {
		opt(c)
	}
	return c, nil
}

// networkFailure is a call without an answer.
func (c *Client) networkFailure(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return context.Canceled
	}
	var untrusted *tls.CertificateVerificationError
	if errors.As(err, &untrusted) {
		return c.failure(KindCertificate, &networkError{safetext.Line(untrusted.Error(), 300), err})
	}
	return c.failure(KindUnreachable, &networkError{networkText(err), err})
}

// networkError says in words of ours what the transport said: its own may quote the answer, and that
// may hold what was sent.
type networkError struct {
	text string
	err  error
}

// Error implements error.
func (e *networkError) Error() string { return e.text }

// Is and As look into what the transport said, which Unwrap would let out as text.
func (e *networkError) Is(target error) bool { return errors.Is(e.err, target) }

// As implements the method that errors.As asks for.
func (e *networkError) As(target any) bool { return errors.As(e.err, target) }

func networkText(err error) string {
	var (
		timeout net.Error
		name    *net.DNSError
		op      *net.OpError
	)
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it did not answer in time"
	case errors.As(err, &name):
		return safetext.Line(name.Error(), 300)
	case errors.As(err, &op):
		return safetext.Line(op.Error(), 300)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection ended before the answer did"
	}
	return "the connection broke, or what came is no answer"
}

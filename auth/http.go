package auth

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	// requestTimeout bounds one request, redirects and body included. A request that hangs in an outage
	// of the network must not prevent a session from coming back once the outage is over.
	requestTimeout = 20 * time.Second
	// maxAnswer bounds an answer's body, in bytes.
	maxAnswer = 1 << 20
	// maxRedirects bounds the redirects of a GET.
	maxRedirects = 5
)

var errInsecureRedirect = errors.New("redirected to an address that is not https")

func newTransport(pool *x509.CertPool) http.RoundTripper {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           4,
		IdleConnTimeout:        10 * time.Second, // a connection that slept with the laptop is dead
		MaxResponseHeaderBytes: 256 << 10,
	}
}

// httpClients returns a client for public documents, which follows secure redirects, and one for
// requests with credentials, which follows none.
func httpClients(rt http.RoundTripper) (get, post *http.Client) {
	get = &http.Client{Transport: rt, Timeout: requestTimeout, CheckRedirect: func(next *http.Request, via []*http.Request) error {
		if !secure(next.URL) || next.URL.Scheme == "http" && via[0].URL.Scheme == "https" {
			return errInsecureRedirect
		}
		if len(via) > maxRedirects {
			return errors.New("too many redirects")
		}
		return nil
	}}
	post = &http.Client{Transport: rt, Timeout: requestTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	return get, post
}

// answer is a response with its whole body.
type answer struct {
	doing  string
	host   string
	status int
	header http.Header
	body   []byte
}

// ask sends a request and reads the answer. Its errors are ErrIssuerUnreachable or ErrCanceled.
func ask(client *http.Client, doing string, req *http.Request) (*answer, error) {
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Daypass")
	host := req.URL.Host
	resp, err := client.Do(req)
	if err != nil {
		return nil, networkError(req.Context(), doing, host, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, networkError(req.Context(), doing, host, err)
	}
	a := &answer{doing: doing, host: host, status: resp.StatusCode, header: resp.Header, body: body}
	if len(body) > maxAnswer {
		return nil, a.unusable("The answer of %s is longer than a mebibyte.", host)
	}
	return a, nil
}

// getObject fetches a JSON object. The object is empty where the status is not 200.
func (c *Client) getObject(ctx context.Context, doing, address string) (*answer, object, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, nil, &DiscoveryError{Check: "document", Reason: "The address cannot be used."}
	}
	a, err := ask(c.get, doing, req)
	if err != nil {
		return nil, nil, err
	}
	if err := a.transient(); err != nil {
		return nil, nil, err
	}
	if a.status != http.StatusOK {
		return a, nil, nil
	}
	o, err := a.decode()
	return a, o, err
}

// transient is the error of a status that says to try later, or nil.
func (a *answer) transient() error {
	switch {
	case a.status == http.StatusTooManyRequests:
		return a.unusable("%s asks for fewer requests for a while (429).", a.host)
	case a.status >= 500, a.status == http.StatusRequestTimeout, a.status == http.StatusTooEarly:
		return a.unusable("%s has trouble of its own (%d).", a.host, a.status)
	case a.status >= 300 && a.status < 400:
		return a.unusable("%s redirects to another place (%d), which is not followed with credentials.", a.host, a.status)
	}
	return nil
}

// decode reads the body as a JSON object, which is what every answer of a provider is.
func (a *answer) decode() (object, error) {
	if o, ok := parseObject(a.body); ok {
		return o, nil
	}
	if a.isWebPage() {
		return nil, a.unusable("%s answered with a web page. The sign-in page of a network may be in the way, or the address is wrong.", a.host)
	}
	return nil, a.unusable("The answer of %s is not JSON.", a.host)
}

func (a *answer) isWebPage() bool {
	kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	return kind == "text/html" || bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("<"))
}

func (a *answer) unusable(format string, args ...any) error {
	return &UnreachableError{
		Doing: a.doing, Status: a.status, Reason: fmt.Sprintf(format, args...),
		RetryAfter: retryAfter(a.header.Get("Retry-After"), time.Now()),
	}
}

// negligibleSkew is what a Date in whole seconds and an answer's time on the way amount to.
const negligibleSkew = 5 * time.Second

// skew is the provider's clock minus this computer's, by the answer's Date: a token that has just
// come from the provider is judged by the clock that made it, since this computer's may be set wrong.
func (a *answer) skew(now time.Time) time.Duration {
	date, err := http.ParseTime(a.header.Get("Date"))
	if err != nil {
		return 0
	}
	if skew := date.Sub(now); skew.Abs() > negligibleSkew {
		return skew
	}
	return 0
}

// maxRetryAfter bounds what a provider may ask for: nobody waits longer than a day.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads a Retry-After header: seconds or a date.
func retryAfter(value string, now time.Time) time.Duration {
	var wait time.Duration
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), maxRetryAfter)
}

// networkError turns what the transport says into ErrCanceled or an UnreachableError. The text of
// err itself is not repeated, because it holds the URL.
func networkError(ctx context.Context, doing, host string, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ended(ctx, ErrTimedOut)
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return &UnreachableError{Doing: doing, Reason: networkReason(host, err), cause: err}
}

func networkReason(host string, err error) string {
	var (
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
		timeout     net.Error
		op          *net.OpError
	)
	switch {
	case errors.As(err, &certificate):
		return fmt.Sprintf("The certificate of %s is not trusted: %s.", host, foreign(certificate.Err.Error()))
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("There is no host named %s.", dns.Name)
	case errors.Is(err, errInsecureRedirect):
		return fmt.Sprintf("%s redirects to an address that is not https. The sign-in page of a network may be in the way.", host)
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("%s did not answer in time.", host)
	case errors.As(err, &op):
		return fmt.Sprintf("There is no connection to %s (%s).", host, strings.TrimPrefix(op.Err.Error(), "connect: "))
	}
	return fmt.Sprintf("The connection to %s broke.", host)
}

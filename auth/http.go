package auth

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
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
		return nil, a.unusable(ReasonAnswerTooLong)
	}
	return a, nil
}

// getObject fetches a JSON object. The object is empty where the status is not 200.
func (c *Client) getObject(ctx context.Context, doing, address string) (*answer, object, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, nil, &DiscoveryError{Check: "document", Reason: because(ReasonAddressInvalid)}
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
		return a.unusable(ReasonThrottled)
	case a.status >= 500, a.status == http.StatusRequestTimeout, a.status == http.StatusTooEarly:
		return a.unusable(ReasonServerError)
	case a.status >= 300 && a.status < 400:
		return a.unusable(ReasonRedirect)
	}
	return nil
}

// decode reads the body as a JSON object, which is what every answer of a provider is.
func (a *answer) decode() (object, error) {
	if o, ok := parseObject(a.body); ok {
		return o, nil
	}
	if a.isWebPage() {
		return nil, a.unusable(ReasonWebPage)
	}
	return nil, a.unusable(ReasonNotJSON)
}

func (a *answer) isWebPage() bool {
	kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	return kind == "text/html" || bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("<"))
}

func (a *answer) unusable(code ReasonCode, params ...string) *UnreachableError {
	reason := because(code, append([]string{"Host", a.host, "Status", strconv.Itoa(a.status)}, params...)...)
	return &UnreachableError{
		Doing: a.doing, Status: a.status, Reason: reason,
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

// hostOf returns the host of an address, to name it.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
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
	return &UnreachableError{Doing: doing, Reason: NetworkReason(host, err), cause: err}
}

// NetworkReason returns why a host could not be reached, or its certificate is not trusted.
func NetworkReason(host string, err error) Reason {
	var (
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
		timeout     net.Error
		op          *net.OpError
	)
	switch {
	case errors.As(err, &certificate):
		return CertificateReason(host, certificate.Err)
	case errors.As(err, &dns) && dns.IsNotFound:
		return because(ReasonHostUnknown, "Host", dns.Name)
	case errors.Is(err, errInsecureRedirect):
		return because(ReasonRedirectInsecure, "Host", host)
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return because(ReasonNoAnswer, "Host", host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return because(ReasonConnectionRefused, "Host", host)
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return because(ReasonNetworkUnreachable, "Host", host)
	case errors.As(err, &op):
		return because(ReasonNoConnection, "Host", host, "Error", strings.TrimPrefix(op.Err.Error(), "connect: "))
	}
	return because(ReasonConnectionBroken, "Host", host)
}

// CertificateReason returns why the certificate of a host is not trusted. What has no reason of its own is in the words of
// crypto/x509.
func CertificateReason(host string, err error) Reason {
	var (
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &authority):
		return because(ReasonCertificateAuthority, "Host", host)
	case errors.As(err, &name):
		return because(ReasonCertificateHost, "Host", host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return because(ReasonCertificateExpired, "Host", host)
	}
	return because(ReasonCertificate, "Host", host, "Error", foreign(err.Error()))
}

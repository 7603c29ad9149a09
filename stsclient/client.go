package stsclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"daypass/auth/localhost"
	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// Client asks one STS endpoint. It may be used by several goroutines.
type Client struct {
	endpoint string
	host     string
	http     *http.Client
}

// AssumeRoleWithWebIdentity exchanges an identity token for temporary credentials. The request is a POST with
// everything in its form body, is sent nowhere but to the endpoint, and follows no redirect.
//
// It is repeated, a few times at most, only where the server certainly did nothing with it: no
// connection was made, or MinIO said that it is still starting.
//
// Errors: *LimitError when r is outside the limits (nothing was sent), *Error for everything else,
// except that ctx's own cancellation comes back as context.Canceled.
func (c *Client) AssumeRoleWithWebIdentity(ctx context.Context, r Request) (*Response, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	body := r.form().Encode()
	for try := 0; ; try++ {
		res, err := c.once(ctx, r, body)
		if err == nil || !safeToRepeat(err) || try == len(pauses) || !wait(ctx, pauses[try]) {
			return res, err
		}
	}
}

// pauses between the tries of one call; each is spread by half of itself.
var pauses = []time.Duration{500 * time.Millisecond, 1500 * time.Millisecond}

func wait(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause + time.Duration(rand.Int64N(int64(pause/2))))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func safeToRepeat(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Kind == KindNotReady || errors.Is(e, syscall.ECONNREFUSED))
}

func (c *Client) once(ctx context.Context, r Request, body string) (*Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, strings.NewReader(body))
	if err != nil {
		return nil, c.failure(KindNotSTS, err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/xml")
	sent := time.Now()
	answer, err := c.http.Do(req)
	if err != nil {
		return nil, c.networkFailure(ctx, err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxBody+1))
	if err != nil {
		return nil, c.networkFailure(ctx, err)
	}
	if len(data) > maxBody {
		return nil, c.failure(KindBadAnswer, errors.New("the answer is longer than 1 MiB"))
	}
	res, err := c.read(answer, data, r)
	if err != nil {
		return nil, err
	}
	finish(res, r, answer.Header, sent, time.Now())
	return res, nil
}

// read distinguishes an answer with credentials from every other.
func (c *Client) read(answer *http.Response, data []byte, r Request) (*Response, error) {
	switch {
	case isConsole(answer.Header, data):
		return nil, c.status(KindConsole, answer, nil)
	case answer.StatusCode >= 300 && answer.StatusCode < 400:
		return nil, c.redirected(answer, r.WebIdentityToken, r.AccessToken)
	case isWebPage(answer.Header, data) && byStatus(answer.StatusCode, "") != KindRequestTooLong: // which proxies say in HTML
		return nil, c.status(KindWebPage, answer, nil)
	case answer.StatusCode != http.StatusOK:
		return nil, c.responseError(answer, data, r.WebIdentityToken, r.AccessToken)
	}
	res, err := parseSuccess(data)
	if err != nil {
		return nil, c.status(KindBadAnswer, answer, err)
	}
	return res, nil
}

// redirected names where a redirect leads: scheme, host and path, without what may be secret.
func (c *Client) redirected(answer *http.Response, sent ...secret.Secret) error {
	e := c.status(KindRedirect, answer, nil)
	target, err := answer.Location()
	if err != nil || target.Host == "" {
		return e
	}
	target = &url.URL{Scheme: target.Scheme, Host: target.Host, Path: target.Path}
	e.subject = safetext.Line(secret.Scrub(target.String(), sent...), maxTarget)
	return e
}

// maxTarget is how many characters are shown of where a redirect leads.
const maxTarget = 120

// isConsole reports whether the web console of a storage server answered: it has a port or a host of its own beside
// the S3 API, and people copy its address from the browser.
func isConsole(h http.Header, data []byte) bool {
	return strings.Contains(h.Get("Server"), "MinIO Console") ||
		isWebPage(h, data) && consoleTitle.Match(data[:min(len(data), 4096)])
}

// consoleTitle is the title of a console's page: those of MinIO, its successors, RustFS and Ceph's dashboard.
var consoleTitle = regexp.MustCompile(`(?i)<title>[^<]{0,40}(\bconsole\b|object store browser|ceph dashboard)[^<]{0,40}</title>`)

func isWebPage(h http.Header, data []byte) bool {
	start := strings.ToLower(strings.TrimSpace(string(bytes.TrimPrefix(data[:min(len(data), 256)], byteOrderMark))))
	return strings.HasPrefix(h.Get("Content-Type"), "text/html") ||
		strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

func (c *Client) responseError(answer *http.Response, data []byte, sent ...secret.Secret) error {
	code, message, id, ok := parseError(data)
	if !ok {
		return c.status(byStatus(answer.StatusCode, KindBadAnswer), answer, fmt.Errorf("HTTP status %d without an explanation", answer.StatusCode))
	}
	for _, quoted := range []*string{&code, &message, &id} {
		*quoted = secret.Scrub(*quoted, sent...)
	}
	kind, subject := classify(answer.StatusCode, code, message)
	e := c.status(kind, answer, nil)
	e.Code, e.Message, e.RequestID, e.subject = safetext.Line(code, 80), safetext.Line(message, 500), safetext.Line(id, 80), subject
	if kind == KindDuration {
		e.MinDuration, e.MaxDuration = durationLimits(message)
	}
	return e
}

// byStatus returns the kind of an error by its HTTP status alone; other where that says nothing.
func byStatus(status int, other Kind) Kind {
	switch status {
	case http.StatusTooManyRequests:
		return KindThrottled
	case http.StatusUnauthorized, http.StatusForbidden:
		return KindSilent
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return KindNoSTS
	case http.StatusRequestEntityTooLarge, http.StatusRequestHeaderFieldsTooLarge:
		return KindRequestTooLong
	}
	if status >= 500 {
		return KindServerError
	}
	return other
}

func (c *Client) failure(kind Kind, cause error) *Error {
	return &Error{Kind: kind, host: c.host, cause: cause}
}

func (c *Client) status(kind Kind, answer *http.Response, cause error) *Error {
	e := c.failure(kind, cause)
	e.HTTPStatus, e.RetryAfter = answer.StatusCode, retryAfter(answer.Header.Get("Retry-After"))
	return e
}

// maxRetryAfter bounds what a server may ask for: a session must not sleep past its own end because
// of a header.
const maxRetryAfter = 10 * time.Minute

// retryAfter reads the header's form in seconds (RFC 9110 section 10.2.3); dates are ignored, since the
// clocks may differ.
func retryAfter(header string) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(header))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(n)*time.Second, maxRetryAfter)
}

// takesAnyAction knows AWS by its form of the request ID, and the others by their names.
func takesAnyAction(h http.Header) bool {
	server := strings.ToLower(h.Get("Server"))
	return h.Get("X-Amzn-Requestid") != "" || strings.HasPrefix(server, "seaweedfs") || strings.HasPrefix(server, "versitygw")
}

// finish adds what the answer's headers and the request say.
func finish(res *Response, r Request, h http.Header, sent, received time.Time) {
	res.RequestedDuration = r.Duration
	res.AnyAction = takesAnyAction(h)
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		res.ServerTime = date
		middle := sent.Add(received.Sub(sent) / 2)
		res.ClockSkew = date.Add(500 * time.Millisecond).Sub(middle).Round(time.Second)
	}
	if len(r.WebIdentityToken.Reveal()) > DocumentedTokenLength {
		res.Warnings = append(res.Warnings, WarnLongToken)
	}
	if len(res.Credentials.SessionToken.Reveal()) > MaxSessionToken {
		res.Warnings = append(res.Warnings, WarnSessionTokenTooLong)
	}
}

// checkEndpoint accepts https, and http to loopback (rule 27).
func checkEndpoint(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil, u.Host == "", u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("%q is not the address of a server; it begins with https://", raw)
	case u.Scheme == "http" && !localhost.Is(u.Hostname()):
		return nil, fmt.Errorf("http://%s is not encrypted: anybody on the way could take your sign-in. Use https", u.Host)
	case u.User != nil, u.RawQuery != "", u.Fragment != "":
		return nil, fmt.Errorf("the address of %s must have no user name, query or fragment", u.Host)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

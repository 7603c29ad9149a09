package auth

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"daypass/assets/signin"
	"daypass/auth/secret"
)

// response is what the browser brought back with the right state: a code, or an error.
type response struct {
	code secret.Secret
	err  error
}

// callback is the handler of one attempt's redirect URI. The first request with the attempt's state
// and a code or an error is its response; nothing else has any effect. The browser is sent on to a
// page of its own, so that neither code nor state stays in its history, and waits there for the end
// of the sign-in. Who comes with the answer a second time is sent to the same page.
type callback struct {
	host, path  string
	state       secret.Secret
	issuer      string
	needsIssuer bool // the metadata promises iss in each answer (RFC 9207 section 3)

	responses chan response // takes one
	used      atomic.Bool   // the state was used
	finished  chan struct{} // closed when page is set
	page      signin.Page   // how the sign-in ended
}

func newCallback(host, path string, p *Provider, a *attempt) *callback {
	return &callback{
		host: host, path: path, state: a.state, issuer: p.Issuer, needsIssuer: p.ResponseIssuer,
		responses: make(chan response, 1), finished: make(chan struct{}),
	}
}

// ServeHTTP implements http.Handler.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	switch {
	case !strings.EqualFold(r.Host, c.host):
		nothing(w, http.StatusMisdirectedRequest)
	case path != c.path && (path != c.pagePath() || !c.used.Load()):
		nothing(w, http.StatusNotFound)
	case r.Method == http.MethodPost && path == c.path && c.isFormPost(w, r):
		c.respond(w, response{err: &UnsupportedError{Feature: FormPost, Reason: because(ReasonFormPosted)}})
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		nothing(w, http.StatusMethodNotAllowed)
	case path != c.path:
		c.show(w, r)
	case isPrefetch(r.Header):
		nothing(w, http.StatusServiceUnavailable) // the browser asks again when the user goes there
	default:
		c.answer(w, r)
	}
}

// pagePath is the path of the page at which the browser ends. It is there once the answer is.
func (c *callback) pagePath() string { return strings.TrimSuffix(c.path, "/") + "/done" }

// isPrefetch reports whether a browser fetches what its user may never open (Sec-Purpose in the Fetch
// standard; Purpose and X-Moz are older).
func isPrefetch(h http.Header) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		value := strings.ToLower(h.Get(name))
		if strings.Contains(value, "prefetch") || strings.Contains(value, "prerender") || strings.Contains(value, "preview") {
			return true
		}
	}
	return false
}

func (c *callback) answer(w http.ResponseWriter, r *http.Request) {
	got, ok := c.read(r.URL.RawQuery)
	if !ok {
		write(w, signin.BadRequest)
		return
	}
	c.respond(w, got)
}

// respond takes the first response of an attempt, and sends the browser on to the page of how the sign-in ended.
func (c *callback) respond(w http.ResponseWriter, got response) {
	if c.used.CompareAndSwap(false, true) {
		c.responses <- got
	}
	w.Header().Set("Location", c.pagePath())
	nothing(w, http.StatusSeeOther)
}

// maxFormPost bounds the body of a form that a browser posts, in bytes.
const maxFormPost = 64 << 10

// isFormPost reports whether a provider has the browser post the answer to this attempt (OAuth 2.0 Form Post Response
// Mode), which was not requested. What is in it besides the state is not used.
func (c *callback) isFormPost(w http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(w, r.Body, maxFormPost)
	return r.ParseForm() == nil && c.isState(r.PostForm.Get("state"))
}

// show waits for the end of the sign-in and writes its page.
func (c *callback) show(w http.ResponseWriter, r *http.Request) {
	select {
	case <-c.finished:
		write(w, c.page)
	case <-r.Context().Done(): // the browser left
	}
}

// finish sets the page of how the sign-in ended. It is called once.
func (c *callback) finish(page signin.Page) {
	c.page = page
	close(c.finished)
}

// read returns what a query means, and whether it is an answer to this attempt.
func (c *callback) read(rawQuery string) (response, bool) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil || hasDuplicates(query) || !c.isState(query.Get("state")) {
		return response{}, false
	}
	code, providerCode := query.Get("code"), query.Get("error")
	if (code == "") == (providerCode == "") {
		return response{}, false
	}
	if err := c.checkIssuer(query); err != nil {
		return response{err: err}, true
	}
	if providerCode != "" {
		return response{err: providerError(providerCode, query.Get("error_description"))}, true
	}
	return response{code: secret.New(code)}, true
}

func (c *callback) isState(got string) bool {
	return subtle.ConstantTimeCompare([]byte(got), []byte(c.state.Reveal())) == 1
}

func (c *callback) checkIssuer(query url.Values) error {
	switch {
	case sameIssuer(query.Get("iss"), c.issuer):
		return nil
	case query.Has("iss"):
		return &TokenError{Check: CheckResponseIssuer, Reason: because(ReasonResponseIssuer)}
	case c.needsIssuer:
		return &TokenError{Check: CheckResponseIssuer, Reason: because(ReasonResponseNoIssuer)}
	}
	return nil
}

func hasDuplicates(query url.Values) bool {
	for _, values := range query {
		if len(values) > 1 {
			return true
		}
	}
	return false
}

// nothing answers with a status alone.
func nothing(w http.ResponseWriter, status int) {
	harden(w.Header())
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(status)
}

func write(w http.ResponseWriter, page signin.Page) {
	h := w.Header()
	harden(h)
	h.Set("Content-Type", "text/html; charset=utf-8")
	html := page.HTML()
	h.Set("Content-Length", strconv.Itoa(len(html)))
	w.WriteHeader(page.Status)
	_, _ = w.Write(html)
}

func harden(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", signin.ContentSecurityPolicy())
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Connection", "close")
}

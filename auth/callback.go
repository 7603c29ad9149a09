package auth

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"daypass/assets/signin"
	"daypass/auth/secret"
)

// response is what the browser brought back with the right state: a code, or an error.
type response struct {
	code secret.Secret
	err  error
}

// callback is the handler of one attempt's redirect URI. The first request with the attempt's state
// and a code or an error is its response; nothing else has any effect.
type callback struct {
	host, path  string
	state       secret.Secret
	issuer      string
	needsIssuer bool // the metadata promises iss in each answer (RFC 9207 section 3)

	responses chan response    // takes one
	used      atomic.Bool      // the state was used
	page      chan signin.Page // the page for the browser that brought the response
	delivered chan struct{}    // closed when that page has been written
}

func newCallback(host, path string, p *Provider, a *attempt) *callback {
	return &callback{
		host: host, path: path, state: a.state, issuer: p.Issuer, needsIssuer: p.ResponseIssuer,
		responses: make(chan response, 1), page: make(chan signin.Page, 1), delivered: make(chan struct{}),
	}
}

// ServeHTTP implements http.Handler.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case !strings.EqualFold(r.Host, c.host):
		nothing(w, http.StatusMisdirectedRequest)
	case r.URL.EscapedPath() != c.path:
		nothing(w, http.StatusNotFound)
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		nothing(w, http.StatusMethodNotAllowed)
	default:
		c.answer(w, r)
	}
}

func (c *callback) answer(w http.ResponseWriter, r *http.Request) {
	got, ok := c.read(r.URL.RawQuery)
	if !ok {
		write(w, signin.BadRequest)
		return
	}
	if !c.used.CompareAndSwap(false, true) {
		write(w, signin.AlreadyDone)
		return
	}
	defer close(c.delivered)
	c.responses <- got
	select {
	case page := <-c.page:
		write(w, page)
		_ = http.NewResponseController(w).Flush()
	case <-r.Context().Done(): // the browser left
	}
}

// finish gives the waiting browser its page, and waits a moment for it to be on its way.
func (c *callback) finish(page signin.Page) {
	c.page <- page
	if !c.used.Load() {
		return
	}
	select {
	case <-c.delivered:
	case <-time.After(deliverTimeout):
	}
}

// read gives what a query means, and whether it is an answer to this attempt.
func (c *callback) read(rawQuery string) (response, bool) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil || hasDuplicates(query) || !c.isState(query.Get("state")) {
		return response{}, false
	}
	code, refusal := query.Get("code"), query.Get("error")
	if (code == "") == (refusal == "") {
		return response{}, false
	}
	if err := c.checkIssuer(query); err != nil {
		return response{err: err}, true
	}
	if refusal != "" {
		return response{err: providerError(refusal, query.Get("error_description"))}, true
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
		return &TokenError{Check: CheckResponseIssuer, Reason: "The browser came back from another login than the one that was asked."}
	case c.needsIssuer:
		return &TokenError{Check: CheckResponseIssuer, Reason: "The browser's answer does not say which login it is from, as this login promises."}
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

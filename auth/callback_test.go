package auth

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"daypass/assets/signin"
	"daypass/auth/secret"
)

const fuzzState = "the-right-state-of-this-attempt"

func testCallback() *callback {
	c := newCallback("127.0.0.1:4711", "/callback", &Provider{Issuer: "https://login.example"}, &attempt{state: secret.New(fuzzState)})
	c.finish(signin.Done)
	return c
}

// Whatever comes, the sign-in ends only with the right state, and no page repeats what came.
func FuzzCallback(f *testing.F) {
	for _, query := range []string{
		"", "code=c", "code=c&state=" + fuzzState, "error=access_denied&state=" + fuzzState, "state=" + fuzzState,
		"code=c&state=" + fuzzState + "&state=x", "code=c;state=" + fuzzState, "%73tate=" + fuzzState + "&code=1", "code=%ff&state=" + fuzzState,
		"code=c&iss=https%3A%2F%2Fevil.example&state=" + fuzzState, "code=<script>alert(1)</script>&state=", "\x00=%00&state=\n",
	} {
		f.Add("GET", "127.0.0.1:4711", "/callback", query)
	}
	f.Add("POST", "127.0.0.1:4711", "/callback", "code=c&state="+fuzzState)
	f.Add("GET", "evil.example", "/callback", "code=c&state="+fuzzState)
	f.Add("GET", "127.0.0.1:4711", "/other", "code=c&state="+fuzzState)
	f.Fuzz(func(t *testing.T, method, host, path, query string) {
		c := testCallback()
		r := &http.Request{Method: method, Host: host, URL: &url.URL{Path: path, RawQuery: query}, Header: http.Header{}}
		w := httptest.NewRecorder()
		c.ServeHTTP(w, r)
		for _, page := range []signin.Page{signin.Done, signin.BadRequest, {}} {
			if bytes.Equal(w.Body.Bytes(), page.HTML()) {
				checkEnd(t, c, r, w.Code)
				return
			}
		}
		t.Fatalf("a page of its own: %q", w.Body)
	})
}

// checkEnd checks that the sign-in ended if and only if it should have.
func checkEnd(t *testing.T, c *callback, r *http.Request, status int) {
	t.Helper()
	values, err := url.ParseQuery(r.URL.RawQuery)
	right := err == nil && len(values["state"]) == 1 && values.Get("state") == fuzzState
	select {
	case got := <-c.responses:
		if !right || r.Method != "GET" || !strings.EqualFold(r.Host, "127.0.0.1:4711") || r.URL.Path != "/callback" || status != 303 {
			t.Fatalf("%s %q%q?%q ended the sign-in with %d", r.Method, r.Host, r.URL.Path, r.URL.RawQuery, status)
		}
		if got.err == nil && (got.code.IsZero() || got.code.Reveal() != values.Get("code") || values.Has("error")) {
			t.Fatalf("%q is not an answer with a code", r.URL.RawQuery)
		}
	default:
		if status == 200 || status == 303 {
			t.Fatal("a page that says yes, and nobody knows of it")
		}
	}
}

package auth_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
)

// send makes one request to the callback listener and gives its status, headers and body.
func send(t *testing.T, method, address, host string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, address, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// refused reports whether no sign-in waits at its redirect address. Once it has ended, another program may have got the
// port, but does not answer there with our page.
func refused(address string) bool {
	req, err := http.NewRequest(http.MethodGet, address, http.NoBody)
	if err != nil {
		return false
	}
	answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return true
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	return err != nil || answer.StatusCode != http.StatusBadRequest || !strings.Contains(string(page), "Daypass")
}

// freePort returns a port that is free, below those that systems choose for anyone who asks for any.
func freePort(t *testing.T) int {
	t.Helper()
	for range 100 {
		port := 20000 + rand.IntN(12000)
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// The listener is bound to loopback before the browser opens.
func TestRule11_listensOnLoopbackFirst(t *testing.T) {
	issuer := oidctest.Start(t)
	client := newClient(t, config(issuer))
	w := startSignIn(t, client)
	u, err := url.Parse(w.redirect())
	if err != nil || u.Hostname() != "127.0.0.1" || u.Port() == "" || u.Port() == "0" {
		t.Fatalf("redirect URI %q", w.redirect())
	}
	if refused(w.redirect()) {
		t.Fatal("there is a link and no listener")
	}
	for _, address := range otherAddresses(t) {
		if conn, err := net.Dial("tcp", net.JoinHostPort(address, u.Port())); err == nil {
			conn.Close()
			t.Errorf("it listens on %s too", address)
		}
	}
	w.stillWaits(issuer)
	sent := issuer.Requests(oidctest.TokenPath)[0].Form.Get("redirect_uri")
	if sent != w.redirect() {
		t.Errorf("the token request has redirect URI %q", sent)
	}
}

// otherAddresses are this computer's addresses off loopback, and 127.0.0.2.
func otherAddresses(t *testing.T) []string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	others := []string{"127.0.0.2"}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() {
			others = append(others, n.IP.String())
		}
	}
	return others
}

// Fixed ports are tried in order.
func TestRule11_fixedPortsInOrder(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	takenPort, freePort := taken.Addr().(*net.TCPAddr).Port, freePort(t)
	issuer := oidctest.Start(t)
	cfg := config(issuer)
	cfg.RedirectPorts, cfg.RedirectPath = []int{takenPort, freePort}, "/oauth2/done"
	w := startSignIn(t, newClient(t, cfg))
	if want := fmt.Sprintf("http://127.0.0.1:%d/oauth2/done", freePort); w.redirect() != want {
		t.Errorf("redirect URI %q, want %q", w.redirect(), want)
	}
	w.stillWaits(issuer)

	cfg.RedirectPorts = []int{takenPort}
	_, err = newClient(t, cfg).SignIn(t.Context(), auth.SignInRequest{})
	wantErr(t, err, auth.ErrPortInUse)
}

func TestRule12_localhostIsAnOption(t *testing.T) {
	issuer := oidctest.Start(t)
	cfg := config(issuer)
	cfg.RedirectHost = "localhost"
	w := startSignIn(t, newClient(t, cfg))
	u, err := url.Parse(w.redirect())
	if err != nil || u.Hostname() != "localhost" {
		t.Fatalf("redirect URI %q", w.redirect())
	}
	numeric := "http://127.0.0.1:" + u.Port() + "/callback"
	if resp, _ := send(t, "GET", numeric, "127.0.0.1:"+u.Port()); resp.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("the other name of the host got %d", resp.StatusCode)
	}
	if resp, _ := send(t, "GET", numeric, "LOCALHOST:"+u.Port()); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("host names have no case, and this one got %d", resp.StatusCode)
	}
	w.stillWaits(issuer)
}

// Nothing needs a port for longer than a sign-in: the page of the one before makes way.
func TestRule13_portIsFreeForNextSignIn(t *testing.T) {
	port := freePort(t)
	issuer := oidctest.Start(t)
	cfg := config(issuer)
	cfg.RedirectPorts = []int{port}
	for range 2 {
		w := startSignIn(t, newClient(t, cfg))
		w.stillWaits(issuer)
	}
}

// The listener closes when the sign-in is canceled.
func TestRule13_closesOnCancel(t *testing.T) {
	issuer := oidctest.Start(t)
	w := startSignIn(t, newClient(t, config(issuer)))
	w.cancel()
	<-w.done
	wantErr(t, w.err, auth.ErrCanceled)
	if auth.IsTransient(w.err) || !refused(w.redirect()) {
		t.Fatal("it still listens, or a cancel is taken for trouble")
	}
}

// Only GET on the callback path is answered.
func TestRule14_onlyGETOnCallbackPath(t *testing.T) {
	issuer := oidctest.Start(t)
	w := startSignIn(t, newClient(t, config(issuer)))
	base := strings.TrimSuffix(w.redirect(), "/callback")
	right := strings.TrimPrefix(base, "http://")
	state := "?state=" + w.query().Get("state") + "&code=stolen"
	for _, c := range []struct {
		method, path, host string
		status             int
	}{
		{"GET", "/", right, 404},
		{"GET", "/favicon.ico", right, 404},
		{"GET", "/callback/", right, 404},
		{"GET", "/Callback" + state, right, 404},
		{"GET", "/call%62ack" + state, right, 404},
		{"GET", "/x/../callback" + state, right, 404},
		{"POST", "/callback" + state, right, 405},
		{"HEAD", "/callback" + state, right, 405},
		{"OPTIONS", "/callback" + state, right, 405},
		{"GET", "/callback" + state, "evil.example", 421},
		{"GET", "/callback" + state, "127.0.0.1", 421},
		{"GET", "/callback" + state, "localhost:" + strings.Split(right, ":")[1], 421},
	} {
		resp, body := send(t, c.method, base+c.path, c.host)
		if resp.StatusCode != c.status || body != "" {
			t.Errorf("%s %s at %s: %d %q", c.method, c.path, c.host, resp.StatusCode, body)
		}
	}
	w.stillWaits(issuer)
}

// The state is bound to one attempt, and used once.
func TestRule10_stateIsUsedOnce(t *testing.T) {
	issuer := oidctest.Start(t)
	client := newClient(t, config(issuer))
	first, second := startSignIn(t, client), startSignIn(t, client)
	crossed := second.redirect() + "?code=c&state=" + first.query().Get("state")
	if page := issuer.Browser().Visit(crossed); page.Status != 400 {
		t.Errorf("another attempt's state got %d", page.Status)
	}
	second.stillWaits(issuer)
	first.stillWaits(issuer)
}

// Some browsers and scanners fetch the answer's address twice: both see how the sign-in ended, and the
// code is redeemed once.
func TestRule10_secondAnswerIsNotUsed(t *testing.T) {
	issuer := oidctest.Start(t)
	exchanging, release := make(chan bool), make(chan bool)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = func(_ http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == oidctest.TokenPath {
				exchanging <- true
				<-release
			}
			return false
		}
	})
	w := startSignIn(t, newClient(t, config(issuer)))
	browser := issuer.Browser()
	address, err := browser.Callback(w.link)
	if err != nil {
		t.Fatal(err)
	}
	_ = browser.Open(address)
	<-exchanging
	_ = browser.Open(address)
	close(release)
	first, second := browser.Page(t), browser.Page(t)
	<-w.done
	later := browser.Visit(address)
	for _, page := range []oidctest.Page{first, second, later} {
		if page.Status != 200 || !strings.Contains(page.Body, "You are signed in") {
			t.Errorf("%d %s %v", page.Status, page.Body, page.Err)
		}
	}
	if w.err != nil || len(issuer.Requests(oidctest.TokenPath)) != 1 {
		t.Errorf("%v, %d token requests", w.err, len(issuer.Requests(oidctest.TokenPath)))
	}
}

// A browser that fetches the answer ahead has not brought it.
func TestRule15_prefetch(t *testing.T) {
	issuer := oidctest.Start(t)
	for name, value := range map[string]string{
		"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch", "X-Moz": "prefetch", "X-Purpose": "preview",
	} {
		w := startSignIn(t, newClient(t, config(issuer)))
		address, err := issuer.Browser().Callback(w.link)
		if err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set(name, value)
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
		page := issuer.Browser().Visit(address)
		if <-w.done; w.err != nil || page.Status != 200 {
			t.Errorf("%s: %v, page %d %v", name, w.err, page.Status, page.Err)
		}
	}
}

// The browser ends at a clean address.
func TestRule40_cleanAddress(t *testing.T) {
	for _, path := range []string{"", "/", "/oauth2/callback"} {
		for _, deny := range []string{"", "access_denied"} {
			issuer := oidctest.Start(t)
			issuer.Behave(func(b *oidctest.Behavior) { b.Deny = deny })
			cfg := config(issuer)
			cfg.RedirectPath = path
			w := startSignIn(t, newClient(t, cfg))
			early, _ := send(t, "GET", strings.TrimSuffix(w.redirect(), "/")+"/done", "")
			if early.StatusCode != http.StatusNotFound {
				t.Errorf("before the answer the page is there: %d", early.StatusCode)
			}
			page := issuer.Browser().Visit(w.link)
			<-w.done
			want := "You are signed in"
			if deny != "" {
				want = "Sign-in was not completed"
			}
			u, err := url.Parse(page.URL)
			if err != nil || page.Err != nil || u.RawQuery != "" || u.Fragment != "" || !strings.Contains(page.Body, want) {
				t.Errorf("%q %q: the browser stands at %s: %s %v", path, deny, page.URL, page.Body, page.Err)
			}
		}
	}
}

// Bad requests do not end the sign-in.
func TestRule15_badRequests(t *testing.T) {
	issuer := oidctest.Start(t)
	w := startSignIn(t, newClient(t, config(issuer)))
	state := "state=" + w.query().Get("state")
	for name, query := range map[string]string{
		"nothing":                  "",
		"no state":                 "code=c",
		"wrong state":              "code=c&state=wrong",
		"empty state":              "code=c&state=",
		"state's beginning":        "code=c&" + state[:len(state)-1],
		"no code":                  state,
		"empty code":               "code=&" + state,
		"error without state":      "error=access_denied",
		"error with wrong state":   "error=access_denied&state=wrong",
		"code and error":           "code=c&error=access_denied&" + state,
		"state twice":              "code=c&" + state + "&" + state,
		"code twice":               "code=c&code=d&" + state,
		"something else twice":     "code=c&x=1&x=2&" + state,
		"percent without a number": "code=%zz&" + state,
		"semicolons":               "code=c;" + state,
	} {
		page := issuer.Browser().Visit(w.redirect() + "?" + query)
		if page.Status != 400 || page.Err != nil {
			t.Errorf("%s: %d %v", name, page.Status, page.Err)
		}
	}
	w.stillWaits(issuer)
}

// An error with the right state ends the sign-in.
func TestRule15_errorWithRightState(t *testing.T) {
	for code, want := range map[string]error{
		"access_denied": auth.ErrDeniedByUser, "unauthorized_client": auth.ErrRefusedByProvider, "invalid_scope": auth.ErrRefusedByProvider,
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Deny, b.DenyText = code, "because <b>so</b>" })
		answered := false
		browser := issuer.Browser()
		_, err := newClient(t, config(issuer)).SignIn(t.Context(), auth.SignInRequest{
			OpenBrowser: browser.Open, OnAnswer: func() { answered = true },
		})
		page := browser.Page(t)
		wantErr(t, err, want)
		var providerCode *auth.ProviderError
		if !errors.As(err, &providerCode) || providerCode.Code != code || providerCode.Description != "because <b>so</b>" || answered {
			t.Errorf("%s: %#v", code, providerCode)
		}
		if !strings.Contains(page.Body, "not completed") || strings.Contains(page.Body, "because") {
			t.Errorf("%s: the page says %s", code, page.Body)
		}
	}
}

// Answer pages are static.
func TestRule16_answerPagesAreStatic(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Callback = func(q url.Values) { q.Set("session_state", "<script>echo</script>") }
	})
	w := startSignIn(t, newClient(t, config(issuer)))
	callErr := issuer.Browser().Visit(w.redirect() + "?code=%3Cscript%3Eecho&state=echo&error=echo")
	good := issuer.Browser().Visit(w.link)
	<-w.done
	if w.err != nil {
		t.Fatal(w.err)
	}
	for _, page := range []oidctest.Page{callErr, good} {
		for header, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
			"Content-Type": "text/html; charset=utf-8",
		} {
			if got := page.Header.Get(header); got != want {
				t.Errorf("%s: %q", header, got)
			}
		}
		if policy := page.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") ||
			strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("policy %q", policy)
		}
		if strings.Contains(page.Body, "echo") || strings.Contains(page.Body, "<script") || page.Body == "" {
			t.Errorf("the page repeats what it was sent: %s", page.Body)
		}
	}
}

package auth_test

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
)

func config(issuer *oidctest.Issuer) auth.Config {
	return auth.Config{Issuer: issuer.URL, ClientID: oidctest.ClientID, Offline: true}
}

func newClient(t *testing.T, cfg auth.Config, options ...auth.Option) *auth.Client {
	t.Helper()
	client, err := auth.New(cfg, options...)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return client
}

// signIn signs in with a browser that does all it is told to, and gives the page it ended at.
func signIn(t *testing.T, client *auth.Client, issuer *oidctest.Issuer) (auth.Tokens, oidctest.Page, error) {
	t.Helper()
	browser := issuer.Browser()
	tokens, err := client.SignIn(t.Context(), auth.SignInRequest{OpenBrowser: browser.Open})
	return tokens, browser.Page(t), err
}

func mustSignIn(t *testing.T, client *auth.Client, issuer *oidctest.Issuer) auth.Tokens {
	t.Helper()
	tokens, _, err := signIn(t, client, issuer)
	if err != nil {
		t.Fatalf("SignIn: %v", err)
	}
	return tokens
}

// waiting is a sign-in that waits for its browser.
type waiting struct {
	t      *testing.T
	link   string
	cancel context.CancelFunc
	tokens auth.Tokens
	err    error
	done   chan struct{}
}

// startSignIn returns when the listener is bound.
func startSignIn(t *testing.T, client *auth.Client) *waiting {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	w := &waiting{t: t, cancel: cancel, done: make(chan struct{})}
	t.Cleanup(cancel)
	links := make(chan string, 1)
	go func() {
		defer close(w.done)
		w.tokens, w.err = client.SignIn(ctx, auth.SignInRequest{OnLink: func(link string) { links <- link }})
	}()
	select {
	case w.link = <-links:
	case <-w.done:
		t.Fatalf("SignIn ended before there was a link: %v", w.err)
	}
	return w
}

func (w *waiting) query() url.Values {
	w.t.Helper()
	u, err := url.Parse(w.link)
	if err != nil {
		w.t.Fatal(err)
	}
	return u.Query()
}

func (w *waiting) redirect() string { return w.query().Get("redirect_uri") }

// stillWaits checks that the sign-in has not ended by letting it succeed.
func (w *waiting) stillWaits(issuer *oidctest.Issuer) {
	w.t.Helper()
	page := issuer.Browser().Visit(w.link)
	<-w.done
	if page.Err != nil || page.Status != 200 || w.err != nil {
		w.t.Fatalf("the sign-in did not go on: page %d (%v), %v", page.Status, page.Err, w.err)
	}
}

func checkOf(t *testing.T, err error) auth.Check {
	t.Helper()
	var failed *auth.TokenError
	if !errors.As(err, &failed) || !errors.Is(err, auth.ErrTokenInvalid) {
		t.Fatalf("not a TokenError: %v", err)
	}
	return failed.Check
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

// reasons returns why an error came about, as it is written into a log.
func reasons(err error) string {
	var all []string
	for _, r := range auth.Reasons(err) {
		all = append(all, r.String())
	}
	return strings.Join(all, "; ")
}

// because reports whether an error has this reason.
func because(err error, code auth.ReasonCode) bool {
	return slices.ContainsFunc(auth.Reasons(err), func(r auth.Reason) bool { return r.Code == code })
}

// Package oidctest is an OpenID Connect provider for tests, with a browser to go with it. The
// provider is strict where a good one is: PKCE with S256, exact redirect URIs, codes and refresh
// tokens that work once. Behavior makes it misbehave.
//
//	issuer := oidctest.Start(t)
//	client, err := auth.New(auth.Config{Issuer: issuer.URL, ClientID: oidctest.ClientID, Offline: true})
//	browser := issuer.Browser()
//	tokens, err := client.SignIn(ctx, auth.SignInRequest{OpenBrowser: browser.Open})
//	page := browser.Page(t) // what the user sees at the end
//
// Inside testing/synctest use NewInMemory and auth.WithTransport(issuer.Transport()): no sockets.
package oidctest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"daypass/auth/secret"
)

// ClientID is the client that an Issuer knows.
const ClientID = "daypass-test"

// Subject is the sub of the user who signs in.
const Subject = "subject-of-ada"

// The paths of the endpoints.
const (
	DiscoveryPath = "/.well-known/openid-configuration"
	AuthorizePath = "/authorize"
	TokenPath     = "/token"
	KeysPath      = "/keys"
	RevokePath    = "/revoke"
	PushPath      = "/par"
)

// Behavior is how an Issuer behaves. The zero value is a good provider that rotates refresh tokens.
type Behavior struct {
	// ClientSecret, where set, is required at the token endpoint.
	ClientSecret secret.Secret
	// Lifetime of ID tokens; zero means an hour.
	Lifetime time.Duration
	// BasicAsIs compares the Basic header without undoing the form encoding of its parts.
	BasicAsIs bool
	// OnlyMethod is the one way in which the client may authenticate; empty means any.
	OnlyMethod string
	// Granted, where set, are the scopes that are granted whatever is requested. Token answers say so, and
	// a refresh that names another one is refused with invalid_scope.
	Granted string
	// RefuseScopes refuses every refresh that names scopes.
	RefuseScopes bool
	// ConsentForRefresh issues a refresh token only where the request has prompt=consent.
	ConsentForRefresh bool
	// Answer changes each token answer.
	Answer func(grantType string, answer map[string]any)
	// Keys changes the document with the signing keys.
	Keys func(document map[string]any)
	// Metadata changes the discovery document.
	Metadata func(document map[string]any)
	// Deny answers authorizations with this error code, and DenyText with this description.
	Deny, DenyText string
	// Callback changes the query with which the browser is sent back.
	Callback func(query url.Values)
	// Claims changes the claims of each ID token. grantType is authorization_code or refresh_token.
	Claims func(grantType string, claims map[string]any)
	// Algorithm overrides how tokens are signed: "none", "HS256", or an unknown key's "RS256".
	Algorithm string
	// AccessToken, where set, makes access tokens JWTs with claims that it may change.
	AccessToken func(claims map[string]any)
	// NoIDTokenOnRefresh leaves the ID token out of refreshes, NoIDToken out of every answer.
	NoIDTokenOnRefresh, NoIDToken bool
	// KeepRefreshToken sends no new refresh token on a refresh; the old one goes on working.
	KeepRefreshToken bool
	// RefusedLikeDex answers a spent refresh token as Dex does, with invalid_request.
	RefusedLikeDex bool
	// Pushed has the provider take pushed authorization requests, and PushedOnly no others.
	Pushed, PushedOnly bool
	// Proofs has the provider take proofs of possession and bind the tokens to their key. ProofNonce has each proof
	// hold the nonce of the answer before, and ProofsOnly refuses requests without one.
	Proofs, ProofNonce, ProofsOnly bool
	// Device is the device flow; nil offers none. Metadata must name its endpoint.
	Device *Device
	// Skew sets the provider's clock this much ahead of the test's.
	Skew time.Duration
	// Intercept sees each request first and reports whether it has answered. See Answer.
	Intercept func(w http.ResponseWriter, r *http.Request) bool
}

// Request is a request that an Issuer got.
type Request struct {
	Method, Path  string
	Query, Form   url.Values
	Authorization string
	// Proof is the DPoP header.
	Proof string
}

// Issuer is a provider. It is safe for use by several goroutines.
type Issuer struct {
	// URL is the issuer's identifier and address.
	URL string

	mu       sync.Mutex
	behavior Behavior
	key      signingKey
	codes    map[string]authorization // each works once
	refresh  map[string]grant         // by refresh token; each works once
	pushed   map[string]url.Values    // by request_uri; each works once
	proofs   map[string]bool          // the jti of those that were taken
	nonce    string                   // that the next proof must hold
	requests []Request
	secrets  []string
	inMemory bool
}

// authorization is what an authorization code stands for.
type authorization struct{ nonce, challenge, redirectURI, scope, prompt, thumbprint string }

// grant is what a refresh token stands for.
type grant struct {
	nonce string
	// thumbprint is that of the key to which it is bound; empty for none.
	thumbprint string
}

// Start returns a provider on a loopback port until the test ends.
func Start(t testing.TB) *Issuer {
	t.Helper()
	i := newIssuer("")
	server := httptest.NewServer(i)
	t.Cleanup(server.Close)
	i.URL = server.URL
	return i
}

// NewInMemory returns a provider without a socket, reached by Transport alone. address is its
// identifier, such as https://login.example.
func NewInMemory(address string) *Issuer {
	i := newIssuer(address)
	i.inMemory = true
	return i
}

func newIssuer(address string) *Issuer {
	return &Issuer{
		URL: address, key: firstKey(), codes: map[string]authorization{}, refresh: map[string]grant{},
		pushed: map[string]url.Values{}, proofs: map[string]bool{},
	}
}

// Behave changes the provider's behavior.
func (i *Issuer) Behave(change func(*Behavior)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	change(&i.behavior)
}

// RotateKey has the provider sign with a new key, and forget the old one.
func (i *Issuer) RotateKey() {
	key := newKey()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.key = key
}

// Requests are those that came to a path, in order.
func (i *Issuer) Requests(path string) []Request {
	i.mu.Lock()
	defer i.mu.Unlock()
	var found []Request
	for _, r := range i.requests {
		if r.Path == path {
			found = append(found, r)
		}
	}
	return found
}

// Secrets are the codes and tokens issued so far: none may ever appear in a log or an error.
func (i *Issuer) Secrets() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]string(nil), i.secrets...)
}

// Answer is an Intercept that returns one answer to every request for a path.
func Answer(path string, status int, contentType, body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != path {
			return false
		}
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
		return true
	}
}

// Transport reaches the provider without a socket; every other host is reached as usual.
func (i *Issuer) Transport() http.RoundTripper { return inMemory{i} }

type inMemory struct{ issuer *Issuer }

// RoundTrip implements http.RoundTripper.
func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	home, err := url.Parse(m.issuer.URL)
	if err != nil {
		return nil, err
	}
	if r.URL.Host != home.Host {
		return http.DefaultTransport.RoundTrip(r)
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	m.issuer.ServeHTTP(w, r.Clone(r.Context()))
	answer := w.Result()
	answer.Request = r
	return answer, r.Context().Err()
}

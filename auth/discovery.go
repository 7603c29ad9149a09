package auth

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Provider is a provider's metadata (OpenID Connect Discovery section 3, RFC 8414, RFC 9207), as far
// as Daypass needs it, checked. It is read-only.
type Provider struct {
	Issuer                      string   `json:"issuer"`
	AuthorizationEndpoint       string   `json:"authorization_endpoint"`
	TokenEndpoint               string   `json:"token_endpoint"`
	JWKSURI                     string   `json:"jwks_uri"`
	RevocationEndpoint          string   `json:"revocation_endpoint"`
	EndSessionEndpoint          string   `json:"end_session_endpoint"`
	UserinfoEndpoint            string   `json:"userinfo_endpoint"`
	DeviceAuthorizationEndpoint string   `json:"device_authorization_endpoint"`
	ScopesSupported             []string `json:"scopes_supported"`
	CodeChallengeMethods        []string `json:"code_challenge_methods_supported"`
	TokenEndpointAuthMethods    []string `json:"token_endpoint_auth_methods_supported"`
	ResponseIssuer              bool     `json:"authorization_response_iss_parameter_supported"`

	keys  *keySet
	found time.Time
}

// maxMetadataAge is how long metadata is used before it is asked for anew.
const maxMetadataAge = 24 * time.Hour

// Discover fetches and checks the provider's metadata and its signing keys. What it found is kept
// for a day, or until a request to the provider goes wrong in a way that newer metadata could mend.
//
// Errors: *DiscoveryError (ErrDiscovery), *UnreachableError (ErrIssuerUnreachable), ErrCancelled.
func (c *Client) Discover(ctx context.Context) (*Provider, error) {
	p, err := c.metadata(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.keys.load(ctx); err != nil {
		c.forget(p)
		return nil, err
	}
	return p, nil
}

// metadata is Discover without the keys.
func (c *Client) metadata(ctx context.Context) (*Provider, error) {
	if p := c.known(); p != nil {
		return p, nil
	}
	p := &Provider{found: time.Now()}
	a, err := c.getJSON(ctx, "discovery", strings.TrimSuffix(c.cfg.Issuer, "/")+wellKnown, p)
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusOK {
		return nil, &DiscoveryError{Check: "document", Reason: "There is no description of a login at this address (" + http.StatusText(a.status) + ")."}
	}
	if err := c.check(p); err != nil {
		return nil, err
	}
	p.keys = newKeySet(c, p.JWKSURI)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.provider = p
	return p, nil
}

func (c *Client) known() *Provider {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider == nil || time.Since(c.provider.found).Abs() > maxMetadataAge {
		return nil
	}
	return c.provider
}

// forget has the next call discover anew.
func (c *Client) forget(p *Provider) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider == p {
		c.provider = nil
	}
}

func (c *Client) check(p *Provider) error {
	if !c.sameIssuer(p.Issuer) {
		return &DiscoveryError{Check: "issuer", Reason: "The login calls itself " + quote(p.Issuer) + " and not " + quote(c.cfg.Issuer) + "."}
	}
	for _, e := range p.endpoints() {
		if err := p.checkEndpoint(e); err != nil {
			return err
		}
	}
	if len(p.CodeChallengeMethods) > 0 && !slices.Contains(p.CodeChallengeMethods, "S256") {
		return &DiscoveryError{
			Check:  "code_challenge_methods_supported",
			Reason: "The login offers PKCE only without the method S256, which protects nothing.",
		}
	}
	return nil
}

// sameIssuer is an exact comparison. A discovery URL does not tell whether the issuer before it ends
// in a slash (Discovery section 4.1 removes it), so that then both are the same.
func (c *Client) sameIssuer(issuer string) bool {
	return issuer == c.cfg.Issuer || c.fromURL && issuer == c.cfg.Issuer+"/"
}

type endpoint struct {
	name, address string
	required      bool
}

func (p *Provider) endpoints() []endpoint {
	return []endpoint{
		{"authorization_endpoint", p.AuthorizationEndpoint, true},
		{"token_endpoint", p.TokenEndpoint, true},
		{"jwks_uri", p.JWKSURI, true},
		{"revocation_endpoint", p.RevocationEndpoint, false},
		{"end_session_endpoint", p.EndSessionEndpoint, false},
		{"userinfo_endpoint", p.UserinfoEndpoint, false},
		{"device_authorization_endpoint", p.DeviceAuthorizationEndpoint, false},
	}
}

func (p *Provider) checkEndpoint(e endpoint) error {
	if e.address == "" {
		if e.required {
			return &DiscoveryError{Check: e.name, Reason: "The login does not say where its " + e.name + " is."}
		}
		return nil
	}
	u, err := url.Parse(e.address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || !plain(e.address) {
		return &DiscoveryError{Check: e.name, Reason: "The login's " + e.name + " is not a usable address."}
	}
	// Only an issuer that is itself plain http, and so on loopback, may send people to plain http.
	if !secure(u) || u.Scheme == "http" && strings.HasPrefix(p.Issuer, "https:") {
		return &DiscoveryError{
			Check: e.name, insecure: true,
			Reason: "The login's " + e.name + " is plain http, where anybody on the way can read along.",
		}
	}
	return nil
}

// quote repeats an identifier from outside, such as an issuer or a client ID.
func quote(s string) string { return strconv.Quote(shorten(s, maxForeignText)) }

package auth

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"daypass/auth/safetext"
)

// Provider is a provider's metadata (OpenID Connect Discovery section 3, RFC 8414, RFC 9207), as far
// as Daypass needs it, checked. It is read-only.
type Provider struct {
	Issuer                      string
	AuthorizationEndpoint       string
	TokenEndpoint               string
	JWKSURI                     string
	RevocationEndpoint          string
	EndSessionEndpoint          string
	UserinfoEndpoint            string
	DeviceAuthorizationEndpoint string
	// PushedRequestEndpoint takes authorization requests before the browser opens (RFC 9126); empty for none.
	PushedRequestEndpoint    string
	ScopesSupported          []string
	ClaimsSupported          []string
	CodeChallengeMethods     []string
	TokenEndpointAuthMethods []string
	ResponseIssuer           bool

	// unsupported are the features that every authorization request needs, and Daypass does not have.
	unsupported []Feature
	// requiresPushed is true where every authorization request must be a pushed one.
	requiresPushed bool
	// proofAlgorithms are how the provider takes proofs of possession signed (RFC 9449); whether it requires them of a
	// client it does not say.
	proofAlgorithms []string

	keys  *keySet
	found time.Time
}

// pushedRequestEndpoint is the member of the metadata with that name.
const pushedRequestEndpoint = "pushed_authorization_request_endpoint"

// maxMetadataAge is how long metadata is used before it is asked for again.
const maxMetadataAge = 24 * time.Hour

// DiscoveryURL returns the address of an issuer's metadata (Discovery section 4).
func DiscoveryURL(issuer string) string { return strings.TrimSuffix(issuer, "/") + wellKnown }

// Discover fetches and checks the provider's metadata and its signing keys. What it found is kept
// for a day, or until a request to the provider goes wrong in a way that newer metadata could fix.
//
// Errors: *DiscoveryError (ErrDiscovery), *UnreachableError (ErrIssuerUnreachable), ErrCanceled.
func (c *Client) Discover(ctx context.Context) (*Provider, error) {
	p, err := c.Metadata(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.keys.load(ctx); err != nil {
		c.discard(p)
		return nil, err
	}
	return p, nil
}

// Metadata returns the provider's metadata, checked, without fetching its signing keys. Its errors are those of Discover.
func (c *Client) Metadata(ctx context.Context) (*Provider, error) {
	if p := c.known(); p != nil {
		return p, nil
	}
	a, document, err := c.getObject(ctx, "discovery", DiscoveryURL(c.cfg.Issuer))
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusOK {
		return nil, &DiscoveryError{Check: "document", Reason: because(ReasonMetadataMissing, "Status", strconv.Itoa(a.status))}
	}
	c.prover.heard(DiscoveryURL(c.cfg.Issuer), a)
	p := readMetadata(document)
	if err := p.check(c.cfg, c.fromURL); err != nil {
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

// discard has the next call discover again.
func (c *Client) discard(p *Provider) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider == p {
		c.provider = nil
	}
}

// readMetadata reads the members that matter. Each is read by itself: what is wrong with one that is
// not needed must not keep anybody from signing in.
func readMetadata(o object) *Provider {
	return &Provider{
		Issuer:                      o.text("issuer"),
		AuthorizationEndpoint:       o.text("authorization_endpoint"),
		TokenEndpoint:               o.text("token_endpoint"),
		JWKSURI:                     o.text("jwks_uri"),
		RevocationEndpoint:          o.address("revocation_endpoint"),
		EndSessionEndpoint:          o.address("end_session_endpoint"),
		UserinfoEndpoint:            o.address("userinfo_endpoint"),
		DeviceAuthorizationEndpoint: o.address("device_authorization_endpoint"),
		PushedRequestEndpoint:       o.address(pushedRequestEndpoint),
		ScopesSupported:             o.words("scopes_supported"),
		ClaimsSupported:             o.words("claims_supported"),
		CodeChallengeMethods:        o.words("code_challenge_methods_supported"),
		TokenEndpointAuthMethods:    o.words("token_endpoint_auth_methods_supported"),
		ResponseIssuer:              o.flag("authorization_response_iss_parameter_supported"),
		unsupported:                 o.unsupported(),
		requiresPushed:              o.flag("require_pushed_authorization_requests"),
		proofAlgorithms:             o.words("dpop_signing_alg_values_supported"),
		found:                       time.Now(),
	}
}

// unsupported are the features that the metadata require and Daypass does not have: signed requests (RFC 9101 section
// 10.5), and answers that reach no listener but only a web server (OAuth 2.0 Form Post Response Mode, JARM).
func (o object) unsupported() []Feature {
	var features []Feature
	if o.flag("require_signed_request_object") {
		features = append(features, SignedRequests)
	}
	modes := o.words("response_modes_supported")
	if slices.Contains(modes, "form_post") && !slices.Contains(modes, "query") {
		features = append(features, FormPost)
	}
	if o.flag("require_pushed_authorization_requests") && o.address(pushedRequestEndpoint) == "" {
		features = append(features, PushedRequests)
	}
	return features
}

// checkSupported refuses a provider at whose page the browser could only end in an error.
func (p *Provider) checkSupported() error {
	if len(p.unsupported) == 0 {
		return nil
	}
	reason := because(ReasonMetadataRequires)
	if p.unsupported[0] == PushedRequests {
		reason = because(ReasonEndpointMissing, "Endpoint", pushedRequestEndpoint)
	}
	return &UnsupportedError{Feature: p.unsupported[0], Reason: reason}
}

// address returns the address of an endpoint that need not be there; empty where it is not one. Plain
// http is left for the check that refuses it.
func (o object) address(name string) string {
	u, err := url.Parse(o.text(name))
	if err != nil || !isEndpoint(u) || !plain(o.text(name)) {
		return ""
	}
	return o.text(name)
}

// isEndpoint reports whether an address can be one of an endpoint (RFC 6749 section 3.1).
func isEndpoint(u *url.URL) bool { return u.Host != "" && u.User == nil && u.Fragment == "" }

// check reports what of the metadata cannot be used by a client of this configuration.
func (p *Provider) check(cfg Config, fromURL bool) error {
	// An exact comparison, but for a discovery URL: it does not say whether the issuer before it ends in a slash
	// (Discovery section 4.1 removes it).
	if p.Issuer != cfg.Issuer && !(fromURL && p.Issuer == cfg.Issuer+"/") {
		return issuerMismatch(p.Issuer, cfg.Issuer)
	}
	for _, e := range p.endpoints() {
		if err := p.checkEndpoint(e); err != nil {
			return err
		}
	}
	if len(p.CodeChallengeMethods) > 0 && !slices.Contains(p.CodeChallengeMethods, "S256") {
		return &DiscoveryError{Check: "code_challenge_methods_supported", Reason: because(ReasonPKCE)}
	}
	return nil
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
		{pushedRequestEndpoint, p.PushedRequestEndpoint, false},
	}
}

// signInEndpoints are the addresses that the user or what proves their sign-in is sent to.
func (p *Provider) signInEndpoints() []string {
	return []string{p.AuthorizationEndpoint, p.PushedRequestEndpoint, p.TokenEndpoint, p.DeviceAuthorizationEndpoint, p.RevocationEndpoint}
}

func (p *Provider) checkEndpoint(e endpoint) error {
	if e.address == "" {
		if e.required {
			return &DiscoveryError{Check: e.name, Reason: because(ReasonEndpointMissing, "Endpoint", e.name)}
		}
		return nil
	}
	u, err := url.Parse(e.address)
	if err != nil || !isEndpoint(u) || !plain(e.address) {
		return &DiscoveryError{Check: e.name, Reason: because(ReasonEndpointInvalid, "Endpoint", e.name)}
	}
	// Only an issuer that is itself plain http, and so on loopback, may send people to plain http.
	if !secure(u) || u.Scheme == "http" && strings.HasPrefix(p.Issuer, "https:") {
		return &DiscoveryError{Check: e.name, insecure: true, Reason: because(ReasonEndpointInsecure, "Endpoint", e.name)}
	}
	return nil
}

// quote repeats an identifier from outside, such as an issuer or a client ID.
func quote(s string) string { return strconv.Quote(safetext.Line(s, maxForeignText)) }

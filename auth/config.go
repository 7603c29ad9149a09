package auth

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"daypass/auth/cafile"
	"daypass/auth/localhost"
)

const wellKnown = "/.well-known/openid-configuration"

// Client signs in to one provider. It is safe for use by several goroutines. It keeps no token.
type Client struct {
	cfg       Config
	scopes    []string
	fromURL   bool // the issuer was given as a discovery URL
	get, post *http.Client
	trust     Trust

	credentials *credentials
	redirects   *redirects
	prover      prover

	mu       sync.Mutex
	provider *Provider // nil until discovery succeeded
	// consent is what the last sign-in has found out, by NoteConsent.
	consent Consent
}

// Option changes how a Client reaches the network.
type Option func(*Client)

// WithTransport replaces the client's own transport and with it the proxy, the certificate
// authorities and the TLS settings. It is for tests.
func WithTransport(rt http.RoundTripper) Option {
	return func(c *Client) { c.get, c.post = httpClients(rt) }
}

// New makes a client. It checks cfg, reads its CAFile, and asks nobody. The error is a *ConfigError.
func New(cfg Config, options ...Option) (*Client, error) {
	c := &Client{}
	for _, check := range []func(*Config) error{checkIssuer, checkClient, checkRedirect, checkExtraParams} {
		if err := check(&cfg); err != nil {
			return nil, err
		}
	}
	cfg.Issuer, c.fromURL = strings.CutSuffix(cfg.Issuer, wellKnown)
	pool, err := cafile.Load(cfg.CAFile)
	if err != nil {
		return nil, &ConfigError{Field: "CAFile", Detail: err.Error(), cause: err}
	}
	c.cfg, c.scopes = cfg, scopes(cfg)
	c.credentials = &credentials{id: cfg.ClientID, secret: cfg.ClientSecret}
	c.redirects = &redirects{host: cfg.RedirectHost, path: cfg.RedirectPath, ports: cfg.RedirectPorts, listen: net.Listen}
	c.get, c.post = httpClients(newTransport(pool))
	for _, option := range options {
		option(c)
	}
	return c, nil
}

func checkIssuer(cfg *Config) error {
	cfg.Issuer = strings.TrimSpace(cfg.Issuer)
	if cfg.Issuer == "" {
		return &ConfigError{Field: "Issuer", Detail: "The address of the provider is missing."}
	}
	u, err := url.Parse(cfg.Issuer)
	if err != nil || u.Host == "" {
		return &ConfigError{Field: "Issuer", Detail: "This is not an address such as https://login.example."}
	}
	if !secure(u) {
		return &ConfigError{
			Field: "Issuer", insecure: true,
			Detail: "The address must begin with https:// because tokens are sent there; http:// is only for a provider on this computer.",
		}
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return &ConfigError{Field: "Issuer", Detail: "The address must have no user name, no query and no fragment."}
	}
	return nil
}

func checkClient(cfg *Config) error {
	cfg.ClientID = strings.TrimSpace(cfg.ClientID)
	if cfg.ClientID == "" {
		return &ConfigError{Field: "ClientID", Detail: "The client ID that is registered with the provider is missing."}
	}
	return nil
}

func checkRedirect(cfg *Config) error {
	if cfg.RedirectHost == "" {
		cfg.RedirectHost = "127.0.0.1"
	}
	if !slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, cfg.RedirectHost) {
		return &ConfigError{Field: "RedirectHost", Detail: "The redirect host must be 127.0.0.1, ::1 or localhost."}
	}
	for _, port := range cfg.RedirectPorts {
		if port < 1 || port > 65535 {
			return &ConfigError{Field: "RedirectPorts", Detail: fmt.Sprintf("%d is not a port; ports are 1 to 65535.", port)}
		}
	}
	if cfg.RedirectPath == "" {
		cfg.RedirectPath = "/callback"
	}
	u, err := url.Parse(cfg.RedirectPath)
	if err != nil || !strings.HasPrefix(cfg.RedirectPath, "/") || u.Host != "" || u.EscapedPath() != cfg.RedirectPath || u.Path != cfg.RedirectPath {
		return &ConfigError{Field: "RedirectPath", Detail: "The redirect path must begin with / and be a plain path."}
	}
	return nil
}

// protected are the parameters that make the flow safe, or that the listener relies on.
var protected = []string{
	"client_id", "client_secret", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce",
	"code_challenge", "code_challenge_method", "code_verifier", "request", "request_uri", "dpop_jkt",
}

func checkExtraParams(cfg *Config) error {
	for name := range cfg.ExtraParams {
		if slices.Contains(protected, strings.ToLower(strings.TrimSpace(name))) {
			return &ConfigError{Field: "ExtraParams", Detail: fmt.Sprintf("%q is set by Daypass and cannot be changed.", name)}
		}
		if name == "" {
			return &ConfigError{Field: "ExtraParams", Detail: "A parameter has no name."}
		}
	}
	return nil
}

const (
	scopeOpenID  = "openid"
	scopeOffline = "offline_access"
	accessType   = "access_type" // Google's parameter in place of offline_access
)

// scopes is what is asked for: openid first, and offline_access if and only if a refresh token is
// wanted and not asked for in another way.
func scopes(cfg Config) []string {
	wanted := strings.Fields(strings.Join(cfg.Scopes, " "))
	if len(wanted) == 0 {
		wanted = []string{"profile", "email"}
	}
	all := []string{scopeOpenID}
	for _, s := range wanted {
		if s != scopeOffline && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if _, other := cfg.ExtraParams[accessType]; cfg.Offline && !other {
		all = append(all, scopeOffline)
	}
	return all
}

// secure reports whether tokens may go to u: https, or http to this computer.
func secure(u *url.URL) bool {
	return u.Scheme == "https" || u.Scheme == "http" && localhost.Is(u.Hostname())
}

// plain reports whether an address has no characters but those of RFC 3986: no blank, no quote that a
// program could take for the end of an argument, nothing that shows as what it is not.
func plain(address string) bool {
	return !strings.ContainsFunc(address, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("\"<>\\^`{|}", r)
	})
}

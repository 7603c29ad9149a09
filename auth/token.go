package auth

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"daypass/auth/secret"
)

// grant is a successful answer of the token endpoint (RFC 6749 section 5.1).
type grant struct {
	idToken, accessToken, refreshToken secret.Secret
	// skew is the provider's clock minus this computer's; zero where they agree or it is not known.
	skew time.Duration
}

// requestToken posts form to the token endpoint.
func (c *Client) requestToken(ctx context.Context, p *Provider, form url.Values) (*grant, error) {
	a, err := c.postForm(ctx, p, "token request", p.TokenEndpoint, form)
	if err != nil {
		c.forget(p)
		return nil, err
	}
	var body struct {
		IDToken      string `json:"id_token"`
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
	}
	if err := a.decode(&body); err != nil {
		c.forget(p)
		return nil, err
	}
	return &grant{
		idToken: secret.New(body.IDToken), accessToken: secret.New(body.AccessToken), refreshToken: secret.New(body.RefreshToken),
		skew: a.skew(time.Now()),
	}, nil
}

// postForm posts form with the client's authentication and gives an answer that is neither an error
// nor a redirect.
func (c *Client) postForm(ctx context.Context, p *Provider, doing, address string, form url.Values) (*answer, error) {
	sent := c.sentSecrets(form)
	req, err := c.formRequest(ctx, p, address, form)
	if err != nil {
		return nil, &DiscoveryError{Check: "document", Reason: "The login's address cannot be used."}
	}
	a, err := ask(c.post, doing, req)
	if err != nil {
		return nil, err
	}
	if err := a.transient(); err != nil {
		return nil, err
	}
	return a, a.refusal(sent)
}

func (c *Client) formRequest(ctx context.Context, p *Provider, address string, form url.Values) (*http.Request, error) {
	basic := c.authenticate(p, form)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if basic {
		req.SetBasicAuth(url.QueryEscape(c.cfg.ClientID), url.QueryEscape(c.cfg.ClientSecret.Reveal()))
	}
	return req, nil
}

// authenticate puts the client's name, and its secret where it has one, into form, or reports that
// they belong in the Authorization header (RFC 6749 section 2.3.1). Basic is what a provider accepts
// that lists nothing (Discovery section 3).
func (c *Client) authenticate(p *Provider, form url.Values) (basic bool) {
	methods := p.TokenEndpointAuthMethods
	if c.cfg.ClientSecret.IsZero() {
		form.Set("client_id", c.cfg.ClientID)
		return false
	}
	if len(methods) == 0 || slices.Contains(methods, "client_secret_basic") {
		return true
	}
	form.Set("client_id", c.cfg.ClientID)
	form.Set("client_secret", c.cfg.ClientSecret.Reveal())
	return false
}

// sentSecrets are the values that a provider's error text might quote back.
func (c *Client) sentSecrets(form url.Values) []secret.Secret {
	sent := []secret.Secret{c.cfg.ClientSecret}
	for _, name := range []string{"code", "code_verifier", "device_code", "refresh_token", "token"} {
		sent = append(sent, secret.New(form.Get(name)))
	}
	return sent
}

// refusal is the error in an answer, or nil. Some providers send one with status 200.
func (a *answer) refusal(sent []secret.Secret) error {
	var body struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	failed := a.status < 200 || a.status > 299
	if failed {
		if err := a.decode(&body); err != nil {
			return err
		}
	} else if a.decode(&body) != nil {
		return nil // revocation answers with an empty body; a token answer is decoded by who reads it
	}
	if body.Error == "" && !failed {
		return nil
	}
	if body.Error == "" {
		return a.unusable("%s refused (%d) and does not say why.", a.host, a.status)
	}
	return providerError(body.Error, body.Description, sent...)
}

func providerError(code, description string, sent ...secret.Secret) *ProviderError {
	e := &ProviderError{Code: foreign(code, sent...), Description: foreign(description, sent...), kind: ErrRefusedByProvider}
	if code == "access_denied" {
		e.kind = ErrRefusedByPerson
	}
	return e
}

// refreshEnded reports whether a refusal of a refresh token means that it has ended. Dex says
// invalid_request for one that was used before and for one that is too old.
func refreshEnded(e *ProviderError) bool {
	switch e.Code {
	case "invalid_grant", "interaction_required", "login_required", "consent_required":
		return true
	case "invalid_request":
		said := strings.ToLower(e.Description)
		return strings.Contains(said, "refresh token is invalid or has already been claimed") || strings.Contains(said, "refresh token expired")
	}
	return false
}

// asRefreshError makes a refusal that ends a refresh token ErrSignInAgain.
func asRefreshError(err error) error {
	var refused *ProviderError
	if errors.As(err, &refused) && refreshEnded(refused) {
		refused.kind = ErrSignInAgain
	}
	return err
}

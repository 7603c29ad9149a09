package auth

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"daypass/auth/secret"
)

// authMethod is a way in which a client authenticates at the provider's endpoints (OpenID Connect Core
// section 9).
type authMethod string

const (
	authNone  authMethod = "none"
	authBasic authMethod = "client_secret_basic"
	authPost  authMethod = "client_secret_post"
)

// credentials are what a client is registered with, and how it shows them.
type credentials struct {
	id     string
	secret secret.Secret

	mu sync.Mutex
	// works is the way to authenticate that has worked where another did not; empty for none.
	works authMethod
}

// methods are the ways to try, in order. Without a secret there is one. With a secret, Basic comes
// first where the provider lists it or lists nothing (Discovery section 3), unless POST has worked
// where Basic did not: some providers compare the Basic header without undoing the form encoding that
// RFC 6749 section 2.3.1 asks for, and so refuse secrets with a "+", "/" or "=".
func (c *credentials) methods(p *Provider) []authMethod {
	if c.secret.IsZero() {
		return []authMethod{authNone}
	}
	first := authPost
	if listed := p.TokenEndpointAuthMethods; len(listed) == 0 || slices.Contains(listed, string(authBasic)) {
		first = authBasic
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.works != "" {
		first = c.works
	}
	if first == authBasic {
		return []authMethod{authBasic, authPost}
	}
	return []authMethod{authPost, authBasic}
}

// prefer has the method tried first from now on.
func (c *credentials) prefer(m authMethod) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.works = m
}

// request is a POST of form, authenticated by method.
func (c *credentials) request(ctx context.Context, method authMethod, address string, form url.Values) (*http.Request, error) {
	body := c.authenticated(method, form)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if method == authBasic {
		req.SetBasicAuth(url.QueryEscape(c.id), url.QueryEscape(c.secret.Reveal()))
	}
	return req, nil
}

// authenticated returns a copy of form with what method puts into the body.
func (c *credentials) authenticated(method authMethod, form url.Values) url.Values {
	form = maps.Clone(form)
	if method == authBasic {
		return form
	}
	form.Set("client_id", c.id)
	if method == authPost {
		form.Set("client_secret", c.secret.Reveal())
	}
	return form
}

// sentSecrets are the values that a provider's error text might quote back.
func (c *credentials) sentSecrets(form url.Values) []secret.Secret {
	sent := []secret.Secret{c.secret}
	for _, name := range []string{"code", "code_verifier", "device_code", "refresh_token", "token"} {
		sent = append(sent, secret.New(form.Get(name)))
	}
	return sent
}

// clientUnknown reports whether an error is about the client and not about what it asked for: invalid_client
// (RFC 6749 section 5.2), or a 401 that says no more than that.
func clientUnknown(err error) bool {
	if refused := new(ProviderError); errors.As(err, &refused) {
		vague := refused.Code == "unauthorized_client" || refused.Code == "unauthorized"
		return refused.Code == "invalid_client" || vague && refused.Status == http.StatusUnauthorized
	}
	unusable := new(UnreachableError)
	return errors.As(err, &unusable) && unusable.Status == http.StatusUnauthorized
}

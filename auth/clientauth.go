package auth

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
)

// authMethod is a way in which a client authenticates at the provider's endpoints (OpenID Connect Core
// section 9).
type authMethod string

const (
	authNone  authMethod = "none"
	authBasic authMethod = "client_secret_basic"
	authPost  authMethod = "client_secret_post"
)

// authMethods are the ways to try, in order. Without a secret there is one. With a secret, Basic comes
// first where the provider lists it or lists nothing (Discovery section 3), unless POST has worked
// where Basic did not: some providers compare the Basic header without undoing the form encoding that
// RFC 6749 section 2.3.1 asks for, and so refuse secrets with a "+", "/" or "=".
func (c *Client) authMethods(p *Provider) []authMethod {
	if c.cfg.ClientSecret.IsZero() {
		return []authMethod{authNone}
	}
	first := authPost
	if listed := p.TokenEndpointAuthMethods; len(listed) == 0 || slices.Contains(listed, string(authBasic)) {
		first = authBasic
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.authMethod != "" {
		first = c.authMethod
	}
	if first == authBasic {
		return []authMethod{authBasic, authPost}
	}
	return []authMethod{authPost, authBasic}
}

func (c *Client) preferAuthMethod(m authMethod) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.authMethod = m
}

// authenticated returns a copy of form with what method puts into the body.
func (c *Client) authenticated(method authMethod, form url.Values) url.Values {
	form = maps.Clone(form)
	if method == authBasic {
		return form
	}
	form.Set("client_id", c.cfg.ClientID)
	if method == authPost {
		form.Set("client_secret", c.cfg.ClientSecret.Reveal())
	}
	return form
}

// clientUnknown reports whether a refusal is of the client and not of what it asked for: invalid_client
// (RFC 6749 section 5.2), or a 401 that says no more than that.
func clientUnknown(err error) bool {
	if refused := new(ProviderError); errors.As(err, &refused) {
		vague := refused.Code == "unauthorized_client" || refused.Code == "unauthorized"
		return refused.Code == "invalid_client" || vague && refused.Status == http.StatusUnauthorized
	}
	unusable := new(UnreachableError)
	return errors.As(err, &unusable) && unusable.Status == http.StatusUnauthorized
}

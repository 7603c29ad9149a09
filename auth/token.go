package auth

import (
	"context"
	"net/url"
	"strings"
	"time"

	"daypass/auth/secret"
)

// tokenResponse is a successful answer of the token endpoint (RFC 6749 section 5.1).
type tokenResponse struct {
	idToken, accessToken, refreshToken secret.Secret
	// scope is what was granted; empty where the provider does not say, which means what was asked for.
	scope string
	// skew is the provider's clock minus this computer's; zero where they agree or it is not known.
	skew time.Duration
}

// requestToken posts form to the token endpoint.
func (c *Client) requestToken(ctx context.Context, p *Provider, form url.Values) (*tokenResponse, error) {
	a, err := c.postForm(ctx, p, "token request", p.TokenEndpoint, form)
	if err != nil {
		c.discard(p)
		return nil, err
	}
	o, err := a.decode()
	if err != nil {
		c.discard(p)
		return nil, err
	}
	g := &tokenResponse{
		idToken: secret.New(o.text("id_token")), accessToken: secret.New(o.text("access_token")), refreshToken: secret.New(o.text("refresh_token")),
		scope: strings.Join(o.words("scope"), " "), skew: a.skew(time.Now()),
	}
	if g.idToken.IsZero() && g.accessToken.IsZero() {
		return nil, a.unusable(ReasonNoTokens)
	}
	return g, nil
}

// postForm posts form with the client's authentication and returns an answer that is neither an error
// nor a redirect. Where the provider does not know the client by the first way to authenticate, the
// other one is tried once, and remembered if it works.
func (c *Client) postForm(ctx context.Context, p *Provider, doing, address string, form url.Values) (*answer, error) {
	methods := c.credentials.methods(p)
	a, err := c.postOnce(ctx, methods[0], doing, address, form)
	if len(methods) == 1 || !clientUnknown(err) {
		return a, err
	}
	other, otherErr := c.postOnce(ctx, methods[1], doing, address, form)
	if clientUnknown(otherErr) {
		return a, err
	}
	c.credentials.prefer(methods[1])
	return other, otherErr
}

func (c *Client) postOnce(ctx context.Context, method authMethod, doing, address string, form url.Values) (*answer, error) {
	sent := c.credentials.sentSecrets(form)
	req, err := c.credentials.request(ctx, method, address, form)
	if err != nil {
		return nil, &DiscoveryError{Check: "document", Reason: because(ReasonAddressInvalid)}
	}
	a, err := ask(c.post, doing, req)
	if err != nil {
		return nil, err
	}
	if err := a.transient(); err != nil {
		return nil, err
	}
	return a, c.explain(a.providerError(sent))
}

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
	// proofKey is the key that the request was proved with, and bound is true where the provider says that the tokens
	// are bound to it.
	proofKey secret.Secret
	bound    bool
	// skew is the provider's clock minus this computer's; zero where they agree or it is not known.
	skew time.Duration
}

// requestToken posts form to the token endpoint, with a proof by proofKey unless that is zero.
func (c *Client) requestToken(ctx context.Context, p *Provider, proofKey secret.Secret, form url.Values) (*tokenResponse, error) {
	a, err := c.postForm(ctx, p, post{doing: "token request", address: p.TokenEndpoint, form: form, proofKey: proofKey})
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
		proofKey: proofKey, bound: !proofKey.IsZero() && strings.EqualFold(o.text("token_type"), boundTokenType),
	}
	if g.idToken.IsZero() && g.accessToken.IsZero() {
		return nil, a.unusable(ReasonNoTokens)
	}
	return g, nil
}

// post is a request of the client to one of the provider's endpoints.
type post struct {
	doing, address string
	form           url.Values
	// proofKey signs a proof of possession; zero for none.
	proofKey secret.Secret
}

// postForm sends r with the client's authentication and returns an answer that is neither an error
// nor a redirect. Where the provider does not know the client by the first way to authenticate, the
// other one is tried once, and remembered if it works.
func (c *Client) postForm(ctx context.Context, p *Provider, r post) (*answer, error) {
	methods := c.credentials.methods(p)
	a, err := c.postProved(ctx, methods[0], r)
	if len(methods) == 1 || !clientUnknown(err) {
		return a, err
	}
	other, otherErr := c.postProved(ctx, methods[1], r)
	if clientUnknown(otherErr) {
		return a, err
	}
	c.credentials.prefer(methods[1])
	return other, otherErr
}

// postProved sends r, and once more where the provider asks for a proof with its nonce or by its clock, which only its
// answer tells (RFC 9449 section 8).
func (c *Client) postProved(ctx context.Context, method authMethod, r post) (*answer, error) {
	basis := c.prover.basis(r.address)
	a, err := c.postOnce(ctx, method, r, basis)
	if now := c.prover.basis(r.address); !r.proofKey.IsZero() && wantsAnotherProof(err, basis, now) {
		return c.postOnce(ctx, method, r, now)
	}
	return a, err
}

func (c *Client) postOnce(ctx context.Context, method authMethod, r post, basis proofBasis) (*answer, error) {
	sent := c.credentials.sentSecrets(r.form)
	req, err := c.credentials.request(ctx, method, r.address, r.form)
	if err != nil {
		return nil, &DiscoveryError{Check: "document", Reason: because(ReasonAddressInvalid)}
	}
	if !r.proofKey.IsZero() {
		if err := basis.prove(req, r.proofKey); err != nil {
			return nil, err
		}
	}
	a, err := ask(c.post, r.doing, req)
	if err != nil {
		return nil, err
	}
	c.prover.heard(r.address, a)
	if err := a.transient(); err != nil {
		return nil, err
	}
	err = a.providerError(sent)
	if !r.proofKey.IsZero() && isAboutProof(err) {
		return nil, err // which was sent
	}
	return a, c.explain(err)
}

package auth

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// authorizationRequest is the authorization request (OpenID Connect Core section 3.1.2.1).
func (c *Client) authorizationRequest(a *attempt) url.Values {
	form := url.Values{
		"response_type": {"code"}, "client_id": {c.cfg.ClientID}, "redirect_uri": {a.redirectURI},
		"scope": {strings.Join(c.scopes, " ")}, "state": {a.state.Reveal()}, "nonce": {a.nonce.Reveal()},
		"code_challenge": {oauth2.S256ChallengeFromVerifier(a.verifier.Reveal())}, "code_challenge_method": {"S256"},
	}
	for name, value := range c.cfg.ExtraParams {
		// Google's way to ask for a refresh token counts as one.
		if name == accessType && value == "offline" && !c.cfg.Offline || name == promptParam {
			continue
		}
		form.Set(name, value)
	}
	if !a.proofKey.IsZero() {
		form.Set("dpop_jkt", thumbprint(a.proofKey))
	}
	if a.prompt = c.prompt(); a.prompt != "" {
		form.Set(promptParam, a.prompt)
	}
	return form
}

// links are the addresses at which the user signs in.
type links struct {
	// open is for the browser that is opened at once, and shown is for a user who copies it to another one.
	open, shown string
	// renew returns another address in place of both, and is called after lifetime; nil where they do not expire.
	renew    func(context.Context) (address string, lifetime time.Duration, err error)
	lifetime time.Duration
}

// links returns where the user signs in. Where the provider takes the request itself beforehand (RFC 9126), the
// address refers to that, and neither the browser nor its history sees what was requested. Such an address expires
// within a minute or so: where the provider takes the plain one as well, that is the one to copy.
func (c *Client) links(ctx context.Context, p *Provider, a *attempt) (links, error) {
	request := c.authorizationRequest(a)
	direct := withQuery(p.AuthorizationEndpoint, request)
	if p.PushedRequestEndpoint == "" {
		return links{open: direct, shown: direct}, nil
	}
	renew := func(ctx context.Context) (string, time.Duration, error) { return c.push(ctx, p, request) }
	pushed, lifetime, err := renew(ctx)
	switch {
	case err == nil && p.requiresPushed:
		return links{open: pushed, shown: pushed, renew: renew, lifetime: lifetime}, nil
	case err == nil:
		return links{open: pushed, shown: direct}, nil
	case p.requiresPushed || ctx.Err() != nil || wouldBeRefused(err):
		return links{}, err
	}
	a.pushError = err
	return links{open: direct, shown: direct}, nil // it is only an offer, and the browser will do
}

// keepFresh reports another address each time before the one that is shown expires, until ctx ends.
func (l links) keepFresh(ctx context.Context, onLink func(string)) {
	for l.renew != nil && l.lifetime > 0 && pause(ctx, l.lifetime*3/4) == nil {
		address, lifetime, err := l.renew(ctx)
		if err != nil {
			return // the browser that was opened is where most users are
		}
		l.lifetime = lifetime
		onLink(address)
	}
}

// unlessPushed returns the error of a pushed request that failed where err says that it should have been one.
func (a *attempt) unlessPushed(err error) error {
	var unsupported *UnsupportedError
	if a.pushError != nil && errors.As(err, &unsupported) && unsupported.Feature == PushedRequests {
		return a.pushError
	}
	return err
}

// optionalPushTimeout bounds a pushed request without which the sign-in goes on as well.
const optionalPushTimeout = 5 * time.Second

// push sends the authorization request to the provider and returns the address that refers to it, and for how long it
// does; zero where the provider does not say (RFC 9126 section 2).
func (c *Client) push(ctx context.Context, p *Provider, request url.Values) (address string, lifetime time.Duration, err error) {
	if !p.requiresPushed {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, optionalPushTimeout)
		defer cancel()
	}
	a, err := c.postForm(ctx, p, post{doing: "pushed authorization request", address: p.PushedRequestEndpoint, form: request})
	if err != nil {
		return "", 0, err
	}
	o, err := a.decode()
	if err != nil {
		return "", 0, err
	}
	reference := o.text("request_uri")
	if reference == "" || !plain(reference) {
		return "", 0, a.unusable(ReasonNoReference)
	}
	expiresIn, _ := o.number("expires_in")
	if expiresIn > 0 {
		lifetime = max(seconds(expiresIn), minLinkLifetime)
	}
	return withQuery(p.AuthorizationEndpoint, url.Values{"client_id": {c.cfg.ClientID}, "request_uri": {reference}}), lifetime, nil
}

// minLinkLifetime bounds how often an address is renewed.
const minLinkLifetime = 10 * time.Second

// wouldBeRefused reports whether an error of a pushed request is about what was requested, so that the same request in
// the browser could only end at a page of the provider that Daypass does not see.
func wouldBeRefused(err error) bool {
	refused := new(ProviderError)
	if !errors.As(err, &refused) || refused.Status != http.StatusBadRequest {
		return false
	}
	return refused.Code == "invalid_scope" || refused.Code == "invalid_redirect_uri" || strings.Contains(letters(refused.Description), "redirecturi")
}

// withQuery adds parameters to an endpoint, which may have a query of its own (RFC 6749 section 3.1).
func withQuery(endpoint string, query url.Values) string {
	separator := "?"
	if strings.Contains(endpoint, "?") {
		separator = "&"
	}
	return endpoint + separator + query.Encode()
}

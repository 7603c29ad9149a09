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

// link returns the address at which the user signs in. Where the provider takes the request itself beforehand
// (RFC 9126), the address refers to that, and neither the browser nor its history sees what was requested.
func (c *Client) link(ctx context.Context, p *Provider, a *attempt) (string, error) {
	request := c.authorizationRequest(a)
	if p.PushedRequestEndpoint == "" {
		return withQuery(p.AuthorizationEndpoint, request), nil
	}
	reference, err := c.push(ctx, p, request)
	switch {
	case err == nil:
		return withQuery(p.AuthorizationEndpoint, url.Values{"client_id": {c.cfg.ClientID}, "request_uri": {reference}}), nil
	case p.requiresPushed || ctx.Err() != nil || wouldBeRefused(err):
		return "", err
	}
	a.pushError = err
	return withQuery(p.AuthorizationEndpoint, request), nil // it is only an offer, and the browser will do
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

// push sends the authorization request to the provider and returns the reference to it (RFC 9126 section 2).
func (c *Client) push(ctx context.Context, p *Provider, request url.Values) (reference string, err error) {
	if !p.requiresPushed {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, optionalPushTimeout)
		defer cancel()
	}
	a, err := c.postForm(ctx, p, post{doing: "pushed authorization request", address: p.PushedRequestEndpoint, form: request})
	if err != nil {
		return "", err
	}
	o, err := a.decode()
	if err != nil {
		return "", err
	}
	if reference = o.text("request_uri"); reference == "" || !plain(reference) {
		return "", a.unusable(ReasonNoReference)
	}
	return reference, nil
}

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

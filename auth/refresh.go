package auth

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"daypass/auth/secret"
)

// RefreshRequest is what a refresh needs of the tokens before. Tokens.RefreshRequest makes one.
type RefreshRequest struct {
	// RefreshToken is the latest one.
	RefreshToken secret.Secret
	// Subject is who signed in; a refresh that brings somebody else's token fails.
	Subject string
	// Identity is kept where a refresh brings no ID token that describes the user again. May be zero.
	Identity Identity
	// PreviousIDToken is the last ID token that was verified, and PreviousIDTokenExpiry its exp: the
	// first fallback where a refresh brings none. Both may be zero.
	PreviousIDToken       secret.Secret
	PreviousIDTokenExpiry time.Time
	// Scope is what was granted, space-separated; empty for all that was asked for. ScopeRefused has
	// the request name no scopes.
	Scope        string
	ScopeRefused bool
	// ProofKey proves that the refresh token is used by whom it was issued to; zero for one that is not bound.
	// Bound is kept where an answer does not say it again.
	ProofKey secret.Secret
	Bound    bool
	// Consent is kept as it is.
	Consent Consent
	// Rotated, where set, is told a new refresh token as soon as it is here, before anything else of
	// the answer is looked at: from then on the one that was sent is spent.
	Rotated func(secret.Secret) `json:"-"`
}

// RefreshRequest is the request that renews t.
func (t Tokens) RefreshRequest() RefreshRequest {
	r := RefreshRequest{
		RefreshToken: t.RefreshToken, Subject: t.Identity.Subject, Identity: t.Identity,
		Scope: t.Scope, ScopeRefused: t.ScopeRefused, Consent: t.Consent, ProofKey: t.ProofKey, Bound: t.Bound,
	}
	if t.WebIdentityFrom != FromAccessToken {
		r.PreviousIDToken, r.PreviousIDTokenExpiry = t.WebIdentity, t.WebIdentityExpiry
	}
	return r
}

// minRemainingLifetime is the remaining lifetime that a fallback must have to be worth exchanging.
const minRemainingLifetime = 10 * time.Second

// Refresh asks for new tokens with a refresh token (RFC 6749 section 6, OpenID Connect Core section
// 12) and the scopes that were granted: some providers send an ID token only then, and some refuse
// those that were asked for and not granted. An error about the scopes has it try once more without
// any, which means the granted ones. The nonce of a
// refreshed ID token is not looked at: it should have none, some repeat the first one, and that one
// was dropped when the sign-in ended.
//
// Where the provider sends no ID token, the web identity is the previous ID token while it is valid,
// unless the new access token is a JWT for this client that expires later; else that access token; else
// the error is ErrNoIDToken.
//
// Errors: ErrSignInAgain, ErrSubjectChanged, ErrNoIDToken, ErrTokenInvalid, ErrRefusedByProvider,
// ErrIssuerUnreachable, ErrDiscovery, ErrOtherSite, ErrMixUp, ErrCanceled. When the provider rotated the refresh token and
// the rest of its answer failed, the Tokens beside the error hold the new RefreshToken and nothing
// else: the one that was sent is spent.
func (c *Client) Refresh(ctx context.Context, req RefreshRequest) (Tokens, error) {
	tokens, err := c.refresh(ctx, req)
	if err != nil {
		return tokens, fmt.Errorf("refresh: %w", err)
	}
	return tokens, nil
}

func (c *Client) refresh(ctx context.Context, req RefreshRequest) (Tokens, error) {
	if req.Subject == "" {
		return Tokens{}, &ConfigError{Field: "Subject", Detail: "It is not known whose session is to be renewed."}
	}
	if req.RefreshToken.IsZero() {
		return Tokens{}, fmt.Errorf("%w: there is none", ErrSignInAgain)
	}
	// The keys are here before the refresh token is spent.
	p, err := c.Discover(ctx)
	if err != nil {
		return Tokens{}, err
	}
	if err := c.checkSites(p, p.TokenEndpoint); err != nil {
		return Tokens{}, err
	}
	g, err := c.requestRefresh(ctx, p, &req)
	if err != nil {
		return Tokens{}, asRefreshError(err)
	}
	if req.Rotated != nil && !g.refreshToken.IsZero() && !g.refreshToken.Equal(req.RefreshToken) {
		req.Rotated(g.refreshToken)
	}
	tokens, err := c.refreshed(ctx, p, req, g)
	if err != nil && !errors.Is(err, ErrSubjectChanged) {
		return Tokens{RefreshToken: g.refreshToken}, err
	}
	return tokens, err
}

// requestRefresh sends the refresh, and sets req.ScopeRefused where that went through only without scopes.
func (c *Client) requestRefresh(ctx context.Context, p *Provider, req *RefreshRequest) (*tokenResponse, error) {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {req.RefreshToken.Reveal()}}
	if !req.ScopeRefused {
		form.Set("scope", scopeToRefresh(req.Scope, c.scopes))
	}
	g, err := c.requestToken(ctx, p, req.ProofKey, form)
	if refused := new(ProviderError); req.ScopeRefused || !errors.As(err, &refused) || refused.Code != "invalid_scope" {
		return g, err
	}
	form.Del("scope")
	req.ScopeRefused = true
	return c.requestToken(ctx, p, req.ProofKey, form)
}

// scopeToRefresh returns the scope that a refresh names: what was granted, or else requested. Some providers leave
// out of what they granted the openid without which they would send no ID token.
func scopeToRefresh(grantedScope string, requested []string) string {
	scopes := strings.Fields(grantedScope)
	switch {
	case len(scopes) == 0:
		return strings.Join(requested, " ")
	case !slices.Contains(scopes, scopeOpenID):
		return scopeOpenID + " " + strings.Join(scopes, " ")
	}
	return strings.Join(scopes, " ")
}

func (c *Client) refreshed(ctx context.Context, p *Provider, req RefreshRequest, g *tokenResponse) (Tokens, error) {
	t := Tokens{
		AccessToken: g.accessToken, RefreshToken: g.refreshToken, Identity: req.Identity,
		Scope: firstOf(g.scope, req.Scope), ScopeRefused: req.ScopeRefused, Consent: req.Consent,
		ProofKey: req.ProofKey, Bound: req.Bound || g.bound,
	}
	t.Identity.Issuer, t.Identity.Subject = p.Issuer, req.Subject
	if t.RefreshToken.IsZero() {
		t.RefreshToken = req.RefreshToken
	}
	if g.idToken.IsZero() {
		return c.withoutIDToken(ctx, p, req, t, g.skew)
	}
	cl, err := c.verifyIDToken(ctx, p, g.idToken, time.Now().Add(g.skew))
	if err != nil {
		return Tokens{}, err
	}
	if err := cl.sameSubject(req.Subject); err != nil {
		return Tokens{}, err
	}
	t.IDToken, t.WebIdentity, t.WebIdentityFrom = g.idToken, g.idToken, FromIDToken
	t.WebIdentityExpiry, t.Identity = cl.expiry.Add(-g.skew), cl.identity(p.Issuer).or(t.Identity)
	return t, nil
}

// withoutIDToken completes t by the fallbacks. skew is the provider's clock minus ours.
func (c *Client) withoutIDToken(ctx context.Context, p *Provider, req RefreshRequest, t Tokens, skew time.Duration) (Tokens, error) {
	threshold := time.Now().Add(minRemainingLifetime)
	previous := req.previousExpiry(skew)
	cl, err := c.accessTokenClaims(ctx, p, t.AccessToken, time.Now().Add(skew))
	usable := cl != nil && cl.expiry.Add(-skew).After(threshold)
	if previous.After(threshold) && (!usable || cl.sameSubject(req.Subject) != nil || !cl.expiry.Add(-skew).After(previous.Add(minRemainingLifetime))) {
		t.WebIdentity, t.WebIdentityFrom, t.WebIdentityExpiry = req.PreviousIDToken, FromPreviousIDToken, previous
		t.NoIDTokenOnRefresh = err == nil && !usable
		return t, nil
	}
	switch {
	case err != nil:
		return Tokens{}, err
	case !usable:
		return Tokens{}, ErrNoIDToken
	}
	if err := cl.sameSubject(req.Subject); err != nil {
		return Tokens{}, err
	}
	t.WebIdentity, t.WebIdentityFrom, t.WebIdentityExpiry = t.AccessToken, FromAccessToken, cl.expiry.Add(-skew)
	return t, nil
}

// previousExpiry is when the previous ID token ends: by its own exp, and by what the caller knows.
func (r RefreshRequest) previousExpiry(skew time.Duration) time.Time {
	payload, isJWT := segment(r.PreviousIDToken, 3, 1)
	expiry, isDate := payload.date("exp")
	if !isJWT || !isDate || expiry.IsZero() {
		return time.Time{}
	}
	end := expiry.Add(-skew)
	if known := r.PreviousIDTokenExpiry; !known.IsZero() && known.Before(end) {
		return known
	}
	return end
}

// accessTokenClaims are those of an access token that is a JWT of the issuer for this client; nil
// for any other. An error means that it could not be found out.
func (c *Client) accessTokenClaims(ctx context.Context, p *Provider, token secret.Secret, now time.Time) (*claims, error) {
	cl, err := c.verifyJWT(ctx, p, token)
	if errors.Is(err, ErrTokenInvalid) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !cl.isFor(c.cfg.ClientID) || cl.checkIssuer(p.Issuer) != nil || cl.checkTimes(now) != nil {
		return nil, nil
	}
	return cl, nil
}

// or fills what i does not know from before: a refreshed ID token may have fewer claims.
func (i Identity) or(before Identity) Identity {
	for _, f := range []struct{ now, before *string }{
		{&i.Email, &before.Email}, {&i.Username, &before.Username}, {&i.Name, &before.Name},
	} {
		if *f.now == "" {
			*f.now = *f.before
		}
	}
	return i
}

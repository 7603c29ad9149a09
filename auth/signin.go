package auth

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"daypass/auth/secret"
)

// DefaultTimeout is how long a sign-in waits for the browser where SignInRequest.Timeout is zero.
const DefaultTimeout = 5 * time.Minute

// SignInRequest is one sign-in. Its functions may be nil; they are called in the order in which they
// are listed, and OpenBrowser in a goroutine of its own.
type SignInRequest struct {
	// OnLink is told the link once the listener is bound and before the browser opens, and again where that
	// one is about to expire.
	OnLink func(link string)
	// OpenBrowser opens the link. Its error does not end the sign-in: the user can copy the link.
	OpenBrowser func(link string) error
	// OnAnswer is called when the right answer arrived, before the code is exchanged. It is not
	// called for an answer that is an error.
	OnAnswer func()
	// Timeout is how long to wait for the answer; zero means DefaultTimeout.
	Timeout time.Duration
}

// SignIn has the user sign in with their browser: authorization code (RFC 6749 section 4.1) with
// PKCE (RFC 7636), the answer on a loopback listener (RFC 8252 section 7.3) that is open for just
// that time. The issuer's keys are fetched while the user is typing, so that after the browser's
// answer there is one request, the token request. The browser's page is shown when that has ended.
//
// Errors: ErrDeniedByUser, ErrRefusedByProvider, ErrTokenInvalid, ErrTimedOut, ErrCanceled,
// ErrPortInUse, ErrUnsupported, ErrIssuerUnreachable, ErrDiscovery, and before anything is opened ErrOtherSite and ErrMixUp.
func (c *Client) SignIn(ctx context.Context, req SignInRequest) (Tokens, error) {
	tokens, err := c.signIn(ctx, req)
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in: %w", err)
	}
	return tokens, nil
}

func (c *Client) signIn(ctx context.Context, req SignInRequest) (tokens Tokens, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p, err := c.Metadata(ctx)
	if err != nil {
		return Tokens{}, err
	}
	if err := p.checkSupported(); err != nil {
		return Tokens{}, err
	}
	if err := c.checkSites(p, p.signInEndpoints()...); err != nil {
		return Tokens{}, err
	}
	a := newAttempt()
	if a.proofKey, err = p.newProofKey(c.cfg); err != nil {
		return Tokens{}, err
	}
	l, err := c.redirects.open(p, a)
	if err != nil {
		return Tokens{}, err
	}
	defer func() { l.close(err == nil) }()
	a.redirectURI = l.redirectURI

	go func() { _ = p.keys.load(ctx) }() // verifying fetches them again if this fails
	way, err := c.links(ctx, p, a)
	if err != nil {
		return Tokens{}, err
	}
	code, err := c.ask(ctx, way, l, req)
	if err != nil {
		return Tokens{}, a.unlessPushed(err)
	}
	return c.redeem(ctx, p, a, code)
}

// ask shows the user the way to the provider and waits for the code.
func (c *Client) ask(ctx context.Context, way links, l *loopback, req SignInRequest) (secret.Secret, error) {
	timeout := req.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if req.OnLink != nil {
		req.OnLink(way.shown)
		go way.keepFresh(ctx, req.OnLink)
	}
	if req.OpenBrowser != nil {
		go func() { _ = req.OpenBrowser(way.open) }()
	}
	r, err := l.wait(ctx)
	if err != nil {
		return secret.Secret{}, err
	}
	if r.err == nil && req.OnAnswer != nil {
		req.OnAnswer()
	}
	return r.code, c.explain(r.err)
}

// attempt is what one sign-in must remember until its answer. All of it is fresh for each.
type attempt struct {
	state, nonce, verifier secret.Secret // 256 bits each
	proofKey               secret.Secret // zero for none
	redirectURI            string
	prompt                 string
	pushError              error // why the request was not pushed though the provider offers it
}

func newAttempt() *attempt {
	random := func() secret.Secret { return secret.New(oauth2.GenerateVerifier()) }
	return &attempt{state: random(), nonce: random(), verifier: random()}
}

// redeem exchanges the code and checks what comes.
func (c *Client) redeem(ctx context.Context, p *Provider, a *attempt, code secret.Secret) (Tokens, error) {
	g, err := c.requestToken(ctx, p, a.proofKey, url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {code.Reveal()},
		"redirect_uri":  {a.redirectURI},
		"code_verifier": {a.verifier.Reveal()},
	})
	if err != nil {
		return Tokens{}, p.codeRefused(err, a)
	}
	if g.idToken.IsZero() {
		return Tokens{}, &TokenError{Check: CheckMissing, Reason: because(ReasonIDTokenMissing)}
	}
	cl, err := c.verifyIDToken(ctx, p, g.idToken, time.Now().Add(g.skew))
	if err != nil {
		return Tokens{}, err
	}
	if cl.nonce != a.nonce.Reveal() {
		return Tokens{}, &TokenError{Check: CheckNonce, Reason: because(ReasonNonce)}
	}
	if err := cl.checkAge(c.cfg.ExtraParams[maxAgeParam], time.Now().Add(g.skew)); err != nil {
		return Tokens{}, err
	}
	return c.firstTokens(p, g, cl, a.prompt), nil
}

// firstTokens are the tokens of a sign-in, with this prompt, whose ID token has been checked.
func (c *Client) firstTokens(p *Provider, g *tokenResponse, cl *claims, prompt string) Tokens {
	t := Tokens{
		IDToken: g.idToken, AccessToken: g.accessToken, WebIdentity: g.idToken, WebIdentityFrom: FromIDToken,
		WebIdentityExpiry: cl.expiry.Add(-g.skew), Identity: cl.identity(p.Issuer), Scope: g.scope,
		ProofKey: g.proofKey, Bound: g.bound,
	}
	if c.cfg.Offline {
		t.RefreshToken = g.refreshToken
	}
	t.Consent = consentAfter(c.knownConsent(), prompt, c.cfg.Offline, !t.RefreshToken.IsZero())
	return t
}

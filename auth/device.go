package auth

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"daypass/auth/secret"
)

// ErrNoDeviceCode: the provider does not offer the device flow.
var ErrNoDeviceCode = errors.New("the provider has no device authorization endpoint")

// DeviceCode is what a user needs to sign in on another device (RFC 8628 section 3.2). Anyone who is
// shown a code that they did not ask for is being tricked: they would sign somebody else in.
type DeviceCode struct {
	// UserCode is typed at VerificationURI, or compared with what the page there shows.
	UserCode string
	// VerificationURI is https, or http to loopback. It is text to show; nothing here opens it.
	VerificationURI string
	// VerificationURIComplete has the code in it; the same as VerificationURI where the provider
	// sends none.
	VerificationURIComplete string
	// ExpiresAt is when the code expires, by this machine's clock.
	ExpiresAt time.Time
}

// deviceGrantType is the grant type of RFC 8628 section 3.4.
const deviceGrantType = "urn:ietf:params:oauth:grant-type:device_code"

const (
	defaultInterval = 5 * time.Second
	// slowDown is added to the interval each time the provider asks for that (section 3.5).
	slowDown = 5 * time.Second
	// maxInterval bounds what a provider can make a user wait after they have done their part.
	maxInterval = time.Minute
	// maxDeviceLifetime bounds how long a code is waited for.
	maxDeviceLifetime = 30 * time.Minute
)

// SignInByDevice has the user sign in on any device that has a browser, by a code (RFC 8628), and
// waits for that. It is for machines without one, such as over SSH, and only where a user has
// chosen it: a code can be passed on by somebody who wants another's session. onCode is told the
// code once. PKCE is sent along; providers that know it only from other flows ignore it.
//
// Errors: ErrNoDeviceCode, ErrDeniedByUser, ErrRefusedByProvider, ErrTokenInvalid, ErrCodeExpired,
// ErrUnsupported, ErrCanceled, ErrIssuerUnreachable, ErrDiscovery, and before onCode is called ErrOtherSite and ErrMixUp.
func (c *Client) SignInByDevice(ctx context.Context, onCode func(DeviceCode)) (Tokens, error) {
	tokens, err := c.signInByDevice(ctx, onCode)
	if err != nil {
		return Tokens{}, fmt.Errorf("sign in by device code: %w", err)
	}
	return tokens, nil
}

func (c *Client) signInByDevice(ctx context.Context, onCode func(DeviceCode)) (Tokens, error) {
	p, err := c.Discover(ctx)
	if err != nil {
		return Tokens{}, err
	}
	if p.DeviceAuthorizationEndpoint == "" {
		return Tokens{}, ErrNoDeviceCode
	}
	if err := c.checkSites(p, p.signInEndpoints()...); err != nil {
		return Tokens{}, err
	}
	d, err := c.askForCode(ctx, p)
	if err != nil {
		return Tokens{}, err
	}
	if d.proofKey, err = p.newProofKey(c.cfg); err != nil {
		return Tokens{}, err
	}
	if err := c.checkAddresses(p, ownPage, d.VerificationURI, d.VerificationURIComplete); err != nil {
		return Tokens{}, err
	}
	ctx, cancel := context.WithDeadline(ctx, d.ExpiresAt)
	defer cancel()
	onCode(d.DeviceCode)
	g, err := c.poll(ctx, p, d)
	if err != nil {
		return Tokens{}, err
	}
	return c.deviceTokens(ctx, p, g)
}

// device is a code with what stays between us and the provider.
type device struct {
	DeviceCode
	code, verifier secret.Secret
	proofKey       secret.Secret // zero for none
	interval       time.Duration
}

func (c *Client) askForCode(ctx context.Context, p *Provider) (device, error) {
	verifier := secret.New(oauth2.GenerateVerifier())
	a, err := c.postForm(ctx, p, post{doing: "device authorization", address: p.DeviceAuthorizationEndpoint, form: url.Values{
		"client_id": {c.cfg.ClientID}, "scope": {strings.Join(c.scopes, " ")},
		"code_challenge": {oauth2.S256ChallengeFromVerifier(verifier.Reveal())}, "code_challenge_method": {"S256"},
	}})
	if refused := new(ProviderError); errors.As(err, &refused) && refused.Code == "unauthorized_client" {
		return device{}, fmt.Errorf("%w for this client (%s)", ErrNoDeviceCode, refused.words())
	}
	if err != nil {
		return device{}, err
	}
	o, err := a.decode()
	if err != nil {
		return device{}, err
	}
	expiresIn, _ := o.number("expires_in")
	code, userCode := o.text("device_code"), o.text("user_code")
	if code == "" || userCode == "" || expiresIn <= 0 {
		return device{}, a.unusable(ReasonNoDeviceCode)
	}
	d := device{code: secret.New(code), verifier: verifier, interval: defaultInterval, DeviceCode: DeviceCode{
		UserCode: foreign(userCode), VerificationURI: firstOf(o.text("verification_uri"), o.text("verification_url")),
		VerificationURIComplete: firstOf(o.text("verification_uri_complete"), o.text("verification_url_complete")),
		ExpiresAt:               time.Now().Round(0).Add(min(seconds(expiresIn), maxDeviceLifetime)),
	}}
	if interval, _ := o.number("interval"); interval > 0 {
		d.interval = min(seconds(interval), maxInterval)
	}
	return d, d.check()
}

func seconds(n float64) time.Duration { return time.Duration(min(n, 1e6) * float64(time.Second)) }

// check refuses addresses at which a user should not sign in.
func (d *device) check() error {
	if d.VerificationURIComplete == "" {
		d.VerificationURIComplete = d.VerificationURI
	}
	for _, address := range []string{d.VerificationURI, d.VerificationURIComplete} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.User != nil || !secure(u) || !plain(address) {
			return &DiscoveryError{
				Check: "verification_uri", insecure: err == nil && u.Scheme == "http",
				Reason: because(ReasonVerificationAddress),
			}
		}
	}
	return nil
}

// poll asks for the tokens until the user is done, no more often than the provider allows.
func (c *Client) poll(ctx context.Context, p *Provider, d device) (*tokenResponse, error) {
	interval := d.interval
	for {
		if err := pause(ctx, interval); err != nil {
			return nil, err
		}
		g, err := c.requestToken(ctx, p, d.proofKey, url.Values{
			"grant_type": {deviceGrantType}, "device_code": {d.code.Reveal()}, "client_id": {c.cfg.ClientID},
			"code_verifier": {d.verifier.Reveal()},
		})
		if err == nil {
			return g, nil
		}
		next, err := pollAgain(ctx, interval, err)
		if err != nil {
			return nil, err
		}
		interval = next
	}
}

// pollAgain returns the interval to go on with after an error that only means waiting (section 3.5), or the error
// with which the sign-in ends.
func pollAgain(ctx context.Context, interval time.Duration, err error) (time.Duration, error) {
	var refused *ProviderError
	isRefused := errors.As(err, &refused)
	switch {
	case ctx.Err() != nil:
		return 0, ended(ctx, ErrCodeExpired)
	case isRefused && refused.Code == "authorization_pending":
		return interval, nil
	case isRefused && refused.Code == "slow_down":
		return min(interval+slowDown, maxInterval), nil
	case IsTransient(err):
		return min(2*interval, maxInterval), nil // the back-off that the section asks for
	}
	return 0, err
}

// pause waits, or returns the error of a context that ends first.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ended(ctx, ErrCodeExpired)
	}
}

// deviceTokens checks the tokens. There is no nonce: nothing of the request passed a browser of ours.
func (c *Client) deviceTokens(ctx context.Context, p *Provider, g *tokenResponse) (Tokens, error) {
	if g.idToken.IsZero() {
		return Tokens{}, &TokenError{Check: CheckMissing, Reason: because(ReasonIDTokenMissing)}
	}
	cl, err := c.verifyIDToken(ctx, p, g.idToken, time.Now().Add(g.skew))
	if err != nil {
		return Tokens{}, err
	}
	return c.firstTokens(p, g, cl, ""), nil
}

package auth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"

	"daypass/auth/secret"
)

// clockSkew is how far the clock that judges a token that was just issued may be off: the
// provider's own where its answer has a Date, else this computer's. It applies to exp, iat and nbf alike. It is generous because Daypass is not the one who
// grants access by the token: the STS checks it again by its own clock. Where a token is kept and
// used later, as the fallbacks of a refresh do, there is no such leeway.
const clockSkew = 5 * time.Minute

// algorithms is the allow-list: asymmetric ones alone. What the metadata lists changes nothing.
var algorithms = []jose.SignatureAlgorithm{
	jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512,
	jose.ES256, jose.ES384, jose.ES512, jose.EdDSA,
}

// claims are those of an ID token that are checked or shown (OpenID Connect Core sections 2 and 5.1).
type claims struct {
	Issuer    string   `json:"iss"`
	Subject   string   `json:"sub"`
	Audience  audience `json:"aud"`
	Party     string   `json:"azp"`
	Expiry    instant  `json:"exp"`
	IssuedAt  instant  `json:"iat"`
	NotBefore instant  `json:"nbf"`
	Nonce     string   `json:"nonce"`
	Email     string   `json:"email"`
	Username  string   `json:"preferred_username"`
	Name      string   `json:"name"`
}

// audience is one string or an array of them.
type audience []string

// UnmarshalJSON implements json.Unmarshaler.
func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// instant is a NumericDate (RFC 7519 section 2): seconds, perhaps with a fraction.
type instant struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (i *instant) UnmarshalJSON(b []byte) error {
	var seconds float64
	if err := json.Unmarshal(b, &seconds); err != nil {
		return err
	}
	if seconds < 0 || seconds > 1<<40 {
		return errors.New("a date out of range")
	}
	i.Time = time.Unix(int64(seconds), 0)
	return nil
}

func (c *claims) identity() Identity {
	return Identity{Issuer: c.Issuer, Subject: c.Subject, Email: c.Email, Username: c.Username, Name: c.Name}
}

// verifyIDToken checks an ID token as Core section 3.1.3.7 asks, the nonce and the subject aside.
func (c *Client) verifyIDToken(ctx context.Context, p *Provider, token secret.Secret, now time.Time) (*claims, error) {
	cl, err := c.verifyJWT(ctx, p, token)
	if err != nil {
		return nil, err
	}
	for _, check := range []func() error{
		func() error { return cl.checkIssuer(p.Issuer) },
		func() error { return cl.checkAudience(c.cfg.ClientID) },
		func() error { return cl.checkTimes(now) },
		cl.checkSubject,
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return cl, nil
}

// verifyJWT checks algorithm and signature and reads the claims. The claims' own checks are done
// here and not by go-oidc because each must be told by its name.
func (c *Client) verifyJWT(ctx context.Context, p *Provider, token secret.Secret) (*claims, error) {
	if err := checkAlgorithm(token); err != nil {
		return nil, err
	}
	v := &verification{keys: p.keys}
	verifier := oidc.NewVerifier(p.Issuer, v, &oidc.Config{
		SupportedSigningAlgs: allowed(), SkipClientIDCheck: true, SkipExpiryCheck: true, SkipIssuerCheck: true,
	})
	verified, err := verifier.Verify(ctx, token.Reveal())
	switch {
	case errors.Is(v.err, errNoKeyFits):
		c.forget(p) // the keys may have moved
		return nil, &TokenError{Check: CheckSignature, Reason: "The token was not signed by the login's published keys."}
	case v.err != nil:
		c.forget(p)
		return nil, v.err
	case err != nil:
		return nil, malformed()
	}
	var cl claims
	if verified.Claims(&cl) != nil {
		return nil, malformed()
	}
	return &cl, nil
}

func allowed() []string {
	names := make([]string, len(algorithms))
	for i, a := range algorithms {
		names[i] = string(a)
	}
	return names
}

func malformed() error {
	return &TokenError{Check: CheckFormat, Reason: "The token is not a signed JWT with well-formed claims."}
}

func checkAlgorithm(token secret.Secret) error {
	var header struct {
		Algorithm jose.SignatureAlgorithm `json:"alg"`
	}
	if !decodeSegment(token, 0, &header) {
		return malformed()
	}
	if !slices.Contains(algorithms, header.Algorithm) {
		return &TokenError{Check: CheckAlgorithm, Reason: "The token is signed in a way that is not accepted (" + quote(string(header.Algorithm)) + ")."}
	}
	return nil
}

// decodeSegment reads one of a JWT's three segments without verifying anything.
func decodeSegment(token secret.Secret, n int, into any) bool {
	segments := strings.Split(token.Reveal(), ".")
	if len(segments) != 3 {
		return false
	}
	b, err := base64.RawURLEncoding.DecodeString(segments[n])
	return err == nil && json.Unmarshal(b, into) == nil
}

func (c *claims) checkIssuer(issuer string) error {
	if c.Issuer != issuer {
		return &TokenError{Check: CheckIssuer, Reason: "The token is from " + quote(c.Issuer) + " and not from " + quote(issuer) + "."}
	}
	return nil
}

func (c *claims) checkAudience(clientID string) error {
	if !slices.Contains(c.Audience, clientID) {
		return &TokenError{Check: CheckAudience, Reason: "The token is for " + quote(strings.Join(c.Audience, ", ")) + " and not for the client " + quote(clientID) + "."}
	}
	if c.Party != clientID && (c.Party != "" || len(c.Audience) > 1) {
		return &TokenError{Check: CheckAuthorized, Reason: "The token was issued to the client " + quote(c.Party) + " and not to " + quote(clientID) + "."}
	}
	return nil
}

func (c *claims) checkTimes(now time.Time) error {
	if c.Expiry.IsZero() || c.IssuedAt.IsZero() {
		return &TokenError{Check: CheckFormat, Reason: "The token does not say when it was issued or when it ends."}
	}
	if ago := now.Sub(c.Expiry.Time); ago >= clockSkew {
		return &TokenError{Check: CheckExpired, Reason: fmt.Sprintf("The token ended %v ago.", ago.Round(time.Second))}
	}
	for _, from := range []instant{c.IssuedAt, c.NotBefore} {
		if ahead := from.Sub(now); ahead > clockSkew {
			return &TokenError{Check: CheckIssuedAt, Reason: fmt.Sprintf("The token is from %v in the future.", ahead.Round(time.Second))}
		}
	}
	return nil
}

func (c *claims) checkSubject() error {
	if c.Subject == "" {
		return &TokenError{Check: CheckSubject, Reason: "The token does not say who signed in."}
	}
	return nil
}

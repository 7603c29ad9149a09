package auth

import (
	"context"
	"encoding/base64"
	"errors"
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

// verifyIDToken checks an ID token as Core section 3.1.3.7 asks, the nonce and the subject aside.
func (c *Client) verifyIDToken(ctx context.Context, p *Provider, token secret.Secret, now time.Time) (*claims, error) {
	if isEncrypted(token) {
		return nil, &UnsupportedError{Feature: EncryptedTokens, Reason: because(ReasonEncrypted)}
	}
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

// verifyJWT checks the algorithm and the signature with go-oidc's verifier and reads the claims. The claims' own
// checks follow in verifyIDToken, since each must be reported by its name.
func (c *Client) verifyJWT(ctx context.Context, p *Provider, token secret.Secret) (*claims, error) {
	if err := checkAlgorithm(token); err != nil {
		return nil, err
	}
	signature := &signatureCheck{keys: p.keys}
	verifier := oidc.NewVerifier(p.Issuer, signature, &oidc.Config{
		SupportedSigningAlgs: algorithmNames(), SkipClientIDCheck: true, SkipExpiryCheck: true, SkipIssuerCheck: true,
	})
	_, err := verifier.Verify(ctx, token.Reveal())
	if errors.Is(signature.err, errNoKeyFits) {
		signature.err = &TokenError{Check: CheckSignature, Reason: because(ReasonSignature)}
	}
	switch {
	case signature.err != nil:
		c.discard(p) // the keys may have moved
		return nil, signature.err
	case signature.payload == nil && err != nil:
		return nil, malformed()
	}
	// With the signature verified, go-oidc can only object to the type of a claim. Here each is read by itself, and
	// one that nothing depends on may have any type.
	return readClaims(signature.payload)
}

func algorithmNames() []string {
	names := make([]string, len(algorithms))
	for i, a := range algorithms {
		names[i] = string(a)
	}
	return names
}

func malformed() error {
	return &TokenError{Check: CheckFormat, Reason: because(ReasonMalformed)}
}

func checkAlgorithm(token secret.Secret) error {
	header, ok := segment(token, 3, 0)
	if !ok {
		return malformed()
	}
	if name := header.text("alg"); !slices.Contains(algorithms, jose.SignatureAlgorithm(name)) {
		return &TokenError{Check: CheckAlgorithm, Reason: because(ReasonAlgorithm, "Algorithm", quote(name))}
	}
	return nil
}

// isEncrypted reports whether a token is a JWE in its compact form (RFC 7516 section 7.1).
func isEncrypted(token secret.Secret) bool {
	header, ok := segment(token, 5, 0)
	return ok && header.text("enc") != ""
}

// segment reads one of a token's segments, of which there are count, without verifying anything.
func segment(token secret.Secret, count, n int) (object, bool) {
	segments := strings.Split(token.Reveal(), ".")
	if len(segments) != count {
		return nil, false
	}
	b, err := base64.RawURLEncoding.DecodeString(segments[n])
	if err != nil {
		return nil, false
	}
	return parseObject(b)
}

package auth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"daypass/auth/safetext"
)

// SigningKey is one key of the provider's key set as it is published, whether or not Daypass can use it.
// It is for telling why another program cannot.
type SigningKey struct {
	// ID is kid, and Use is use. Either may be empty.
	ID, Use string
	// Type is kty, such as "RSA", "EC" or "OKP"; Curve is crv, Algorithm is alg. The last two may be empty.
	Type, Curve, Algorithm string
	// HasCertificate is true where the key has an x5c with something in it.
	HasCertificate bool
	// Padded is true where its numbers are not in base64url without padding (RFC 7518 section 6).
	Padded bool
}

// jsonKey is a key of a JWK set. All members are read leniently: one of a strange type is empty.
type jsonKey map[string]json.RawMessage

func (k jsonKey) text(name string) string {
	var s string
	_ = json.Unmarshal(k[name], &s)
	return safetext.Line(s, maxForeignText)
}

func (k jsonKey) signingKey() SigningKey {
	return SigningKey{
		ID: k.text("kid"), Use: k.text("use"), Type: k.text("kty"), Curve: k.text("crv"), Algorithm: k.text("alg"),
		HasCertificate: k.hasCertificate(), Padded: k.padded(),
	}
}

func (k jsonKey) hasCertificate() bool {
	var chain []string
	return json.Unmarshal(k["x5c"], &chain) == nil && len(chain) > 0 && chain[0] != ""
}

func (k jsonKey) padded() bool {
	for _, name := range []string{"n", "e", "x", "y"} {
		var s string
		if json.Unmarshal(k[name], &s) != nil {
			continue
		}
		if _, err := base64.RawURLEncoding.DecodeString(s); err != nil {
			return true
		}
	}
	return false
}

// SigningKeys fetches the provider's key set (jwks_uri) and returns what is in it.
//
// Errors: those of Discover.
func (c *Client) SigningKeys(ctx context.Context) ([]SigningKey, error) {
	p, err := c.Metadata(ctx)
	if err != nil {
		return nil, err
	}
	a, document, err := c.getObject(ctx, "signing keys", p.JWKSURI)
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusOK {
		return nil, &DiscoveryError{Check: "jwks_uri", Reason: because(ReasonKeysMissing)}
	}
	var published []jsonKey
	if document.has("keys") && json.Unmarshal(document["keys"], &published) != nil {
		return nil, &DiscoveryError{Check: "jwks_uri", Reason: because(ReasonKeysMissing)}
	}
	keys := make([]SigningKey, len(published))
	for i, k := range published {
		keys[i] = k.signingKey()
	}
	return keys, nil
}

package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"daypass/auth/secret"
)

const (
	// proofAlgorithm is how proofs are signed. Every provider that knows proofs takes it.
	proofAlgorithm = jose.ES256
	proofHeader    = "DPoP"
	nonceHeader    = "DPoP-Nonce"
	// boundTokenType is the token_type of tokens that are of use with their key alone.
	boundTokenType = "dpop"
)

// newProofKey returns the key of one session for proofs of possession (RFC 9449), as a JWK; zero where the provider
// takes no proofs, or the configuration wants none.
func (p *Provider) newProofKey(cfg Config) (secret.Secret, error) {
	if cfg.BearerTokens || !slices.Contains(p.proofAlgorithms, string(proofAlgorithm)) {
		return secret.Secret{}, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return secret.Secret{}, fmt.Errorf("make a key for proofs: %w", err)
	}
	text, err := json.Marshal(jose.JSONWebKey{Key: key, Algorithm: string(proofAlgorithm)})
	if err != nil {
		return secret.Secret{}, fmt.Errorf("make a key for proofs: %w", err)
	}
	return secret.New(string(text)), nil
}

var errProofKey = errors.New("the key for proofs of possession cannot be used")

func parseProofKey(key secret.Secret) (jose.JSONWebKey, error) {
	var k jose.JSONWebKey
	if json.Unmarshal([]byte(key.Reveal()), &k) != nil || !k.Valid() || k.IsPublic() {
		return k, errProofKey
	}
	return k, nil
}

// thumbprint identifies a proof key to the provider (RFC 7638), as dpop_jkt; empty for none.
func thumbprint(key secret.Secret) string {
	k, err := parseProofKey(key)
	if err != nil {
		return ""
	}
	sum, err := k.Thumbprint(crypto.SHA256)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

// prover makes proofs for a provider's servers by what they have said: the nonces that they want to see, and the time
// that their clocks show. It is safe for use by several goroutines.
type prover struct {
	mu     sync.Mutex
	nonces map[string]string // by origin; only the latest is good (RFC 9449 section 8.2)
	skew   time.Duration     // the provider's clock minus this computer's
}

// heard notes what an answer of the server at address says about the next proof.
func (s *prover) heard(address string, a *answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = a.skew(time.Now())
	if nonce := a.header.Get(nonceHeader); nonce != "" {
		if s.nonces == nil {
			s.nonces = map[string]string{}
		}
		s.nonces[origin(address)] = nonce
	}
}

// basis is what a proof for the server at address is made of besides the request.
func (s *prover) basis(address string) proofBasis {
	s.mu.Lock()
	defer s.mu.Unlock()
	return proofBasis{nonce: s.nonces[origin(address)], skew: s.skew}
}

type proofBasis struct {
	nonce string
	skew  time.Duration
}

// prove adds a proof that the sender of req has the key (RFC 9449 section 4.2). No two proofs are the same.
func (b proofBasis) prove(req *http.Request, key secret.Secret) error {
	k, err := parseProofKey(key)
	if err != nil {
		return err
	}
	claims := map[string]any{
		"jti": rand.Text(), "htm": req.Method, "htu": withoutQuery(req.URL), "iat": time.Now().Add(b.skew).Unix(),
	}
	if b.nonce != "" {
		claims["nonce"] = b.nonce
	}
	proof, err := signJWT(jose.SigningKey{Algorithm: proofAlgorithm, Key: k}, (&jose.SignerOptions{EmbedJWK: true}).WithType("dpop+jwt"), claims)
	if err != nil {
		return err
	}
	req.Header.Set(proofHeader, proof)
	return nil
}

// signJWT returns a JWT with these claims in its compact form.
func signJWT(key jose.SigningKey, options *jose.SignerOptions, claims map[string]any) (string, error) {
	signer, err := jose.NewSigner(key, options)
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}

// wantsAnotherProof reports whether an error asks for a proof on the basis that the provider has given since: with its
// nonce, or by its clock.
func wantsAnotherProof(err error, sent, now proofBasis) bool {
	refused := new(ProviderError)
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.Code {
	case "use_dpop_nonce", "invalid_dpop_proof":
		return sent.nonce != now.nonce || (sent.skew-now.skew).Abs() > negligibleSkew
	}
	return false
}

func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Scheme + "://" + u.Host
}

func withoutQuery(u *url.URL) string {
	bare := *u
	bare.RawQuery, bare.ForceQuery, bare.Fragment, bare.RawFragment = "", false, "", ""
	return bare.String()
}

package oidctest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

type signingKey struct {
	algorithm jose.SignatureAlgorithm
	id        string
	private   crypto.Signer
}

// rsaKeys are made once for all tests: the issuers' first key, and one that no issuer publishes.
var rsaKeys = sync.OnceValue(func() [2]*rsa.PrivateKey {
	var keys [2]*rsa.PrivateKey
	for n := range keys {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		keys[n] = key
	}
	return keys
})

func firstKey() signingKey { return signingKey{jose.RS256, "first", rsaKeys()[0]} }

func newKey() signingKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return signingKey{jose.ES256, "key-" + rand.Text(), key}
}

// serveKeys publishes the key, beside some that a client must pass over.
func (i *Issuer) serveKeys(w http.ResponseWriter, b Behavior) {
	i.mu.Lock()
	key := i.key
	i.mu.Unlock()
	document := map[string]any{"keys": []any{
		map[string]any{"kty": "of-the-future", "kid": "unknown"},
		jose.JSONWebKey{Key: []byte("shared"), KeyID: "symmetric", Algorithm: "HS256", Use: "sig"},
		jose.JSONWebKey{Key: key.private.Public(), KeyID: key.id, Algorithm: string(key.algorithm), Use: "sig"},
	}}
	if b.Keys != nil {
		b.Keys(document)
	}
	writeJSON(w, http.StatusOK, document)
}

// sign makes a JWT as the behavior asks.
func (i *Issuer) sign(b Behavior, claims map[string]any) string {
	i.mu.Lock()
	key := i.key
	i.mu.Unlock()
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	var token string
	switch b.Algorithm {
	case "none":
		token = encode([]byte(`{"alg":"none"}`)) + "." + encode(payload) + "."
	case "HS256":
		token = signWith(jose.HS256, "symmetric", []byte("shared-shared-shared-shared-shared"), payload)
	case "RS256":
		token = signWith(jose.RS256, key.id, rsaKeys()[1], payload)
	default:
		token = signWith(key.algorithm, key.id, key.private, payload)
	}
	i.keep(token)
	return token
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func signWith(algorithm jose.SignatureAlgorithm, id string, key any, payload []byte) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", id).WithType("JWT"))
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return token
}

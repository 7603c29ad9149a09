package endpoint

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"

	"daypass/app/broker/clients"
	"daypass/auth/secret"
)

// Single is the one client of an endpoint that a program has for itself.
type Single struct{ token [sha256.Size]byte }

var errToken = errors.New("the token is another one")

// tokenBytes is the length of a token: 256 bits.
const tokenBytes = 32

// NewSingle returns a client and its token.
func NewSingle() (*Single, secret.Secret) {
	random := make([]byte, tokenBytes)
	_, _ = rand.Read(random) // never fails
	token := base64.RawURLEncoding.EncodeToString(random)
	return &Single{sha256.Sum256([]byte(token))}, secret.New(token)
}

// ByToken implements Clients.
func (s *Single) ByToken(token string) (clients.Client, error) {
	sum := sha256.Sum256([]byte(token))
	if subtle.ConstantTimeCompare(sum[:], s.token[:]) != 1 {
		return clients.Client{}, errToken
	}
	return clients.Client{Endpoint: true}, nil
}

// NoteFetch implements Clients.
func (*Single) NoteFetch(string, bool) {}

// Tokens implements Clients.
func (*Single) Tokens() int { return 1 }

package auth

import (
	"context"
	"errors"
	"net/http"

	"github.com/go-jose/go-jose/v4"
)

// keySet holds the issuer's public keys. They are fetched ahead, while the user is typing, so that
// verifying a token needs no request; a token by an unknown key has them fetched once more
// (OpenID Connect Core section 10.1.1).
type keySet struct {
	client  *Client
	address string
	turn    chan struct{} // holds one value, whose owner may touch the fields below
	keys    []jose.JSONWebKey
}

func newKeySet(c *Client, address string) *keySet {
	s := &keySet{client: c, address: address, turn: make(chan struct{}, 1)}
	s.turn <- struct{}{}
	return s
}

func (s *keySet) lock(ctx context.Context) error {
	select {
	case <-s.turn:
		return nil
	case <-ctx.Done():
		return networkError(ctx, "signing keys", hostOf(s.address), ctx.Err())
	}
}

func (s *keySet) unlock() { s.turn <- struct{}{} }

// load fetches the keys unless they are here.
func (s *keySet) load(ctx context.Context) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.unlock()
	if len(s.keys) > 0 {
		return nil
	}
	return s.fetch(ctx)
}

func (s *keySet) fetch(ctx context.Context) error {
	a, doc, err := s.client.getObject(ctx, "signing keys", s.address)
	if err != nil {
		return err
	}
	keys := usableKeys(doc)
	if a.status != http.StatusOK || len(keys) == 0 {
		return &DiscoveryError{Check: "jwks_uri", Reason: because(ReasonKeysUnusable)}
	}
	s.keys = keys
	return nil
}

var errNoKeyFits = errors.New("no key of the issuer fits the signature")

// verify returns the payload of a JWT that one of the keys signed.
func (s *keySet) verify(ctx context.Context, jws *jose.JSONWebSignature) ([]byte, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.unlock()
	if payload, ok := s.try(jws); ok {
		return payload, nil
	}
	if err := s.fetch(ctx); err != nil {
		return nil, err
	}
	if payload, ok := s.try(jws); ok {
		return payload, nil
	}
	return nil, errNoKeyFits
}

func (s *keySet) try(jws *jose.JSONWebSignature) ([]byte, bool) {
	kid := jws.Signatures[0].Header.KeyID
	for _, key := range s.keys {
		if kid != "" && key.KeyID != "" && key.KeyID != kid {
			continue
		}
		if payload, err := jws.Verify(&key); err == nil {
			return payload, true
		}
	}
	return nil, false
}

// signatureCheck is one use of a keySet by go-oidc's verifier, which returns the text of a key set's error
// only. It keeps the error and the verified payload themselves.
type signatureCheck struct {
	keys    *keySet
	payload []byte
	err     error
}

// VerifySignature implements oidc.KeySet.
func (s *signatureCheck) VerifySignature(ctx context.Context, jwt string) ([]byte, error) {
	jws, err := jose.ParseSignedCompact(jwt, algorithms)
	if err != nil {
		s.err = malformed()
		return nil, s.err
	}
	s.payload, s.err = s.keys.verify(ctx, jws)
	return s.payload, s.err
}

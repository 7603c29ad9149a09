package oidctest

import (
	"crypto"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// maxProofAge is how far the clock of who made a proof may be off.
const maxProofAge = time.Minute

// checkProof returns the thumbprint of the key of a proof of possession (RFC 9449 section 4.3), or empty for a request
// without one; false where it has refused the request.
func (i *Issuer) checkProof(w http.ResponseWriter, r *http.Request, b Behavior) (thumbprint string, ok bool) {
	header := r.Header.Get("DPoP")
	if !b.Proofs || header == "" {
		if b.ProofsOnly {
			refuse(w, http.StatusBadRequest, "invalid_grant", "DPoP proof JWT not provided")
		}
		return "", !b.ProofsOnly
	}
	claims, thumbprint := readProof(header)
	switch {
	case thumbprint == "" || claims.Method != r.Method || claims.URL != i.URL+r.URL.Path:
		refuse(w, http.StatusBadRequest, "invalid_dpop_proof", "malformed")
	case time.Since(time.Unix(claims.IssuedAt, 0).Add(-b.Skew)).Abs() > maxProofAge:
		refuse(w, http.StatusBadRequest, "invalid_dpop_proof", "iat is not recent")
	case b.ProofNonce && !i.isNonce(w, claims.Nonce):
		refuse(w, http.StatusBadRequest, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof")
	case !i.isFirst(claims.ID):
		refuse(w, http.StatusBadRequest, "invalid_dpop_proof", "jti was used before")
	default:
		return thumbprint, true
	}
	return "", false
}

type proofClaims struct {
	ID       string `json:"jti"`
	Method   string `json:"htm"`
	URL      string `json:"htu"`
	IssuedAt int64  `json:"iat"`
	Nonce    string `json:"nonce"`
}

// readProof verifies a proof by the key in its header. The thumbprint is empty where it is none.
func readProof(header string) (claims proofClaims, thumbprint string) {
	jws, err := jose.ParseSignedCompact(header, []jose.SignatureAlgorithm{jose.ES256, jose.RS256})
	if err != nil {
		return claims, ""
	}
	h := jws.Signatures[0].Protected
	if h.JSONWebKey == nil || !h.JSONWebKey.IsPublic() || h.ExtraHeaders[jose.HeaderType] != "dpop+jwt" {
		return claims, ""
	}
	payload, err := jws.Verify(h.JSONWebKey)
	if err != nil || json.Unmarshal(payload, &claims) != nil || claims.ID == "" {
		return claims, ""
	}
	sum, err := h.JSONWebKey.Thumbprint(crypto.SHA256)
	if err != nil {
		return claims, ""
	}
	return claims, base64.RawURLEncoding.EncodeToString(sum)
}

// isNonce reports whether a proof has the nonce of the answer before, and sends the next one.
func (i *Issuer) isNonce(w http.ResponseWriter, nonce string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	is := nonce != "" && nonce == i.nonce
	i.nonce = rand.Text()
	w.Header().Set("DPoP-Nonce", i.nonce)
	return is
}

// isFirst reports whether a proof is used for the first time.
func (i *Issuer) isFirst(id string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	seen := i.proofs[id]
	i.proofs[id] = true
	return !seen
}

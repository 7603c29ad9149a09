package auth

import (
	"encoding/json"
	"testing"
)

// Members of a signing key that have the wrong type are empty.
func TestSigningKey_oddTypes(t *testing.T) {
	for text, want := range map[string]SigningKey{
		`{"kty":"RSA","kid":7,"x5c":[""],"n":"AQ==","e":"AQAB"}`:    {Type: "RSA", Padded: true},
		`{"kty":"RSA","kid":"a","x5c":["MIIB"],"n":"AQ","e":["x"]}`: {Type: "RSA", ID: "a", HasCertificate: true},
		`{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","x":"AQ"}`:      {Type: "OKP", Curve: "Ed25519", Algorithm: "EdDSA"},
		`{}`: {},
	} {
		var k jsonKey
		if err := json.Unmarshal([]byte(text), &k); err != nil {
			t.Fatal(err)
		}
		if got := k.signingKey(); got != want {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

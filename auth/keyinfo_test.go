package auth_test

import (
	"testing"

	"daypass/auth/oidctest"
)

// The key set is shown as it is published.
func TestKeySet_shownAsPublished(t *testing.T) {
	issuer := oidctest.Start(t)
	keys, err := newClient(t, config(issuer)).SigningKeys(t.Context())
	if err != nil || len(keys) != 3 {
		t.Fatalf("%+v, %v", keys, err)
	}
	if k := keys[0]; k.ID != "unknown" || k.Type != "of-the-future" || k.HasCertificate || k.Padded {
		t.Errorf("%+v", k)
	}
	if k := keys[2]; k.Type != "RSA" || k.Algorithm != "RS256" || k.Use != "sig" || k.ID == "" {
		t.Errorf("%+v", k)
	}
}

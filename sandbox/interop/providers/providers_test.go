//go:build interop

package providers

import (
	"path/filepath"
	"testing"

	"daypass/sandbox/headless"
	"daypass/sandbox/interop/idp"
	"daypass/sandbox/interop/store"
)

func TestDex(t *testing.T) {
	t.Parallel()
	stand, err := headless.NewStand(t.Context(), filepath.Join("..", "..", "..", "build", "bin"), lifetime, 0)
	must(t, err)
	t.Cleanup(func() {
		if err := stand.Close(); err != nil {
			t.Error(err)
		}
	})
	tour(t, "Dex", "rotating refresh tokens", idp.Dex(stand), store.Server{Endpoint: stand.Sandbox.Endpoint}, map[string]string{signOut: noRevocation})
}

func TestHydra(t *testing.T) {
	t.Parallel()
	p := idp.Hydra(t, lifetime)
	tour(t, "Ory Hydra", "public client", p, store.MinIO(t, p), map[string]string{device: noDeviceCodes})
}

func TestZitadel(t *testing.T) {
	t.Parallel()
	p := idp.Zitadel(t, lifetime)
	tour(t, "zitadel/oidc", "its example; MinIO by role", p, store.MinIO(t, p), nil)
}

func TestOIDCProvider(t *testing.T) {
	for settings, c := range map[string]struct {
		options idp.OIDCOptions
		login   string
		wants   map[string]string
	}{
		"RS256":              {options: idp.OIDCOptions{}},
		"EdDSA":              {options: idp.OIDCOptions{Algorithm: "EdDSA"}},
		"ES256":              {options: idp.OIDCOptions{Algorithm: "ES256"}},
		"refresh token kept": {options: idp.OIDCOptions{KeepToken: true}},
		"PAR required":       {options: idp.OIDCOptions{PAR: true}},
		"DPoP required":      {options: idp.OIDCOptions{DPoP: true}},
		"refresh token only with consent, at the first sign-in": {
			options: idp.OIDCOptions{Offline: "consent"}, wants: map[string]string{renewal: "Session expired"},
		},
		"no ID token on refresh": {
			options: idp.OIDCOptions{RefreshWithoutIDToken: true}, wants: map[string]string{renewal: "Session expired"},
		},
		"no ID token on refresh, access tokens as JWT": {
			options: idp.OIDCOptions{RefreshWithoutIDToken: true, JWTAccessTokens: true},
		},
	} {
		t.Run(settings, func(t *testing.T) {
			t.Parallel()
			c.options.Lifetime = lifetime
			p := idp.OIDCProvider(t, c.options)
			p.Login = c.login
			tour(t, "oidc-provider", settings, p, store.MinIO(t, p), c.wants)
		})
	}
}

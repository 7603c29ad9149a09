package auth_test

import (
	"errors"
	"testing"
	"time"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// proving is a provider that takes proofs, and a client of it.
func proving(t *testing.T, behave func(*oidctest.Behavior)) (*oidctest.Issuer, *auth.Client) {
	t.Helper()
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Proofs = true
		behave(b)
	})
	return issuer, newClient(t, config(issuer))
}

// Rule 51: tokens are bound to a key of the session where the provider offers that, and each request has a proof of
// its own, with the nonce that the server asked for.
func TestRule51_tokensAreBound(t *testing.T) {
	for name, behave := range map[string]func(*oidctest.Behavior){
		"offered":               func(*oidctest.Behavior) {},
		"required":              func(b *oidctest.Behavior) { b.ProofsOnly = true },
		"with nonces":           func(b *oidctest.Behavior) { b.ProofsOnly, b.ProofNonce = true, true },
		"with a pushed request": func(b *oidctest.Behavior) { b.ProofsOnly, b.Pushed, b.PushedOnly = true, true, true },
		"another clock":         func(b *oidctest.Behavior) { b.ProofsOnly, b.Skew = true, 5*time.Hour },
	} {
		issuer, client := proving(t, behave)
		tokens, _, err := signIn(t, client, issuer)
		if err != nil || !tokens.Bound || tokens.ProofKey.IsZero() {
			t.Fatalf("%s: bound %v, %v", name, tokens.Bound, err)
		}
		for range 2 {
			if tokens, err = client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil || !tokens.Bound {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

// Rule 51: a refresh token is of no use without its key, and each sign-in has a key of its own.
func TestRule51_refreshNeedsKey(t *testing.T) {
	issuer, client := proving(t, func(*oidctest.Behavior) {})
	tokens, other := mustSignIn(t, client, issuer), mustSignIn(t, client, issuer)
	if tokens.ProofKey.Equal(other.ProofKey) {
		t.Error("two sign-ins have one key")
	}
	for name, key := range map[string]secret.Secret{"no key": {}, "another session's": other.ProofKey} {
		fresh := mustSignIn(t, client, issuer).RefreshRequest()
		fresh.ProofKey = key
		if _, err := client.Refresh(t.Context(), fresh); !errors.Is(err, auth.ErrSignInAgain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := tokens.RefreshRequest()
	broken.ProofKey = secret.New(`{"kty":"EC"}`)
	if _, err := client.Refresh(t.Context(), broken); err == nil || auth.IsTransient(err) {
		t.Errorf("a broken key: %v", err)
	}
}

// Rule 51: no proof is used twice, and none holds the key.
func TestRule51_proofsAreFresh(t *testing.T) {
	issuer, client := proving(t, func(b *oidctest.Behavior) { b.ProofNonce = true })
	tokens := mustSignIn(t, client, issuer)
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range issuer.Requests(oidctest.TokenPath) {
		if r.Proof == "" || seen[r.Proof] {
			t.Errorf("a proof is missing or used twice")
		}
		seen[r.Proof] = true
	}
	if len(seen) != 3 { // the first has no nonce yet; from then on each answer brings the next one
		t.Errorf("%d requests", len(seen))
	}
}

// A sign-in on another device is bound as well.
func TestRule51_deviceCode(t *testing.T) {
	issuer, client := proving(t, func(b *oidctest.Behavior) {
		b.ProofsOnly, b.Device = true, &oidctest.Device{Interval: 1}
		b.Metadata = func(d map[string]any) {
			d["device_authorization_endpoint"] = d["issuer"].(string) + oidctest.DevicePath
		}
	})
	tokens, err := client.SignInByDevice(t.Context(), func(auth.DeviceCode) {})
	if err != nil || !tokens.Bound {
		t.Fatalf("bound %v, %v", tokens.Bound, err)
	}
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
		t.Error(err)
	}
	_ = issuer
}

// No proofs are sent where the provider takes none of ours, or the access token is for others to use.
func TestSignIn_withoutProof(t *testing.T) {
	for name, change := range map[string]func(*oidctest.Behavior, *auth.Config){
		"not offered":         func(b *oidctest.Behavior, _ *auth.Config) { b.Proofs = false },
		"another algorithm":   func(b *oidctest.Behavior, _ *auth.Config) { b.Metadata = onlyAlgorithm("EdDSA") },
		"for others to use":   func(_ *oidctest.Behavior, cfg *auth.Config) { cfg.BearerTokens = true },
		"odd metadata":        func(b *oidctest.Behavior, _ *auth.Config) { b.Metadata = onlyAlgorithm(7) },
		"an empty list of it": func(b *oidctest.Behavior, _ *auth.Config) { b.Metadata = onlyAlgorithm([]any{}) },
	} {
		issuer := oidctest.Start(t)
		cfg := config(issuer)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Proofs = true
			change(b, &cfg)
		})
		tokens := mustSignIn(t, newClient(t, cfg), issuer)
		if r := issuer.Requests(oidctest.TokenPath)[0]; r.Proof != "" || tokens.Bound || !tokens.ProofKey.IsZero() {
			t.Errorf("%s: a proof was sent", name)
		}
	}
}

func onlyAlgorithm(value any) func(map[string]any) {
	return func(d map[string]any) { d["dpop_signing_alg_values_supported"] = value }
}

// A provider that takes proofs and binds nothing is as good as before.
func TestSignIn_proofIgnored(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Metadata = onlyAlgorithm([]string{"ES256"}) })
	client := newClient(t, config(issuer))
	tokens := mustSignIn(t, client, issuer)
	if tokens.Bound {
		t.Error("nothing is bound")
	}
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
		t.Error(err)
	}
}

// A proof that is refused is told in the provider's words, and not tried forever.
func TestSignIn_proofRefused(t *testing.T) {
	issuer, client := proving(t, func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, 400, "application/json", `{"error":"invalid_dpop_proof","error_description":"no"}`)
	})
	_, _, err := signIn(t, client, issuer)
	if !errors.Is(err, auth.ErrRefusedByProvider) || errors.Is(err, auth.ErrUnsupported) || len(issuer.Requests(oidctest.TokenPath)) != 1 {
		t.Errorf("%d requests, %v", len(issuer.Requests(oidctest.TokenPath)), err)
	}
}

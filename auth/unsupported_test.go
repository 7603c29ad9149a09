package auth_test

import (
	"encoding/base64"
	"errors"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
)

func featureOf(t *testing.T, err error) auth.Feature {
	t.Helper()
	var unsupported *auth.UnsupportedError
	if !errors.Is(err, auth.ErrUnsupported) || !errors.As(err, &unsupported) || unsupported.Reason.Code == "" {
		t.Fatalf("not an UnsupportedError: %v", err)
	}
	return unsupported.Feature
}

// Requirements in the metadata that are not supported are reported before the browser opens.
func TestMetadata_unsupportedRequirements(t *testing.T) {
	for member, want := range map[string]auth.Feature{
		"require_pushed_authorization_requests": auth.PushedRequests,
		"require_signed_request_object":         auth.SignedRequests,
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Metadata = func(d map[string]any) { d[member] = true } })
		_, err := newClient(t, config(issuer)).SignIn(t.Context(), auth.SignInRequest{
			OnLink: func(string) { t.Errorf("%s: there is a link", member) },
		})
		if got := featureOf(t, err); got != want {
			t.Errorf("%s: %s", member, got)
		}
	}
}

// Some providers hide that they require DPoP: the metadata tell that they know it.
func TestCodeExchange_suspectsDPoP(t *testing.T) {
	for text, offered := range map[string]bool{"": true, "grant request is invalid": true, "PKCE verification failed": false} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Metadata = func(d map[string]any) { d["dpop_signing_alg_values_supported"] = []string{"RS256"} }
			b.Intercept = oidctest.Answer(oidctest.TokenPath, 400, "application/json", `{"error":"invalid_grant","error_description":"`+text+`"}`)
		})
		_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
		if !offered {
			wantErr(t, err, auth.ErrRefusedByProvider)
		} else if got := featureOf(t, err); got != auth.DPoP {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// An encrypted ID token is reported as such.
func TestIDToken_encrypted(t *testing.T) {
	header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RSA-OAEP","enc":"A256GCM","cty":"JWT"}`))
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Answer = func(_ string, answer map[string]any) { answer["id_token"] = header + ".QQ.QQ.QQ.QQ" }
	})
	_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
	if got := featureOf(t, err); got != auth.EncryptedTokens || errors.Is(err, auth.ErrTokenInvalid) {
		t.Errorf("%s: %v", got, err)
	}
}

// An access token that is encrypted is like one that is opaque: the provider's own affair.
func TestAccessToken_encrypted(t *testing.T) {
	header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"dir","enc":"A256GCM"}`))
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.NoIDTokenOnRefresh = true
		b.Answer = func(_ string, answer map[string]any) { answer["access_token"] = header + "..QQ.QQ.QQ" }
	})
	after, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	if err != nil || after.WebIdentityFrom != auth.FromPreviousIDToken || !after.NoIDTokenOnRefresh {
		t.Errorf("%+v, %v", after, err)
	}
}

// An access token that expires later is used where a refresh returns no ID token.
func TestAccessToken_expiresLater(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.NoIDTokenOnRefresh = true
		b.AccessToken = func(c map[string]any) { c["exp"] = c["exp"].(int64) + 3600 }
	})
	after, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	if err != nil || after.WebIdentityFrom != auth.FromAccessToken || after.NoIDTokenOnRefresh {
		t.Errorf("from %s, %v", after.WebIdentityFrom, err)
	}
}

package auth_test

import (
	"testing"
	"time"

	"daypass/auth"
	"daypass/auth/oidctest"
)

// A clock that is set wrong by hours ends no session and hinders no sign-in: a token that has just
// come is judged by the clock of the provider that made it.
func TestRule19_wrongClock(t *testing.T) {
	for _, skew := range []time.Duration{5 * time.Hour, -5 * time.Hour, time.Minute} {
		issuer, client, tokens := signedIn(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Skew = skew })
		signedIn := mustSignIn(t, client, issuer)
		renewed, err := client.Refresh(t.Context(), tokens.RefreshRequest())
		if err != nil {
			t.Fatalf("a clock off by %v: %v", skew, err)
		}
		for _, got := range []auth.Tokens{signedIn, renewed} {
			if left := time.Until(got.WebIdentityExpiry); left < 59*time.Minute || left > 61*time.Minute {
				t.Errorf("a clock off by %v: %v left by this computer's clock", skew, left)
			}
		}
	}
}

// An old token is refused whatever the clock says.
func TestRule19_oldTokenIsRefused(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Skew = 5 * time.Hour
		b.Claims = func(_ string, c map[string]any) { c["exp"] = time.Now().Add(time.Hour).Unix() }
	})
	_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	if checkOf(t, err) != auth.CheckExpired {
		t.Error(err)
	}
}

// The fallback goes by the provider's clock.
func TestRule20_fallbackUsesProviderClock(t *testing.T) {
	issuer, client, _ := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Skew, b.NoIDTokenOnRefresh = -5*time.Hour, true })
	tokens := mustSignIn(t, client, issuer)
	got, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	if err != nil || got.WebIdentityFrom != auth.FromPreviousIDToken {
		t.Fatalf("%v, from %s", err, got.WebIdentityFrom)
	}
	if left := time.Until(got.WebIdentityExpiry); left < 59*time.Minute || left > 61*time.Minute {
		t.Errorf("%v left", left)
	}
}

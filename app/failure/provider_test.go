package failure_test

import (
	"strings"
	"testing"

	"daypass/app/failure"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// refreshAt is the error of a refresh that a provider refuses with this code and text.
func refreshAt(t *testing.T, code, text string) error {
	t.Helper()
	issuer := oidctest.NewInMemory("https://login.example")
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, 400, "application/json", `{"error":"`+code+`","error_description":"`+text+`"}`)
	})
	cfg := auth.Config{Issuer: auth.DiscoveryURL(issuer.URL), ClientID: "desktop-app", Scopes: []string{"email", "groups"}, Offline: true}
	client, err := auth.New(cfg, auth.WithTransport(issuer.Transport()))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Refresh(t.Context(), auth.Tokens{RefreshToken: secret.New("refresh-token-of-ada"), Identity: auth.Identity{Subject: "ada"}}.RefreshRequest())
	return err
}

// Errors of a renewal have their own text.
func TestOf_renewalErrors(t *testing.T) {
	for _, c := range []struct {
		code, text, want string
		class            session.Class
		says, admin      string
	}{
		{"invalid_grant", "Token is not active", "login-again", session.SignInAgain, "no longer renews", "Token is not active"},
		{"unauthorized_client", "refresh_token is invalid", "login-again", session.SignInAgain, "", "refresh_token is invalid"},
		{"invalid_scope", "groups is not for you", "login-scope-refused", session.RenewalRefused, "requests: groups.", "these scopes"},
		{"invalid_client", "AADSTS7000222: expired", "login-client-refused", session.RenewalRefused, "invalid_client", "secret has expired"},
		{"temporarily_unavailable", "", "login-temporary", session.Transient, "temporarily_unavailable", ""},
		{"unsupported_grant_type", "", "login-renewal-refused", session.RenewalRefused, "did not renew", "refresh_token"},
		{"use_dpop_nonce", "", "login-unsupported", session.RenewalRefused, "DPoP", "Turn off this requirement"},
	} {
		f := failure.Of(failure.RenewalError{Err: refreshAt(t, c.code, c.text)}, definition())
		p := f.Problem
		if p.Code != c.want || f.Class != c.class || !strings.Contains(p.English().Detail, c.says) || !strings.Contains(p.English().Admin, c.admin) {
			t.Errorf("%s: %s %+v", c.code, f.Class, p)
		}
		if strings.Contains(p.English().Detail+p.English().NextStep+p.English().Admin, "loopback") && c.want != "login-client-refused" {
			t.Errorf("%s speaks of the browser: %+v", c.code, p)
		}
		wholeWords(t, p)
	}
}

// Errors of a sign-in have their own text.
func TestOf_signInErrors(t *testing.T) {
	for err, code := range map[error]string{
		auth.ErrCodeExpired: "login-code-expired", auth.ErrOfflineRefused: "login-offline-refused",
		auth.ErrConsentRequired: "login-consent-required", auth.ErrInteractionRequired: "login-interaction-required",
		auth.ErrClientRefused: "login-client-refused", auth.ErrScopeRefused: "login-scope-refused",
		auth.ErrTemporary: "login-temporary", auth.ErrRefusedByProvider: "login-refused",
		&auth.UnsupportedError{Feature: auth.PushedRequests, Reason: auth.Reason{Code: auth.ReasonMetadataRequires}}: "login-unsupported",
	} {
		f := failure.Of(err, definition())
		if f.Problem.Code != code {
			t.Errorf("%v: %s", err, f.Problem.Code)
		}
		wholeWords(t, f.Problem)
	}
	if p := failure.Of(auth.ErrOfflineRefused, definition()).Problem; !strings.Contains(p.English().NextStep, "Stay signed in") {
		t.Errorf("no hint to switch it off: %+v", p)
	}
}

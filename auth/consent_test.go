package auth_test

import (
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
)

// prompts are the values of prompt in the authorization requests so far.
func prompts(issuer *oidctest.Issuer) []string {
	var sent []string
	for _, r := range issuer.Requests(oidctest.AuthorizePath) {
		sent = append(sent, r.Query.Get("prompt"))
	}
	return sent
}

// OpenID Connect Core section 11: a provider may ignore offline_access without prompt=consent.
func TestConsent_requestedForRefreshToken(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.ConsentForRefresh = true })
	client := newClient(t, config(issuer))
	for n, want := range []struct {
		prompt  string
		consent auth.Consent
		refresh bool
	}{
		{"", auth.ConsentNext, false},
		{"consent", auth.ConsentRequested, true},
		{"consent", auth.ConsentRequested, true},
	} {
		tokens := mustSignIn(t, client, issuer)
		if got := prompts(issuer)[n]; got != want.prompt || tokens.Consent != want.consent || tokens.RefreshToken.IsZero() == want.refresh {
			t.Errorf("sign-in %d: prompt %q, %q, refresh token %v", n, got, tokens.Consent, !tokens.RefreshToken.IsZero())
		}
		client.NoteConsent(tokens.Consent)
	}
}

// Consent is kept over a refresh.
func TestConsent_keptOverRefresh(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.ConsentForRefresh = true })
	client := newClient(t, config(issuer))
	client.NoteConsent(auth.ConsentRequested) // by a run before this one
	tokens, err := client.Refresh(t.Context(), mustSignIn(t, client, issuer).RefreshRequest())
	if err != nil || tokens.Consent != auth.ConsentRequested {
		t.Errorf("%q, %v", tokens.Consent, err)
	}
}

// Consent is not requested again unless it has helped.
func TestConsent_onlyAfterSuccess(t *testing.T) {
	for name, c := range map[string]struct {
		offline bool
		prompt  string
		noted   auth.Consent
		sent    string
		want    auth.Consent
	}{
		"nobody wants a refresh token": {false, "", auth.ConsentNext, "", auth.ConsentNotRequested},
		"it was of no use":             {true, "", auth.ConsentUseless, "", auth.ConsentUseless},
		"it is of no use":              {true, "", auth.ConsentNext, "consent", auth.ConsentUseless},
		"the connection asks itself":   {true, "consent", auth.ConsentNotRequested, "consent", auth.ConsentUseless},
		"the connection asks more":     {true, "login", auth.ConsentNext, "login consent", auth.ConsentUseless},
		"nobody is to be asked":        {true, "none", auth.ConsentNext, "none", auth.ConsentUseless},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Answer = func(_ string, answer map[string]any) { delete(answer, "refresh_token") }
		})
		cfg := config(issuer)
		cfg.Offline = c.offline
		if c.prompt != "" {
			cfg.ExtraParams = map[string]string{"prompt": c.prompt}
		}
		client := newClient(t, cfg)
		client.NoteConsent(c.noted)
		tokens := mustSignIn(t, client, issuer)
		if got := prompts(issuer)[0]; got != c.sent || tokens.Consent != c.want {
			t.Errorf("%s: prompt %q, then %q", name, got, tokens.Consent)
		}
	}
}

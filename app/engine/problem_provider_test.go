package engine

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// refreshAt is the error of a refresh that a provider refuses with this code and text.
func refreshAt(t *testing.T, code, text string) error {
	t.Helper()
	issuer := oidctest.NewInMemory("https://login.example")
	issuer.Behave(func(b *oidctest.Behaviour) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, 400, "application/json", `{"error":"`+code+`","error_description":"`+text+`"}`)
	})
	cfg := authConfig(definition("Lake"))
	cfg.Scopes = []string{"email", "groups"}
	client, err := auth.New(cfg, auth.WithTransport(issuer.Transport()))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Refresh(t.Context(), auth.Tokens{RefreshToken: secret.New("refresh-token-of-ada"), Identity: auth.Identity{Subject: "ada"}}.RefreshRequest())
	return err
}

func TestRefusalsOfARenewalHaveTheirOwnWords(t *testing.T) {
	for _, c := range []struct {
		code, text, want string
		class            session.Class
		says, admin      string
	}{
		{"invalid_grant", "Token is not active", "login-again", session.SignInAgain, "no longer renews", "Token is not active"},
		{"unauthorized_client", "refresh_token is invalid", "login-again", session.SignInAgain, "", "refresh_token is invalid"},
		{"invalid_scope", "groups is not for you", "login-scope-refused", session.Refused, "asks for: groups.", "these scopes"},
		{"invalid_client", "AADSTS7000222: expired", "login-client-refused", session.Refused, "invalid_client", "secret has expired"},
		{"temporarily_unavailable", "", "login-temporary", session.Transient, "temporarily_unavailable", ""},
		{"unsupported_grant_type", "", "login-renewal-refused", session.Refused, "did not renew", "refresh_token"},
		{"use_dpop_nonce", "", "login-unsupported", session.Refused, "DPoP", "Do not require"},
	} {
		f := failure(renewalError{refreshAt(t, c.code, c.text)}, definition("Lake"))
		p := f.Problem
		if p.Code != c.want || f.Class != c.class || !strings.Contains(p.Detail, c.says) || !strings.Contains(p.Admin, c.admin) {
			t.Errorf("%s: %s %+v", c.code, f.Class, p)
		}
		if strings.Contains(p.Detail+p.NextStep+p.Admin, "loopback") && c.want != "login-client-refused" {
			t.Errorf("%s speaks of the browser: %+v", c.code, p)
		}
		wholeWords(t, p)
	}
}

func TestRefusalsOfASignInHaveTheirOwnWords(t *testing.T) {
	for err, code := range map[error]string{
		auth.ErrCodeExpired: "login-code-expired", auth.ErrOfflineRefused: "login-offline-refused",
		auth.ErrConsentRequired: "login-consent-required", auth.ErrInteractionRequired: "login-interaction-required",
		auth.ErrClientRefused: "login-client-refused", auth.ErrScopeRefused: "login-scope-refused",
		auth.ErrTemporary: "login-temporary", auth.ErrRefusedByProvider: "login-refused",
		&auth.UnsupportedError{Feature: auth.PushedRequests, Reason: "It says so."}: "login-unsupported",
	} {
		f := failure(err, definition("Lake"))
		if f.Problem.Code != code {
			t.Errorf("%v: %s", err, f.Problem.Code)
		}
		wholeWords(t, f.Problem)
	}
	if p := failure(auth.ErrOfflineRefused, definition("Lake")).Problem; !strings.Contains(p.NextStep, "Stay signed in") {
		t.Errorf("no hint to switch it off: %+v", p)
	}
}

// A program that asks for keys after a renewal was refused is told that, and not to try again in a moment.
func TestWhatKeepsExpiredKeysFromBeingRenewedIsTold(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		b.w.set(func() { b.w.loginErr = auth.ErrScopeRefused })
		time.Sleep(61 * time.Minute)
		synctest.Wait()
		b.is("lake", session.Expired)
		_, err := b.HandOut(t.Context(), "lake", "aws")
		told, ok := errors.AsType[*app.HandoverError](err)
		if !ok || !errors.Is(err, app.ErrRenewing) || told.Problem.Code != "login-scope-refused" {
			t.Errorf("%v", err)
		}
	})
}

func TestWarningsAboutTheTokensHaveWords(t *testing.T) {
	for _, tokens := range []auth.Tokens{{Consent: auth.ConsentNext}, {Consent: auth.ConsentUseless}, {NoIDTokenOnRefresh: true}} {
		codes := tokenWarnings(tokens)
		if len(codes) != 1 || !strings.HasSuffix(app.WarningText(codes[0]), ".") {
			t.Errorf("%+v: %v", tokens, codes)
		}
	}
	if codes := tokenWarnings(auth.Tokens{Consent: auth.ConsentAsked}); len(codes) != 0 {
		t.Errorf("%v", codes)
	}
}

// What could not be ended is said, by whoever could not be told.
func TestRule33SigningOutSaysWhatItCouldNotDo(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		b.w.set(func() {
			b.w.loginErr = &auth.UnreachableError{Reason: "There is no connection to login.example."}
			b.w.serverErr = errors.New("down")
		})
		b.must(b.SignOut(t.Context(), "lake"))
		synctest.Wait()
		s := b.is("lake", session.SignedOut)
		if s.SigningOut || s.Problem == nil || !strings.Contains(s.Problem.Detail, "login.example could not be told") ||
			!strings.Contains(s.Problem.Detail, "minio.example could not be told to end the keys") {
			t.Errorf("%+v", s)
		}
	})
}

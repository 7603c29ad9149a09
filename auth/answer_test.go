package auth_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"daypass/auth"
	"daypass/auth/oidctest"
)

// The issuer that the answer names is checked.
func TestRule17_issuerOfAnswer(t *testing.T) {
	for _, c := range []struct {
		name     string
		promised bool
		change   func(url.Values)
		ok       bool
	}{
		{"right", true, func(url.Values) {}, true},
		{"promised and absent", true, func(q url.Values) { q.Del("iss") }, false},
		{"promised and empty", true, func(q url.Values) { q.Set("iss", "") }, false},
		{"another", true, func(q url.Values) { q.Set("iss", "https://evil.example") }, false},
		{"not promised and absent", false, func(q url.Values) { q.Del("iss") }, true},
		{"not promised and another", false, func(q url.Values) { q.Set("iss", "https://evil.example") }, false},
		{"an error from another", true, func(q url.Values) {
			q.Del("code")
			q.Set("error", "access_denied")
			q.Set("iss", "https://evil.example")
		}, false},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Callback = c.change
			b.Metadata = func(d map[string]any) { d["authorization_response_iss_parameter_supported"] = c.promised }
		})
		_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil && checkOf(t, err) != auth.CheckResponseIssuer {
			t.Errorf("%s: %v", c.name, err)
		}
		if n := len(issuer.Requests(oidctest.TokenPath)); !c.ok && n != 0 {
			t.Errorf("%s: a code was sent all the same", c.name)
		}
	}
}

// Errors are shown as text, and the error_uri is not opened.
func TestRule18_errorsAreText(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Deny, b.DenyText = "invalid_scope", "first\x1b[31m line\r\nsecond\u202e "+strings.Repeat("word ", 200)
		b.Callback = func(q url.Values) { q.Set("error_uri", issuer.URL+"/error-page") }
	})
	_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
	var providerCode *auth.ProviderError
	if !errors.As(err, &providerCode) {
		t.Fatal(err)
	}
	if strings.ContainsAny(providerCode.Description, "\x1b\r\n\u202e") || !strings.HasPrefix(providerCode.Description, `first\x1b[31m line second\u202e word`) {
		t.Errorf("description %q", providerCode.Description)
	}
	if len(providerCode.Description) > 310 || strings.Contains(err.Error(), "error-page") {
		t.Errorf("too long, or with the error_uri: %v", err)
	}
	if len(issuer.Requests("/error-page")) != 0 {
		t.Error("error_uri was opened")
	}
}

func TestRule19_idTokenChecks(t *testing.T) {
	now := time.Now()
	set := func(name string, value any) func(map[string]any) {
		return func(c map[string]any) { c[name] = value }
	}
	for _, c := range []struct {
		name      string
		algorithm string
		claims    func(map[string]any)
		want      auth.Check // empty: accepted
	}{
		{"alg none", "none", nil, auth.CheckAlgorithm},
		{"alg HS256", "HS256", nil, auth.CheckAlgorithm},
		{"a key nobody published", "RS256", nil, auth.CheckSignature},
		{"another issuer", "", set("iss", "https://evil.example"), auth.CheckIssuer},
		{"no issuer", "", set("iss", nil), auth.CheckIssuer},
		{"another audience", "", set("aud", "other"), auth.CheckAudience},
		{"no audience", "", set("aud", nil), auth.CheckAudience},
		{"several without us", "", set("aud", []string{"a", "b"}), auth.CheckAudience},
		{"several without azp", "", set("aud", []string{"a", oidctest.ClientID}), auth.CheckAuthorized},
		{"several with azp", "", func(c map[string]any) {
			c["aud"], c["azp"] = []string{"a", oidctest.ClientID}, oidctest.ClientID
		}, ""},
		{"one in an array", "", set("aud", []string{oidctest.ClientID}), ""},
		{"azp of another", "", set("azp", "other"), auth.CheckAuthorized},
		{"ended", "", set("exp", now.Add(-6*time.Minute).Unix()), auth.CheckExpired},
		{"ended within the leeway", "", set("exp", now.Add(-4*time.Minute).Unix()), ""},
		{"no exp", "", set("exp", nil), auth.CheckFormat},
		{"no iat", "", set("iat", nil), auth.CheckFormat},
		{"exp absent", "", func(c map[string]any) { delete(c, "exp") }, auth.CheckFormat},
		{"iat absent", "", func(c map[string]any) { delete(c, "iat") }, auth.CheckFormat},
		{"from the future", "", set("iat", now.Add(6*time.Minute).Unix()), auth.CheckIssuedAt},
		{"from the near future", "", set("iat", now.Add(4*time.Minute).Unix()), ""},
		{"not yet", "", set("nbf", now.Add(6*time.Minute).Unix()), auth.CheckIssuedAt},
		{"nobody", "", set("sub", ""), auth.CheckSubject},
		{"a date that is none", "", set("exp", "tomorrow"), auth.CheckFormat},
		{"a date beyond dates", "", set("exp", 1e300), auth.CheckFormat},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Algorithm = c.algorithm
			b.Claims = func(_ string, claims map[string]any) {
				if c.claims != nil {
					c.claims(claims)
				}
			}
		})
		tokens, _, err := signIn(t, newClient(t, config(issuer)), issuer)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || checkOf(t, err) != c.want || auth.IsTransient(err)):
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && tokens != (auth.Tokens{}):
			t.Errorf("%s: tokens beside the error", c.name)
		}
	}
}

// An ID token that is missing or is no JWT is refused.
func TestRule19_missingOrMalformedIDToken(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.NoIDToken = true })
	_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
	if checkOf(t, err) != auth.CheckMissing {
		t.Error(err)
	}
	for _, token := range []string{"x", "a.b.c", "e30.e30.e30", "....", "eyJhbGciOiJSUzI1NiJ9.e30.AA.AA"} {
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Intercept = oidctest.Answer(oidctest.TokenPath, 200, "application/json", `{"id_token":"`+token+`"}`)
		})
		_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
		if check := checkOf(t, err); check != auth.CheckFormat && check != auth.CheckAlgorithm {
			t.Errorf("%q: %v", token, err)
		}
	}
}

// A signing key that the provider has rotated is fetched.
func TestRule19_rotatedSigningKey(t *testing.T) {
	issuer := oidctest.Start(t)
	client := newClient(t, config(issuer))
	mustSignIn(t, client, issuer)
	issuer.RotateKey()
	mustSignIn(t, client, issuer)
	if n := len(issuer.Requests(oidctest.KeysPath)); n != 2 {
		t.Errorf("%d requests for keys", n)
	}
}

// A sign-in that is older than max_age allows is refused by the token's own date, if it has one.
func TestRule19_signInTooOld(t *testing.T) {
	for _, c := range []struct {
		maxAge   string
		authTime any
		refused  bool
	}{
		{"3600", time.Now().Add(-2 * time.Hour).Unix(), true},
		{"3600", time.Now().Add(-time.Minute).Unix(), false},
		{"3600", nil, false},
		{"3600", "then", false},
		{"", time.Now().Add(-2 * time.Hour).Unix(), false},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Claims = func(_ string, claims map[string]any) { claims["auth_time"] = c.authTime }
		})
		cfg := config(issuer)
		if c.maxAge != "" {
			cfg.ExtraParams = map[string]string{"max_age": c.maxAge}
		}
		_, _, err := signIn(t, newClient(t, cfg), issuer)
		if (err != nil) != c.refused || err != nil && checkOf(t, err) != auth.CheckAge {
			t.Errorf("%+v: %v", c, err)
		}
		if got := issuer.Requests(oidctest.AuthorizePath)[0].Query.Get("max_age"); got != c.maxAge {
			t.Errorf("sent %q", got)
		}
	}
}

// A signing key that was rotated between sign-in and renewal, or between renewals, is fetched.
func TestRefresh_rotatedSigningKey(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	for range 2 {
		issuer.RotateKey()
		after, err := client.Refresh(t.Context(), tokens.RefreshRequest())
		if err != nil || after.WebIdentityFrom != auth.FromIDToken {
			t.Fatalf("from %s, %v", after.WebIdentityFrom, err)
		}
		tokens = after
	}
}

// The signing keys are fetched while the user signs in.
func TestKeySet_prefetch(t *testing.T) {
	issuer := oidctest.Start(t)
	fetched := make(chan bool, 10)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = func(_ http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == oidctest.KeysPath {
				fetched <- true
			}
			return false
		}
	})
	w := startSignIn(t, newClient(t, config(issuer)))
	<-fetched // before anybody signed in
	w.stillWaits(issuer)
	if n := len(issuer.Requests(oidctest.KeysPath)); n != 1 {
		t.Errorf("%d requests for keys", n)
	}
}

func TestRule21_answersAreBounded(t *testing.T) {
	huge := `{"id_token":"` + strings.Repeat("x", 1<<20) + `"}`
	for _, path := range []string{oidctest.DiscoveryPath, oidctest.KeysPath, oidctest.TokenPath} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Intercept = oidctest.Answer(path, 200, "application/json", huge) })
		client := newClient(t, config(issuer))
		var err error
		if path == oidctest.DiscoveryPath {
			_, err = client.SignIn(t.Context(), auth.SignInRequest{})
		} else {
			_, _, err = signIn(t, client, issuer)
		}
		if !errors.Is(err, auth.ErrIssuerUnreachable) || !because(err, auth.ReasonAnswerTooLong) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// What a provider sends beyond the bound is not even read: it may have no end.
func TestRule21_endlessAnswer(t *testing.T) {
	const more = 64 << 20
	for _, path := range []string{oidctest.DiscoveryPath, oidctest.KeysPath, oidctest.TokenPath} {
		issuer := oidctest.Start(t)
		sent := make(chan int, 8)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path != path {
					return false
				}
				n, chunk := 0, make([]byte, 64<<10)
				for n < more {
					wrote, err := w.Write(chunk)
					if n += wrote; err != nil {
						break
					}
				}
				sent <- n
				return true
			}
		})
		client := newClient(t, config(issuer))
		var err error
		if path == oidctest.DiscoveryPath {
			_, err = client.Discover(t.Context())
		} else {
			_, _, err = signIn(t, client, issuer)
		}
		wantErr(t, err, auth.ErrIssuerUnreachable)
		if n := <-sent; n >= more { // sockets hold a few megabytes
			t.Errorf("%s: all of %d bytes were taken", path, n)
		}
	}
}

// An error never quotes what was sent.
func TestRule21_errorQuotesNoRequest(t *testing.T) {
	issuer := oidctest.Start(t)
	client := newClient(t, config(issuer))
	tokens := mustSignIn(t, client, issuer)
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
		t.Fatal(err)
	}
	_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	wantErr(t, err, auth.ErrSignInAgain)
	var providerCode *auth.ProviderError
	if !errors.As(err, &providerCode) || providerCode.Description != "The refresh token [redacted] was used before." {
		t.Errorf("the provider quoted the token, and we say %q", providerCode.Description)
	}
}

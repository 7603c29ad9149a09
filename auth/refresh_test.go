package auth_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// signedIn is a provider, a client and the tokens of a sign-in.
func signedIn(t *testing.T) (*oidctest.Issuer, *auth.Client, auth.Tokens) {
	t.Helper()
	issuer := oidctest.Start(t)
	client := newClient(t, config(issuer))
	return issuer, client, mustSignIn(t, client, issuer)
}

// A refresh rotates the token, and requests the scopes again.
func TestRefresh_rotates(t *testing.T) {
	issuer, client, before := signedIn(t)
	after, err := client.Refresh(t.Context(), before.RefreshRequest())
	if err != nil {
		t.Fatal(err)
	}
	if after.RefreshToken.IsZero() || after.RefreshToken.Equal(before.RefreshToken) || after.IDToken.Equal(before.IDToken) {
		t.Error("the tokens are the old ones")
	}
	if after.Identity != before.Identity || after.WebIdentityFrom != auth.FromIDToken {
		t.Errorf("%+v from %s", after.Identity, after.WebIdentityFrom)
	}
	form := issuer.Requests(oidctest.TokenPath)[1].Form
	if form.Get("scope") != "openid profile email offline_access" || form.Get("client_id") != oidctest.ClientID {
		t.Errorf("scope %q, client_id %q", form.Get("scope"), form.Get("client_id"))
	}
}

// A refresh token that is not rotated stays in use.
func TestRefresh_withoutRotation(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.KeepRefreshToken = true })
	for range 2 {
		after, err := client.Refresh(t.Context(), tokens.RefreshRequest())
		if err != nil || !after.RefreshToken.Equal(tokens.RefreshToken) {
			t.Fatalf("the refresh token was lost: %v", err)
		}
		tokens = after
	}
}

// An ID token of a refresh may have any nonce, and fewer claims.
func TestRefresh_idTokenNonceAndClaims(t *testing.T) {
	for _, nonce := range []any{nil, "the first one, as Dex repeats it"} {
		issuer, client, before := signedIn(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Claims = func(_ string, c map[string]any) {
				c["nonce"] = nonce
				delete(c, "email")
			}
		})
		after, err := client.Refresh(t.Context(), before.RefreshRequest())
		if err != nil || after.Identity != before.Identity {
			t.Errorf("%v: %v, %+v", nonce, err, after.Identity)
		}
	}
}

// Another subject on refresh is reported, and yields nothing.
func TestRule20_otherSubject(t *testing.T) {
	issuer, client, before := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Claims = func(_ string, c map[string]any) { c["sub"] = "eve" } })
	after, err := client.Refresh(t.Context(), before.RefreshRequest())
	wantErr(t, err, auth.ErrSubjectChanged)
	if checkOf(t, err) != auth.CheckSubject || after != (auth.Tokens{}) {
		t.Errorf("%v with %+v", err, after)
	}
}

// The ID token of a refresh is checked like the first.
func TestRule20_refreshedIDTokenIsChecked(t *testing.T) {
	issuer, client, before := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Claims = func(_ string, c map[string]any) { c["aud"] = "other" } })
	after, err := client.Refresh(t.Context(), before.RefreshRequest())
	if checkOf(t, err) != auth.CheckAudience {
		t.Error(err)
	}
	// The refresh token that was sent is spent: the new one must not be lost with the rest.
	if after.RefreshToken.IsZero() || !after.IDToken.IsZero() || !after.WebIdentity.IsZero() {
		t.Errorf("beside the error: %+v", after)
	}
	issuer.Behave(func(b *oidctest.Behavior) { b.Claims = nil })
	request := before.RefreshRequest()
	request.RefreshToken = after.RefreshToken
	if _, err := client.Refresh(t.Context(), request); err != nil {
		t.Errorf("the new refresh token does not work: %v", err)
	}
}

// A refresh without an ID token falls back to another token.
func TestRule20_withoutIDToken(t *testing.T) {
	jwt := func(change func(map[string]any)) func(map[string]any) {
		return func(c map[string]any) { change(c) }
	}
	for _, c := range []struct {
		name   string
		life   time.Duration
		access func(map[string]any)
		from   auth.WebIdentitySource
		want   error
	}{
		{name: "the previous ID token lives", life: time.Hour, from: auth.FromPreviousIDToken},
		{name: "it lives, and the access token would do", life: time.Hour, access: jwt(func(map[string]any) {}), from: auth.FromPreviousIDToken},
		{name: "an access token for us", life: time.Second, access: jwt(func(map[string]any) {}), from: auth.FromAccessToken},
		{name: "issued to us for another", life: time.Second, access: jwt(func(c map[string]any) {
			c["aud"], c["azp"] = "storage", oidctest.ClientID
		}), from: auth.FromAccessToken},
		{name: "an opaque access token", life: time.Second, want: auth.ErrNoIDToken},
		{name: "for another", life: time.Second, access: jwt(func(c map[string]any) { c["aud"] = "storage" }), want: auth.ErrNoIDToken},
		{name: "from another", life: time.Second, access: jwt(func(c map[string]any) { c["iss"] = "https://evil.example" }), want: auth.ErrNoIDToken},
		{name: "about to end", life: time.Second, access: jwt(func(c map[string]any) {
			c["exp"] = time.Now().Add(5 * time.Second).Unix()
		}), want: auth.ErrNoIDToken},
		{name: "without an end", life: time.Second, access: jwt(func(c map[string]any) { delete(c, "exp") }), want: auth.ErrNoIDToken},
		{name: "somebody else's", life: time.Second, access: jwt(func(c map[string]any) { c["sub"] = "eve" }), want: auth.ErrSubjectChanged},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.NoIDTokenOnRefresh, b.AccessToken, b.Lifetime = true, c.access, c.life
		})
		client := newClient(t, config(issuer))
		before := mustSignIn(t, client, issuer)
		issuer.Behave(func(b *oidctest.Behavior) { b.Lifetime = time.Hour })
		after, err := client.Refresh(t.Context(), before.RefreshRequest())
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if c.want == nil && (after.WebIdentityFrom != c.from || !after.IDToken.IsZero() || after.Identity != before.Identity || after.WebIdentityExpiry.IsZero()) {
			t.Errorf("%s: %+v", c.name, after)
		}
		if (c.from == auth.FromAccessToken && !after.WebIdentity.Equal(after.AccessToken)) || (c.from == auth.FromPreviousIDToken && !after.WebIdentity.Equal(before.IDToken)) {
			t.Errorf("%s: it is another token", c.name)
		}
	}
}

// The fallback can be used again while it is valid.
func TestRule20_fallbackWhileValid(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.NoIDTokenOnRefresh = true })
	first := tokens.IDToken
	for n := range 3 {
		var err error
		if tokens, err = client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil || !tokens.WebIdentity.Equal(first) {
			t.Fatalf("refresh %d: %v from %s", n, err, tokens.WebIdentityFrom)
		}
	}
}

// A forged access token is no fallback.
func TestRule20_forgedAccessToken(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Lifetime = time.Second })
	client := newClient(t, config(issuer))
	before := mustSignIn(t, client, issuer)
	for _, algorithm := range []string{"none", "HS256", "RS256"} {
		issuer.Behave(func(b *oidctest.Behavior) {
			b.NoIDTokenOnRefresh, b.KeepRefreshToken, b.Algorithm, b.Lifetime = true, true, algorithm, time.Hour
			b.AccessToken = func(map[string]any) {}
		})
		_, err := client.Refresh(t.Context(), before.RefreshRequest())
		wantErr(t, err, auth.ErrNoIDToken)
	}
}

// Some errors end a session, others do not.
func TestRule25_errorsThatEndASession(t *testing.T) {
	for _, c := range []struct {
		name, kind, body string
		status           int
		want             error
		transient        bool
	}{
		{"invalid_grant", "application/json", `{"error":"invalid_grant"}`, 400, auth.ErrSignInAgain, false},
		{"invalid_grant with 401", "application/json", `{"error":"invalid_grant"}`, 401, auth.ErrSignInAgain, false},
		{"invalid_grant with 200", "application/json", `{"error":"invalid_grant"}`, 200, auth.ErrSignInAgain, false},
		{"interaction_required", "application/json", `{"error":"interaction_required"}`, 400, auth.ErrSignInAgain, false},
		{"Dex", "application/json", `{"error":"invalid_request","error_description":"Refresh token is invalid or has already been claimed by another client."}`, 400, auth.ErrSignInAgain, false},
		{"another invalid_request", "application/json", `{"error":"invalid_request","error_description":"Required param: refresh_token."}`, 400, auth.ErrRefusedByProvider, false},
		{"invalid_client", "application/json", `{"error":"invalid_client"}`, 401, auth.ErrRefusedByProvider, false},
		{"temporarily_unavailable", "application/json", `{"error":"temporarily_unavailable"}`, 400, auth.ErrRefusedByProvider, true},
		{"500 that says invalid_grant", "application/json", `{"error":"invalid_grant"}`, 500, auth.ErrIssuerUnreachable, true},
		{"503", "text/plain", "down", 503, auth.ErrIssuerUnreachable, true},
		{"429", "text/plain", "slow", 429, auth.ErrIssuerUnreachable, true},
		{"a captive portal", "text/html", "<html>Welcome to the hotel", 200, auth.ErrIssuerUnreachable, true},
		{"a captive portal that lies", "application/json", "<html>Welcome to the hotel", 200, auth.ErrIssuerUnreachable, true},
		{"a firewall", "text/html", "<html>blocked", 403, auth.ErrIssuerUnreachable, true},
		{"400 without a reason", "application/json", "{}", 400, auth.ErrIssuerUnreachable, true},
		{"nothing", "application/json", "", 200, auth.ErrIssuerUnreachable, true},
		{"half an answer", "application/json", `{"id_token":"`, 200, auth.ErrIssuerUnreachable, true},
	} {
		issuer, client, tokens := signedIn(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Intercept = oidctest.Answer(oidctest.TokenPath, c.status, c.kind, c.body)
		})
		_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
		if !errors.Is(err, c.want) || auth.IsTransient(err) != c.transient {
			t.Errorf("%s: %v, transient %v", c.name, err, auth.IsTransient(err))
		}
		for _, other := range []error{auth.ErrSignInAgain, auth.ErrRefusedByProvider, auth.ErrIssuerUnreachable} {
			if other != c.want && errors.Is(err, other) {
				t.Errorf("%s is %v as well", c.name, other)
			}
		}
	}
}

// The answer of Dex to a token that was used before ends the session.
func TestRule25_dexUsedToken(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.RefusedLikeDex = true })
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
		t.Fatal(err)
	}
	_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	wantErr(t, err, auth.ErrSignInAgain)
}

// The answer of Dex to a token that has expired ends the session.
func TestRule25_dexExpiredToken(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, 400, "application/json",
			`{"error":"invalid_request","error_description":"Refresh token expired."}`)
	})
	_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	wantErr(t, err, auth.ErrSignInAgain)
}

// The rotated token must be on disk before a request for the provider's keys can fail, or hang.
func TestRule24_rotatedTokenComesFirst(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.RotateKey()
	var requested int
	req := tokens.RefreshRequest()
	req.Rotated = func(secret.Secret) { requested = len(issuer.Requests(oidctest.KeysPath)) }
	before := len(issuer.Requests(oidctest.KeysPath))
	got, err := client.Refresh(t.Context(), req)
	if err != nil || got.RefreshToken.Equal(tokens.RefreshToken) || requested != before {
		t.Fatalf("%v; %d requests for keys before the token was told", err, requested-before)
	}
}

// The error carries the time of Retry-After.
func TestRule25_retryAfter(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	for header, want := range map[string][2]time.Duration{
		"120":    {120 * time.Second, 120 * time.Second},
		"-5":     {},
		"soon":   {},
		"":       {},
		"999999": {24 * time.Hour, 24 * time.Hour},
		time.Now().Add(time.Minute).UTC().Format(http.TimeFormat): {30 * time.Second, time.Minute},
	} {
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Intercept = func(w http.ResponseWriter, _ *http.Request) bool {
				w.Header().Set("Retry-After", header)
				w.WriteHeader(http.StatusTooManyRequests)
				return true
			}
		})
		_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
		if got := auth.RetryAfter(err); got < want[0] || got > want[1] {
			t.Errorf("%q: %v", header, got)
		}
	}
}

// An error of the network is transient.
func TestRule25_networkErrorIsTransient(t *testing.T) {
	client := newClient(t, auth.Config{Issuer: "http://127.0.0.1:1", ClientID: "c"})
	_, err := client.Refresh(t.Context(), auth.RefreshRequest{RefreshToken: secret.New("r"), Subject: "s"})
	wantErr(t, err, auth.ErrIssuerUnreachable)
	if !auth.IsTransient(err) || len(auth.Reasons(err)) == 0 {
		t.Error(err)
	}
}

// A refresh needs a token and a subject.
func TestRefresh_needsTokenAndSubject(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	_, err := client.Refresh(t.Context(), auth.RefreshRequest{Subject: "s"})
	wantErr(t, err, auth.ErrSignInAgain)
	var wrong *auth.ConfigError
	if _, err = client.Refresh(t.Context(), auth.RefreshRequest{RefreshToken: tokens.RefreshToken}); !errors.As(err, &wrong) {
		t.Error(err)
	}
	if n := len(issuer.Requests(oidctest.TokenPath)); n != 1 {
		t.Errorf("%d token requests", n)
	}
}

func TestRevoke_requests(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	if err := client.Revoke(t.Context(), secret.Secret{}); err != nil || len(issuer.Requests(oidctest.RevokePath)) != 0 {
		t.Fatalf("nothing to revoke: %v", err)
	}
	if err := client.Revoke(t.Context(), tokens.RefreshToken); err != nil {
		t.Fatal(err)
	}
	form := issuer.Requests(oidctest.RevokePath)[0].Form
	if form.Get("token") != tokens.RefreshToken.Reveal() || form.Get("token_type_hint") != "refresh_token" || form.Get("client_id") != oidctest.ClientID {
		t.Error("the request lacks something")
	}
	_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	wantErr(t, err, auth.ErrSignInAgain)

	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.RevokePath, 503, "text/plain", "")
	})
	if err := client.Revoke(t.Context(), tokens.RefreshToken); !auth.IsTransient(err) {
		t.Error(err)
	}
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.RevokePath, 400, "application/json", `{"error":"unsupported_token_type"}`)
	})
	wantErr(t, client.Revoke(t.Context(), tokens.RefreshToken), auth.ErrRefusedByProvider)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) { delete(d, "revocation_endpoint") }
	})
	wantErr(t, newClient(t, config(issuer)).Revoke(t.Context(), tokens.RefreshToken), auth.ErrNoRevocation)
}

package auth_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// Providers have many codes and sentences for a refresh token that has ended. Only signing in helps.
func TestRule25_expiredTokenCodes(t *testing.T) {
	for _, body := range []string{
		`{"error":"token_inactive","error_description":"Token is inactive because it is malformed, expired or otherwise invalid."}`,
		`{"error":"invalid_token"}`,
		`{"error":"expired_token"}`,
		`{"error":"access_denied","error_description":"user is blocked"}`,
		`{"error":"mfa_required"}`,
		`{"error":"consent_required","error_description":"AADSTS65001: The user or administrator has not consented"}`,
		`{"error":"invalid_request","error_description":"The refresh token is invalid.","hint":"Token has been revoked"}`,
		`{"error":"invalid_request","error_description":"Errors.User.RefreshToken.Invalid"}`,
		`{"error":"invalid_request","error_description":"Session not active"}`,
		`{"error":"unauthorized_client","error_description":"refresh_token is invalid"}`,
		`{"error":"unauthorized_client","error_description":"Unknown or invalid refresh token."}`,
		`{"errorCode":"invalid_grant","errorSummary":"The refresh token is invalid or expired."}`,
		`{"error":{"code":"invalid_grant","message":"expired"}}`,
		`{"error":"not_allowed","error_description":"Offline tokens not allowed for the user or client"}`,
	} {
		for _, status := range []int{400, 401, 403} {
			_, err := refreshAnswered(t, status, "application/json", body)
			if !errors.Is(err, auth.ErrSignInAgain) || auth.IsTransient(err) {
				t.Errorf("%d %s: %v", status, body, err)
			}
		}
	}
}

// Answers without a code say it in other places. What they say ends the session, and nothing else of them does.
func TestRule25_expiredTokenTexts(t *testing.T) {
	for _, c := range []struct {
		status     int
		kind, body string
		ended      bool
		vague      bool
	}{
		{401, "application/json", `{"message":"Refresh token expired"}`, true, false},
		{403, "application/problem+json", `{"title":"Forbidden","detail":"The session has expired."}`, true, false},
		{400, "text/plain", "invalid refresh token", true, false},
		{400, "application/json", `"The refresh token was revoked"`, true, false},
		{401, "text/plain", "", false, true},
		{400, "application/json", "{}", false, true},
		{400, "text/plain", "no", false, true},
		{403, "text/plain", "no", false, false},
		{404, "application/json", "{}", false, false},
		{401, "text/html", "<html>sign in to the hotel: session expired", false, false},
		{503, "application/json", `{"message":"Refresh token expired"}`, false, false},
	} {
		_, err := refreshAnswered(t, c.status, c.kind, c.body)
		if errors.Is(err, auth.ErrSignInAgain) != c.ended || auth.IsVagueDenial(err) != c.vague || auth.IsTransient(err) == c.ended {
			t.Errorf("%d %s: %v (vague %v, transient %v)", c.status, c.body, err, auth.IsVagueDenial(err), auth.IsTransient(err))
		}
	}
}

// Errors that are about something else leave the refresh token alone.
func TestRule25_transientErrorCodes(t *testing.T) {
	for _, body := range []string{
		`{"error":"invalid_client","error_description":"The client of this refresh token is invalid"}`,
		`{"error":"unauthorized_client","error_description":"The client may not use this grant type"}`,
		`{"error":"unsupported_grant_type","error_description":"invalid grant type refresh_token"}`,
		`{"error":"invalid_request","error_description":"The request is missing a required parameter, includes an invalid parameter value, or is otherwise malformed. Check the refresh_token parameter."}`,
		`{"error":"temporarily_unavailable","error_description":"cannot look up the session: expired lease"}`,
		`{"message":"Forbidden"}`,
		`{"error":true}`,
	} {
		_, err := refreshAnswered(t, 400, "application/json", body)
		if err == nil || errors.Is(err, auth.ErrSignInAgain) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// refreshAnswered is a refresh to which the provider gives one answer.
func refreshAnswered(t *testing.T, status int, kind, body string) (auth.Tokens, error) {
	t.Helper()
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Intercept = oidctest.Answer(oidctest.TokenPath, status, kind, body) })
	return client.Refresh(t.Context(), tokens.RefreshRequest())
}

// Errors of a sign-in have a kind.
func TestSignIn_errorKinds(t *testing.T) {
	for _, c := range []struct {
		code, text string
		want       error
	}{
		{"access_denied", "", auth.ErrDeniedByUser},
		{"consent_required", "", auth.ErrConsentRequired},
		{"invalid_request", "AADSTS90094: An administrator of Lab has set a policy", auth.ErrConsentRequired},
		{"login_required", "", auth.ErrInteractionRequired},
		{"interaction_required", "", auth.ErrInteractionRequired},
		{"account_selection_required", "", auth.ErrInteractionRequired},
		{"unauthorized_client", "", auth.ErrClientRefused},
		{"invalid_scope", "", auth.ErrScopeRefused},
		{"invalid_scope", "offline_access is not allowed", auth.ErrOfflineRefused},
		{"not_allowed", "Offline tokens not allowed for the user or client", auth.ErrOfflineRefused},
		{"temporarily_unavailable", "", auth.ErrTemporary},
		{"server_error", "", auth.ErrTemporary},
		{"invalid_request", "Pushed Authorization Request must be used", auth.ErrUnsupported},
		{"invalid_request", "odd", auth.ErrRefusedByProvider},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Deny, b.DenyText = c.code, c.text })
		_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
		if !errors.Is(err, c.want) || !strings.Contains(reasons(err), c.code) {
			t.Errorf("%s %q: %v", c.code, c.text, err)
		}
		if auth.IsTransient(err) != (c.want == auth.ErrTemporary) {
			t.Errorf("%s is transient: %v", c.code, auth.IsTransient(err))
		}
	}
}

// Errors of the exchange of the code have a kind.
func TestCodeExchange_errorKinds(t *testing.T) {
	for _, c := range []struct {
		body string
		want error
	}{
		{`{"error":"not_allowed","error_description":"Offline tokens not allowed for the user or client"}`, auth.ErrOfflineRefused},
		{`{"error":"invalid_dpop_proof"}`, auth.ErrUnsupported},
		{`{"error":"use_dpop_nonce"}`, auth.ErrUnsupported},
		{`{"error":"invalid_grant","error_description":"DPoP proof JWT not provided"}`, auth.ErrUnsupported},
		{`{"error":"invalid_client"}`, auth.ErrClientRefused},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Intercept = oidctest.Answer(oidctest.TokenPath, 400, "application/json", c.body)
		})
		if _, _, err := signIn(t, newClient(t, config(issuer)), issuer); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.body, err)
		}
	}
}

// A scope that is refused is named.
func TestScope_refusedIsNamed(t *testing.T) {
	for _, c := range []struct {
		text      string
		supported []string
		want      string
	}{
		{"Invalid scopes: openid groups", nil, "groups"},
		{`The scope "groups" is unknown.`, nil, "groups"},
		{"one or more scopes are not configured", []string{"openid", "email", "profile"}, "groups"},
		{"no", nil, "email groups profile"},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Deny, b.DenyText = "invalid_scope", c.text
			b.Metadata = func(d map[string]any) { d["scopes_supported"] = c.supported }
		})
		cfg := config(issuer)
		cfg.Scopes, cfg.Offline = []string{"profile", "email", "groups"}, false
		_, _, err := signIn(t, newClient(t, cfg), issuer)
		var refused *auth.ProviderError
		if !errors.As(err, &refused) {
			t.Fatal(err)
		}
		slices.Sort(refused.Scopes)
		if got := strings.Join(refused.Scopes, " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// A revocation that is refused is reported as such.
func TestRevoke_refused(t *testing.T) {
	issuer, client, _ := signedIn(t)
	for _, c := range []struct {
		status     int
		kind, body string
		want       string // empty for success
	}{
		{200, "text/plain", "", ""},
		{204, "", "", ""},
		{200, "text/html", "<html>ok", ""},
		{401, "text/plain", "", "refused (Host=127.0.0.1:PORT, Status=401)"},
		{401, "application/json", "{}", "refused (Host=127.0.0.1:PORT, Status=401)"},
		{403, "text/html", "<html>no", "refused-web-page (Host=127.0.0.1:PORT, Status=403)"},
		{404, "text/plain", "no such page", "refused (Host=127.0.0.1:PORT, Status=404)"},
		{403, "application/json", `{"message":"Missing Authentication Token"}`, "refused-message (Host=127.0.0.1:PORT, Message=Missing Authentication Token, Status=403)"},
	} {
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Intercept = oidctest.Answer(oidctest.RevokePath, c.status, c.kind, c.body)
		})
		err := client.Revoke(t.Context(), secret.New("r"))
		host, _ := url.Parse(issuer.URL)
		if want := strings.ReplaceAll(c.want, "127.0.0.1:PORT", host.Host); (err == nil) != (want == "") || reasons(err) != want {
			t.Errorf("%d %q: %v", c.status, c.body, err)
		}
	}
}

// confidential is a client with a secret whose form encoding is another text.
func confidential(t *testing.T, behave func(*oidctest.Behavior)) (*oidctest.Issuer, *auth.Client) {
	t.Helper()
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.ClientSecret = secret.New("a+b/c=")
		behave(b)
	})
	cfg := config(issuer)
	cfg.ClientSecret = secret.New("a+b/c=")
	return issuer, newClient(t, cfg)
}

func methodsUsed(requests []oidctest.Request) string {
	var used []string
	for _, r := range requests {
		switch {
		case r.Authorization != "" && r.Form.Has("client_secret"):
			used = append(used, "both")
		case r.Authorization != "":
			used = append(used, "basic")
		default:
			used = append(used, "post")
		}
	}
	return strings.Join(used, " ")
}

// A client secret that HTTP Basic does not carry is sent in the body.
func TestClientAuth_fallsBackToPost(t *testing.T) {
	for name, behave := range map[string]func(*oidctest.Behavior){
		"Basic is compared as it is": func(b *oidctest.Behavior) { b.BasicAsIs = true },
		"Basic is not known":         func(b *oidctest.Behavior) { b.OnlyMethod = "client_secret_post" },
		"refused with 400":           refuseBasic(400, `{"error":"invalid_client"}`),
		"refused with nothing":       refuseBasic(401, ""),
		"refused with a web page":    refuseBasic(401, "<html>401"),
		"refused by Keycloak":        refuseBasic(401, `{"error":"unauthorized_client","error_description":"Invalid client credentials"}`),
	} {
		issuer, client := confidential(t, behave)
		tokens := mustSignIn(t, client, issuer)
		if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := client.Revoke(t.Context(), tokens.RefreshToken); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := methodsUsed(issuer.Requests(oidctest.TokenPath)); got != "basic post post" {
			t.Errorf("%s: tokens were asked for by %s", name, got)
		}
		if got := methodsUsed(issuer.Requests(oidctest.RevokePath)); got != "post" {
			t.Errorf("%s: revoked by %s", name, got)
		}
	}
}

func refuseBasic(status int, body string) func(*oidctest.Behavior) {
	return func(b *oidctest.Behavior) {
		b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
			if r.Header.Get("Authorization") == "" {
				return false
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
			return true
		}
	}
}

// A client secret that is refused in the body is sent with HTTP Basic.
func TestClientAuth_fallsBackToBasic(t *testing.T) {
	issuer, client := confidential(t, func(b *oidctest.Behavior) {
		b.OnlyMethod = "client_secret_basic"
		b.Metadata = func(d map[string]any) { d["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"} }
	})
	mustSignIn(t, client, issuer)
	if got := methodsUsed(issuer.Requests(oidctest.TokenPath)); got != "post basic" {
		t.Error(got)
	}
}

// A wrong secret is tried in both ways, and refused.
func TestClientAuth_wrongSecret(t *testing.T) {
	issuer, client := confidential(t, func(b *oidctest.Behavior) { b.ClientSecret = secret.New("another") })
	_, _, err := signIn(t, client, issuer)
	wantErr(t, err, auth.ErrClientRefused)
	if got := methodsUsed(issuer.Requests(oidctest.TokenPath)); got != "basic post" {
		t.Error(got)
	}
}

// An error about what was asked is no reason to send the secret again.
func TestClientAuth_otherErrorsAreFinal(t *testing.T) {
	for _, body := range []string{`{"error":"invalid_grant"}`, `{"error":"invalid_scope"}`, `{"error":"access_denied"}`} {
		issuer, client := confidential(t, func(b *oidctest.Behavior) {
			b.Intercept = oidctest.Answer(oidctest.TokenPath, 401, "application/json", body)
		})
		if _, _, err := signIn(t, client, issuer); err == nil || len(issuer.Requests(oidctest.TokenPath)) != 1 {
			t.Errorf("%s: %v after %d requests", body, err, len(issuer.Requests(oidctest.TokenPath)))
		}
	}
}

// A refresh requests the scopes that were granted.
func TestRefresh_requestsGrantedScopes(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Granted = "openid email" })
	cfg := config(issuer)
	cfg.Scopes = []string{"email", "groups"}
	client := newClient(t, cfg)
	tokens := mustSignIn(t, client, issuer)
	for range 2 {
		var err error
		if tokens, err = client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
			t.Fatal(err)
		}
	}
	if got := scopesAsked(issuer); got != "openid email|openid email" || tokens.Scope != "openid email" {
		t.Errorf("asked for %q, granted %q", got, tokens.Scope)
	}
}

// scopesAsked are the scopes of the refreshes so far.
func scopesAsked(issuer *oidctest.Issuer) string {
	var requested []string
	for _, r := range issuer.Requests(oidctest.TokenPath) {
		if r.Form.Get("grant_type") == "refresh_token" {
			requested = append(requested, r.Form.Get("scope"))
		}
	}
	return strings.Join(requested, "|")
}

// RFC 6749 section 6: without a scope, a refresh is for those that were granted.
func TestRefresh_retriesWithoutScopes(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.RefuseScopes = true })
	for range 2 {
		var err error
		if tokens, err = client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
			t.Fatal(err)
		}
	}
	if got := scopesAsked(issuer); got != "openid profile email offline_access||" {
		t.Errorf("asked for %q", got)
	}
}

// A refresh that is refused without scopes too is not repeated.
func TestRefresh_withoutScopesOnce(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, 400, "application/json", `{"error":"invalid_scope","error_description":"no scope email here"}`)
	})
	_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
	var refused *auth.ProviderError
	if !errors.Is(err, auth.ErrScopeRefused) || !errors.As(err, &refused) || !slices.Equal(refused.Scopes, []string{"email"}) {
		t.Errorf("%v", err)
	}
	if n := len(issuer.Requests(oidctest.TokenPath)); n != 3 {
		t.Errorf("%d token requests, want the sign-in's and two", n)
	}
}

// What a provider answers without naming openid still has to bring an ID token.
func TestRefresh_alwaysNamesOpenID(t *testing.T) {
	issuer, client, tokens := signedIn(t)
	tokens.Scope = "api://lake/read"
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
		t.Fatal(err)
	}
	if got := scopesAsked(issuer); got != "openid api://lake/read" {
		t.Error(got)
	}
}

package auth_test

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

func TestSignIn_returnsVerifiedTokens(t *testing.T) {
	issuer := oidctest.Start(t)
	tokens, page, err := signIn(t, newClient(t, config(issuer)), issuer)
	if err != nil {
		t.Fatal(err)
	}
	if page.Status != 200 || !strings.Contains(page.Body, "You are signed in") {
		t.Errorf("page %d: %s", page.Status, page.Body)
	}
	want := auth.Identity{Issuer: issuer.URL, Subject: oidctest.Subject, Email: "ada@example.com", Username: "ada", Name: "Ada Lovelace"}
	if tokens.Identity != want {
		t.Errorf("identity %+v", tokens.Identity)
	}
	for name, missing := range map[string]bool{
		"ID token": tokens.IDToken.IsZero(), "access token": tokens.AccessToken.IsZero(), "refresh token": tokens.RefreshToken.IsZero(),
		"web identity": !tokens.WebIdentity.Equal(tokens.IDToken) || tokens.WebIdentityFrom != auth.FromIDToken,
		"expiry":       tokens.WebIdentityExpiry.IsZero(),
	} {
		if missing {
			t.Errorf("%s is missing or wrong", name)
		}
	}
}

// Only the code flow is used.
func TestRule5_onlyCodeFlow(t *testing.T) {
	issuer := oidctest.Start(t)
	mustSignIn(t, newClient(t, config(issuer)), issuer)
	q := issuer.Requests(oidctest.AuthorizePath)[0].Query
	if got := q["response_type"]; !slices.Equal(got, []string{"code"}) || q.Has("response_mode") {
		t.Errorf("asked for %v", got)
	}
	form := issuer.Requests(oidctest.TokenPath)[0].Form
	if form.Get("grant_type") != "authorization_code" || form.Has("username") || form.Has("password") {
		t.Errorf("grant %v", form.Get("grant_type"))
	}
}

// Protected parameters cannot be replaced.
func TestRule5_protectedParameters(t *testing.T) {
	for _, name := range []string{
		"client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce",
		"code_challenge", "code_challenge_method", "request", "request_uri", "STATE", " state",
	} {
		cfg := auth.Config{Issuer: "https://login.example", ClientID: "c", ExtraParams: map[string]string{name: "x"}}
		if _, err := auth.New(cfg); err == nil || !strings.Contains(err.Error(), "cannot be changed") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// A client secret is sent to the token endpoint alone, and together with PKCE.
func TestRule6_clientSecretOnlyToTokenEndpoint(t *testing.T) {
	const clientSecret = "s3cret&with=odd%chars"
	for method, inBasic := range map[string]bool{"client_secret_basic": true, "client_secret_post": false, "": true} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.ClientSecret = secret.New(clientSecret)
			b.Metadata = func(d map[string]any) {
				d["token_endpoint_auth_methods_supported"] = []string{method}
				if method == "" {
					delete(d, "token_endpoint_auth_methods_supported")
				}
			}
		})
		cfg := config(issuer)
		cfg.ClientSecret = secret.New(clientSecret)
		mustSignIn(t, newClient(t, cfg), issuer)
		request := issuer.Requests(oidctest.TokenPath)[0]
		if (request.Authorization != "") != inBasic || request.Form.Has("client_secret") == inBasic {
			t.Errorf("%q: sent in the wrong place", method)
		}
		if request.Form.Get("code_verifier") == "" {
			t.Errorf("%q: no PKCE beside the client secret", method)
		}
		for _, values := range issuer.Requests(oidctest.AuthorizePath)[0].Query {
			if strings.Contains(values[0], clientSecret) {
				t.Errorf("%q: the client secret is in the link", method)
			}
		}
	}
}

// A public client sends its ID in the body.
func TestRule6_publicClientID(t *testing.T) {
	issuer := oidctest.Start(t)
	mustSignIn(t, newClient(t, config(issuer)), issuer)
	request := issuer.Requests(oidctest.TokenPath)[0]
	if request.Form.Get("client_id") != oidctest.ClientID || request.Authorization != "" || request.Form.Has("client_secret") {
		t.Errorf("form %v, authorization %q", request.Form, request.Authorization)
	}
}

// PKCE is always used, with S256.
func TestRule8_pkceWithS256(t *testing.T) {
	for name, methods := range map[string]any{"listed": []string{"plain", "S256"}, "not listed": nil, "empty": []string{}} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Metadata = func(d map[string]any) { d["code_challenge_methods_supported"] = methods }
		})
		mustSignIn(t, newClient(t, config(issuer)), issuer)
		q := issuer.Requests(oidctest.AuthorizePath)[0].Query
		verifier := issuer.Requests(oidctest.TokenPath)[0].Form.Get("code_verifier")
		sum := sha256.Sum256([]byte(verifier))
		if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
			t.Errorf("%s: no S256 challenge of the verifier", name)
		}
	}
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) { d["code_challenge_methods_supported"] = []string{"plain"} }
	})
	_, err := newClient(t, config(issuer)).Discover(t.Context())
	wantErr(t, err, auth.ErrDiscovery)
}

// Every attempt has fresh secrets of enough bits.
func TestRule9_freshSecrets(t *testing.T) {
	issuer := oidctest.Start(t)
	client := newClient(t, config(issuer))
	seen := map[string]bool{}
	for range 8 {
		mustSignIn(t, client, issuer)
	}
	for n, authorization := range issuer.Requests(oidctest.AuthorizePath) {
		q := authorization.Query
		for _, value := range []string{q.Get("state"), q.Get("nonce"), issuer.Requests(oidctest.TokenPath)[n].Form.Get("code_verifier")} {
			raw, err := base64.RawURLEncoding.DecodeString(value)
			if err != nil || len(raw) < 32 {
				t.Errorf("%d bytes, %v", len(raw), err)
			}
			if seen[value] {
				t.Error("a value was used twice")
			}
			seen[value] = true
		}
	}
	if len(seen) != 3*8 {
		t.Errorf("%d values", len(seen))
	}
}

// The nonce in the ID token is checked.
func TestRule10_nonceOfIDToken(t *testing.T) {
	for name, change := range map[string]func(map[string]any){
		"another": func(c map[string]any) { c["nonce"] = "another" },
		"none":    func(c map[string]any) { delete(c, "nonce") },
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Claims = func(_ string, c map[string]any) { change(c) } })
		tokens, page, err := signIn(t, newClient(t, config(issuer)), issuer)
		if checkOf(t, err) != auth.CheckNonce || !tokens.IDToken.IsZero() {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(page.Body, "not completed") {
			t.Errorf("%s: the browser was told that all is well", name)
		}
	}
}

// A refresh token is requested only where it is wanted.
func TestRule22_refreshTokenOnlyIfWanted(t *testing.T) {
	for _, c := range []struct {
		name, scope, access string
		change              func(*auth.Config)
	}{
		{"offline", "openid profile email offline_access", "", func(*auth.Config) {}},
		{"not offline", "openid profile email", "", func(c *auth.Config) { c.Offline = false }},
		{"own scopes", "openid groups offline_access", "", func(c *auth.Config) { c.Scopes = []string{"groups", "openid", "groups"} }},
		{"not offline, typed by hand", "openid groups", "", func(c *auth.Config) {
			c.Offline, c.Scopes = false, []string{"openid groups offline_access"}
		}},
		{"Google", "openid profile email", "offline", func(c *auth.Config) {
			c.ExtraParams = map[string]string{"access_type": "offline"}
		}},
		{"Google, not offline", "openid profile email", "", func(c *auth.Config) {
			c.Offline, c.ExtraParams = false, map[string]string{"access_type": "offline"}
		}},
	} {
		issuer := oidctest.Start(t)
		cfg := config(issuer)
		c.change(&cfg)
		mustSignIn(t, newClient(t, cfg), issuer)
		q := issuer.Requests(oidctest.AuthorizePath)[0].Query
		if q.Get("scope") != c.scope || q.Get("access_type") != c.access {
			t.Errorf("%s: scope %q, access_type %q", c.name, q.Get("scope"), q.Get("access_type"))
		}
	}
}

// A refresh token that was not requested is not stored.
func TestRule22_unrequestedRefreshToken(t *testing.T) {
	issuer := oidctest.Start(t)
	cfg := config(issuer)
	cfg.Offline = false
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) {
			d["authorization_endpoint"] = issuer.URL + oidctest.AuthorizePath + "?scope=offline_access"
		}
	})
	tokens := mustSignIn(t, newClient(t, cfg), issuer)
	if !tokens.RefreshToken.IsZero() {
		t.Fatal("a refresh token is kept that nobody wanted")
	}
	issuedOne := slices.ContainsFunc(issuer.Secrets(), func(s string) bool { return strings.HasPrefix(s, "refresh-") })
	if !issuedOne {
		t.Fatal("the provider issued none: the test shows nothing")
	}
}

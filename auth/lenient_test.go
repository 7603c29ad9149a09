package auth_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// What a token says of the user is shown and checked by nobody, so that a strange type of it keeps
// nobody out.
func TestClaims_oddTypes(t *testing.T) {
	in := func(d time.Duration) int64 { return time.Now().Add(d).Unix() }
	for _, c := range []struct {
		name    string
		change  func(map[string]any)
		display string
	}{
		{"an array with the e-mail address", func(c map[string]any) { c["email"] = []any{"ada@lab.example", "a@b"} }, "ada@lab.example"},
		{"an array of something else", func(c map[string]any) { c["email"] = []any{7, "a@b"} }, "ada"},
		{"objects, numbers and booleans", func(c map[string]any) {
			c["email"], c["preferred_username"], c["name"] = map[string]any{"work": "a@b"}, 7, true
		}, oidctest.Subject},
		{"empty arrays and nulls", func(c map[string]any) {
			c["email"], c["preferred_username"], c["name"] = []any{}, nil, []any{"Ada"}
		}, "Ada"},
		{"claims nobody reads", func(c map[string]any) {
			c["at_hash"], c["_claim_names"], c["auth_time"], c["amr"] = 7, []any{}, "then", map[string]any{}
		}, "ada@example.com"},
		{"azp as an array", func(c map[string]any) { c["azp"] = []any{oidctest.ClientID} }, "ada@example.com"},
		{"azp as an empty array", func(c map[string]any) { c["azp"] = []any{} }, "ada@example.com"},
		{"names in capitals", func(c map[string]any) { c["SUB"], c["Email"], c["EXP"] = "eve", "eve@evil.example", 1 }, "ada@example.com"},
		{"dates with fractions", func(c map[string]any) { c["iat"], c["nbf"] = float64(in(0))+0.5, 0 }, "ada@example.com"},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Claims = func(_ string, claims map[string]any) { c.change(claims) } })
		tokens, _, err := signIn(t, newClient(t, config(issuer)), issuer)
		if err != nil || tokens.Identity.Display() != c.display || tokens.Identity.Subject != oidctest.Subject {
			t.Errorf("%s: %q (%+v), %v", c.name, tokens.Identity.Display(), tokens.Identity, err)
		}
	}
}

// Dates that are written as text are read.
func TestClaims_textDates(t *testing.T) {
	issuer := oidctest.Start(t)
	end := time.Now().Add(30 * time.Minute).Truncate(time.Second)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Claims = func(_ string, c map[string]any) {
			c["exp"], c["iat"], c["nbf"] = strconv.FormatInt(end.Unix(), 10), "1767225600", "1767225600.5"
		}
	})
	tokens := mustSignIn(t, newClient(t, config(issuer)), issuer)
	if !tokens.WebIdentityExpiry.Equal(end) {
		t.Errorf("expires %v, want %v", tokens.WebIdentityExpiry, end)
	}
}

// What the checks depend on is typed strictly, and the error names the claim.
func TestRule19_checkedClaimsAreTyped(t *testing.T) {
	for _, c := range []struct {
		claim string
		value any
		want  auth.Check
	}{
		{"iss", []any{"x"}, auth.CheckIssuer},
		{"sub", 7, auth.CheckSubject},
		{"sub", []any{oidctest.Subject}, auth.CheckSubject},
		{"aud", map[string]any{oidctest.ClientID: true}, auth.CheckAudience},
		{"aud", []any{7, true}, auth.CheckAudience},
		{"azp", 7, auth.CheckAuthorized},
		{"azp", map[string]any{}, auth.CheckAuthorized},
		{"azp", []any{"other"}, auth.CheckAuthorized},
		{"nonce", []any{"n"}, auth.CheckNonce},
		{"exp", true, auth.CheckFormat},
		{"exp", "Infinity", auth.CheckFormat},
		{"iat", map[string]any{}, auth.CheckFormat},
		{"nbf", "soon", auth.CheckFormat},
		{"nbf", -1, auth.CheckFormat},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Claims = func(_ string, claims map[string]any) { claims[c.claim] = c.value }
		})
		_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
		if err == nil || checkOf(t, err) != c.want {
			t.Errorf("%s = %v: %v", c.claim, c.value, err)
		} else if c.want == auth.CheckFormat && !strings.Contains(reasons(err), c.claim) {
			t.Errorf("%s is not named: %v", c.claim, err)
		}
	}
}

// An issuer and the same with a slash at its end have one discovery URL, and so are one.
func TestIssuer_trailingSlash(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Claims = func(_ string, c map[string]any) { c["iss"] = issuer.URL + "/" }
		b.Callback = func(q url.Values) { q.Set("iss", issuer.URL+"/") }
	})
	tokens := mustSignIn(t, newClient(t, config(issuer)), issuer)
	if tokens.Identity.Issuer != issuer.URL {
		t.Errorf("issuer %q", tokens.Identity.Issuer)
	}
}

// Metadata that are not needed may be wrong.
func TestMetadata_unusedFieldsMayBeWrong(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) {
			for name, value := range map[string]any{
				"scopes_supported": map[string]any{}, "code_challenge_methods_supported": "S256", "token_endpoint_auth_methods_supported": 7,
				"userinfo_endpoint": []any{"x"}, "end_session_endpoint": "/logout", "device_authorization_endpoint": false, "revocation_endpoint": 7,
				"response_types_supported": nil, "claims_supported": "all", "authorization_response_iss_parameter_supported": "true",
				"ISSUER": "https://evil.example", "Token_Endpoint": "https://evil.example/token",
			} {
				d[name] = value
			}
		}
	})
	client := newClient(t, config(issuer))
	mustSignIn(t, client, issuer)
	p, err := client.Discover(t.Context())
	if err != nil || !p.ResponseIssuer || p.EndSessionEndpoint != "" || p.TokenEndpoint != issuer.URL+oidctest.TokenPath {
		t.Errorf("%+v, %v", p, err)
	}
	wantErr(t, client.Revoke(t.Context(), secret.New("r")), auth.ErrNoRevocation)
}

// Token responses of odd forms are accepted where their meaning is clear.
func TestTokenResponse_oddForms(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Answer = func(_ string, answer map[string]any) {
			answer["expires_in"], answer["token_type"], answer["scope"] = "3600", []any{"Bearer"}, []any{"openid", "email offline_access"}
			answer["error"], answer["refresh_expires_in"] = nil, map[string]any{}
		}
	})
	client := newClient(t, config(issuer))
	tokens := mustSignIn(t, client, issuer)
	if tokens.Scope != "openid email offline_access" {
		t.Errorf("scope %q", tokens.Scope)
	}
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
		t.Error(err)
	}
}

// A byte order mark is how some servers begin their files.
func TestDiscovery_byteOrderMark(t *testing.T) {
	issuer := oidctest.Start(t)
	plain := issuer.Browser().Visit(issuer.URL + oidctest.DiscoveryPath).Body
	keys := issuer.Browser().Visit(issuer.URL + oidctest.KeysPath).Body
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
			return oidctest.Answer(oidctest.DiscoveryPath, 200, "application/json", "\ufeff"+plain)(w, r) ||
				oidctest.Answer(oidctest.KeysPath, 200, "text/plain", "\ufeff"+keys)(w, r)
		}
	})
	mustSignIn(t, newClient(t, config(issuer)), issuer)
}

// A key is usable when what makes it a key is right, whatever else is in it.
func TestKeySet_unusedMembers(t *testing.T) {
	padded := func(s string) string {
		b, _ := base64.RawURLEncoding.DecodeString(s)
		return base64.StdEncoding.EncodeToString(b)
	}
	for name, change := range map[string]func(key map[string]any){
		"an empty certificate":    func(key map[string]any) { key["x5c"] = []any{""} },
		"no certificate":          func(key map[string]any) { key["x5c"], key["x5t"], key["x5u"] = "none", 7, []any{} },
		"no key ID":               func(key map[string]any) { delete(key, "kid") },
		"a number as key ID":      func(key map[string]any) { key["kid"] = 7 },
		"strange use and alg":     func(key map[string]any) { key["use"], key["alg"], key["key_ops"] = []any{"sig"}, 7, "verify" },
		"padding, other alphabet": func(key map[string]any) { padAll(key, padded) },
		"leading zeros":           func(key map[string]any) { zeroAll(key) },
	} {
		issuer := oidctest.Start(t)
		for _, rotate := range []bool{false, true} { // an RSA key, and one on a curve
			if rotate {
				issuer.RotateKey()
			}
			issuer.Behave(func(b *oidctest.Behavior) { b.Keys = func(d map[string]any) { changeKeys(t, d, change) } })
			if _, _, err := signIn(t, newClient(t, config(issuer)), issuer); err != nil {
				t.Errorf("%s (rotated %v): %v", name, rotate, err)
			}
		}
	}
}

func changeKeys(t *testing.T, document map[string]any, change func(map[string]any)) {
	text, err := json.Marshal(document["keys"])
	var keys []map[string]any
	if err != nil || json.Unmarshal(text, &keys) != nil {
		t.Error("the keys cannot be changed")
	}
	for _, key := range keys {
		change(key)
	}
	document["keys"] = append([]map[string]any{nil, {"kty": []any{}}}, keys...)
}

func padAll(key map[string]any, padded func(string) string) {
	for _, name := range []string{"n", "e", "x", "y"} {
		if s, ok := key[name].(string); ok {
			key[name] = padded(s)
		}
	}
}

func zeroAll(key map[string]any) {
	padAll(key, func(s string) string {
		b, _ := base64.RawURLEncoding.DecodeString(s)
		return base64.RawURLEncoding.EncodeToString(append([]byte{0}, b...))
	})
}

// A set of keys in which none is usable is told as that.
func TestKeySet_noUsableKey(t *testing.T) {
	for _, keys := range []any{nil, "x", []any{}, []any{map[string]any{"kty": "RSA", "n": "!", "e": "AQAB"}}, map[string]any{}} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Keys = func(d map[string]any) { d["keys"] = keys } })
		_, err := newClient(t, config(issuer)).Discover(t.Context())
		var wrong *auth.DiscoveryError
		if !errors.As(err, &wrong) || wrong.Check != "jwks_uri" {
			t.Errorf("%v: %v", keys, err)
		}
	}
}

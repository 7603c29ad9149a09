package auth_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// A sign-in, refreshes, and every failure there is: nothing that can be printed of it, at whatever
// level, holds a secret.
func TestRule21_nothingPrintedHoldsASecret(t *testing.T) {
	const clientSecret = "a-client-secret"
	issuer := oidctest.Start(t)
	var out bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	show := func(values ...any) {
		for _, v := range values {
			fmt.Fprintf(&out, "%v %+v %#v %s %q %x\n", v, v, v, v, v, v)
			for err, ok := v.(error); ok && err != nil; err = errors.Unwrap(err) {
				fmt.Fprintf(&out, "%v %+v %#v %s\n", err, err, err, reasons(err))
			}
			logger.Debug("value", "value", v)
			if err := json.NewEncoder(&out).Encode(v); err != nil {
				t.Fatal(err)
			}
		}
	}
	issuer.Behave(func(b *oidctest.Behavior) { b.ClientSecret = secret.New(clientSecret) })
	cfg := config(issuer)
	cfg.ClientSecret = secret.New(clientSecret)
	cfg.ExtraParams = map[string]string{"prompt": "login"}
	client := newClient(t, cfg)
	tokens := mustSignIn(t, client, issuer)
	show(cfg, tokens, tokens.RefreshRequest())

	for _, change := range misbehaviours(issuer) {
		issuer.Behave(func(b *oidctest.Behavior) {
			*b = oidctest.Behavior{ClientSecret: secret.New(clientSecret)}
			change(b)
		})
		got, page, err := signIn(t, client, issuer)
		show(got, page.Body, err)
		got, err = client.Refresh(t.Context(), tokens.RefreshRequest())
		show(got, err, client.Revoke(t.Context(), tokens.RefreshToken))
	}
	printed := out.String()
	for _, s := range append(issuer.Secrets(), clientSecret) {
		if strings.Contains(printed, s) || strings.Contains(printed, fmt.Sprintf("%x", s)) {
			t.Errorf("%.12s... was printed", s)
		}
	}
	for _, request := range issuer.Requests(oidctest.TokenPath) {
		if v := request.Form.Get("code_verifier"); v != "" && strings.Contains(printed, v) {
			t.Error("a code verifier was printed")
		}
	}
}

// misbehaviours are ways to fail that quote what was sent wherever a provider can.
func misbehaviours(issuer *oidctest.Issuer) []func(*oidctest.Behavior) {
	echo := func(status int, format string) func(*oidctest.Behavior) {
		return func(b *oidctest.Behavior) {
			b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodPost {
					return false
				}
				quoted := r.PostForm.Encode() + r.Header.Get("Authorization")
				for _, values := range r.PostForm {
					quoted += " " + values[0]
				}
				w.WriteHeader(status)
				fmt.Fprintf(w, format, quoted)
				return true
			}
		}
	}
	all := []func(*oidctest.Behavior){
		func(*oidctest.Behavior) {},
		echo(400, `{"error":"invalid_grant","error_description":%q}`),
		echo(400, `{"error":%q}`), echo(400, `%s`), echo(200, `%s`), echo(500, `%s`), echo(429, `%s`),
		echo(200, `<html>%s`), echo(200, `{"id_token":%q}`), echo(302, `%s`),
		func(b *oidctest.Behavior) { b.NoIDToken = true },
	}
	for _, algorithm := range []string{"none", "HS256", "RS256"} {
		all = append(all, func(b *oidctest.Behavior) { b.Algorithm = algorithm })
	}
	for _, claim := range []string{"iss", "aud", "azp", "exp", "iat", "sub", "nonce"} {
		all = append(all, func(b *oidctest.Behavior) {
			b.Claims = func(_ string, c map[string]any) {
				c[claim] = 5
				if claim == "aud" || claim == "iss" || claim == "azp" {
					c[claim] = "other"
				}
			}
		})
	}
	return append(all, func(b *oidctest.Behavior) { b.Intercept = oidctest.Answer(oidctest.KeysPath, 503, "", "") },
		func(b *oidctest.Behavior) {
			b.Metadata = func(d map[string]any) { d["revocation_endpoint"] = issuer.URL + "/none" }
		})
}

package auth_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

func TestCheckClient_answers(t *testing.T) {
	redirect := func(location string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusFound)
		}
	}
	page := func(status int, text string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			_, _ = w.Write([]byte("<html><body>" + text + "</body></html>"))
		}
	}
	back := func(query string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			redirect(r.URL.Query().Get("redirect_uri")+"?"+query)(w, r)
		}
	}
	// then is a first page that leads on to a second one, as Dex's does.
	then := func(second http.HandlerFunc) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == oidctest.AuthorizePath {
				redirect("/pages/second?"+r.URL.RawQuery)(w, r)
				return
			}
			second(w, r)
		}
	}
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request)
		want   auth.ClientStatus
	}{
		"sign-in required":     {back("error=login_required&state=s"), auth.ClientAccepted},
		"scope refused":        {back("error=invalid_scope"), auth.ClientAccepted},
		"client not allowed":   {back("error=unauthorized_client"), auth.ClientUnknown},
		"on to a sign-in page": {then(page(200, "Log in to your account")), auth.ClientNotRefused},
		"on and on":            {then(redirect("/pages/second")), auth.ClientNotRefused},
		"on and no cookie":     {then(page(400, "Cookies are required")), auth.ClientNotRefused},
		"on and back":          {then(back("error=login_required")), auth.ClientAccepted},
		"on and unavailable":   {then(page(503, "")), auth.ClientNotRefused},
		"Dex, second page":     {then(page(400, `Invalid client_id ("nobody").`)), auth.ClientUnknown},
		"to another site":      {redirect("https://login.invalid/?client_id=nobody"), auth.ClientNotRefused},
		"a sign-in page":       {page(200, "Sign in with your client certificate"), auth.ClientNotRefused},
		"Dex, client":          {page(400, `Invalid client_id ("nobody").`), auth.ClientUnknown},
		"Dex, redirect":        {page(400, `Unregistered redirect_uri ("http://127.0.0.1:1/callback").`), auth.RedirectUnknown},
		"Keycloak, client":     {page(400, "<p>Client not found.</p>"), auth.ClientUnknown},
		"Keycloak, redirect":   {page(400, "<p>Invalid parameter: redirect_uri</p>"), auth.RedirectUnknown},
		"Okta, redirect":       {page(400, "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings"), auth.RedirectUnknown},
		"Auth0, redirect":      {page(403, "Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs."), auth.RedirectUnknown},
		"Hydra, client":        {redirect("/oauth2/fallbacks/error?error=invalid_client&error_description=The+requested+OAuth+2.0+Client+does+not+exist."), auth.ClientUnknown},
		"Google, redirect":     {redirect("/signin/oauth/error?authError=" + base64.RawURLEncoding.EncodeToString([]byte("\x0a\x15redirect_uri_mismatch"))), auth.RedirectUnknown},
		"Entra, client":        {page(200, "AADSTS700016: Application with identifier was not found"), auth.ClientUnknown},
		"Entra, redirect":      {page(200, "AADSTS50011: The redirect URI specified in the request does not match"), auth.RedirectUnknown},
		"without words":        {page(400, "Something went wrong"), auth.RequestRefused},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path != oidctest.AuthorizePath && !strings.HasPrefix(r.URL.Path, "/pages/") {
					return false
				}
				c.answer(w, r)
				return true
			}
		})
		if got, err := newClient(t, config(issuer)).CheckClient(t.Context()); err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
}

// The request is a real one but that it shows the user nothing, and goes no further.
func TestCheckClient_request(t *testing.T) {
	issuer := oidctest.Start(t)
	cfg := config(issuer)
	cfg.ClientSecret = secret.New("public-but-not-for-this")
	cfg.RedirectPorts = []int{18250}
	if got, err := newClient(t, cfg).CheckClient(t.Context()); err != nil || got != auth.ClientAccepted {
		t.Fatalf("%q, %v", got, err)
	}
	all := issuer.Requests(oidctest.AuthorizePath)
	if len(all) != 1 || len(issuer.Requests(oidctest.TokenPath)) > 0 {
		t.Fatalf("%+v", all)
	}
	q := all[0].Query
	for name, want := range map[string]string{
		"prompt": "none", "client_id": oidctest.ClientID, "redirect_uri": "http://127.0.0.1:18250/callback", "code_challenge_method": "S256", "client_secret": "",
	} {
		if q.Get(name) != want {
			t.Errorf("%s is %q", name, q.Get(name))
		}
	}
	if all[0].Authorization != "" {
		t.Error("the client secret was sent")
	}
}

func TestCheckClient_pushedRequests(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Pushed, b.PushedOnly = true, true
		b.Metadata = func(m map[string]any) { m["require_pushed_authorization_requests"] = true }
	})
	cfg := config(issuer)
	if got, err := newClient(t, cfg).CheckClient(t.Context()); err != nil || got != auth.ClientAccepted {
		t.Errorf("%q, %v", got, err)
	}
	cfg.ClientSecret = secret.New("kept-to-itself")
	before := len(issuer.Requests(oidctest.PushPath))
	if got, err := newClient(t, cfg).CheckClient(t.Context()); err != nil || got != auth.ClientUnchecked {
		t.Errorf("with a secret: %q, %v", got, err)
	}
	if len(issuer.Requests(oidctest.PushPath)) != before {
		t.Error("the client secret was sent")
	}
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
			return oidctest.Answer(oidctest.PushPath, 401, "application/json", `{"error":"invalid_client"}`)(w, r)
		}
	})
	cfg.ClientSecret = secret.Secret{}
	if got, err := newClient(t, cfg).CheckClient(t.Context()); err != nil || got != auth.ClientUnknown {
		t.Errorf("unknown client: %q, %v", got, err)
	}
}

// Nothing is asked of an endpoint on another site.
func TestRule38_checkOfClientStaysOnSite(t *testing.T) {
	issuer, other := oidctest.Start(t), oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(m map[string]any) { m["authorization_endpoint"] = other.URL + oidctest.AuthorizePath }
	})
	if got, err := newClient(t, config(issuer)).CheckClient(t.Context()); !errors.Is(err, auth.ErrOtherSite) {
		t.Errorf("%q, %v", got, err)
	}
	if len(other.Requests(oidctest.AuthorizePath)) > 0 {
		t.Error("the other site was asked")
	}
}

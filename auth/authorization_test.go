package auth_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// A pushed request goes to the provider before the browser opens, and the link says nothing but where it is.
func TestSignIn_pushedRequest(t *testing.T) {
	for _, only := range []bool{false, true} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Pushed, b.PushedOnly = true, only })
		cfg := config(issuer)
		cfg.ExtraParams = map[string]string{"login_hint": "ada@example.com"}
		shown, browser := "", issuer.Browser()
		_, err := newClient(t, cfg).SignIn(t.Context(), auth.SignInRequest{OpenBrowser: browser.Open, OnLink: func(link string) { shown = link }})
		browser.Page(t)
		if err != nil || strings.Contains(shown, "request_uri") != only {
			t.Errorf("to copy: %s, %v", shown, err)
		}
		pushed, opened := issuer.Requests(oidctest.PushPath), issuer.Requests(oidctest.AuthorizePath)
		if len(pushed) != 1 || pushed[0].Form.Get("login_hint") != "ada@example.com" || pushed[0].Form.Get("code_challenge_method") != "S256" {
			t.Fatalf("pushed %+v", pushed)
		}
		if q := opened[0].Query; len(q) != 2 || q.Get("client_id") != oidctest.ClientID || !strings.HasPrefix(q.Get("request_uri"), "urn:") {
			t.Errorf("the link holds %v", q)
		}
	}
}

// A client that has a secret shows it when it pushes.
func TestSignIn_pushedRequestIsAuthenticated(t *testing.T) {
	issuer, client := confidential(t, func(b *oidctest.Behavior) { b.Pushed, b.PushedOnly, b.BasicAsIs = true, true, true })
	mustSignIn(t, client, issuer)
	if got := methodsUsed(issuer.Requests(oidctest.PushPath)); got != "basic post" {
		t.Errorf("authenticated by %s", got)
	}
}

// A provider that offers pushed requests and takes none gets the request by the browser, as it is.
func TestSignIn_offeredPushFails(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter, *http.Request) bool{
		"an outage":          oidctest.Answer(oidctest.PushPath, 503, "text/html", "<html>down"),
		"no such page":       oidctest.Answer(oidctest.PushPath, 404, "text/plain", ""),
		"the client may not": oidctest.Answer(oidctest.PushPath, 401, "application/json", `{"error":"invalid_client"}`),
		"nothing to open":    oidctest.Answer(oidctest.PushPath, 201, "application/json", `{"request_uri":7}`),
		"no JSON":            oidctest.Answer(oidctest.PushPath, 201, "application/json", `ok`),
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) { b.Pushed, b.Intercept = true, answer })
		if _, _, err := signIn(t, newClient(t, config(issuer)), issuer); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		issuer.Behave(func(b *oidctest.Behavior) { b.PushedOnly = true })
		_, err := newClient(t, config(issuer)).SignIn(t.Context(), auth.SignInRequest{
			OnLink: func(string) { t.Errorf("%s: a link though only pushed requests are taken", name) },
		})
		if err == nil {
			t.Errorf("%s: signed in though only pushed requests are taken", name)
		}
	}
}

// What the provider refuses of a pushed request is reported before the browser opens.
func TestSignIn_pushedRequestRefused(t *testing.T) {
	for body, want := range map[string]error{
		`{"error":"invalid_scope","error_description":"groups"}`:                                             auth.ErrScopeRefused,
		`{"error":"invalid_request","error_description":"redirect_uri did not match any of the registered"}`: auth.ErrRefusedByProvider,
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Pushed, b.Intercept = true, oidctest.Answer(oidctest.PushPath, 400, "application/json", body)
		})
		_, err := newClient(t, config(issuer)).SignIn(t.Context(), auth.SignInRequest{
			OnLink: func(string) { t.Errorf("%s: there is a link", body) },
		})
		wantErr(t, err, want)
	}
}

// Where the browser comes back because the request was not pushed, the reason for that is what counts.
func TestSignIn_pushErrorIsTold(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Pushed, b.PushedOnly = true, true
		b.Metadata = func(d map[string]any) { delete(d, "require_pushed_authorization_requests") } // it is the client that must
		b.Intercept = oidctest.Answer(oidctest.PushPath, 400, "application/json", `{"error":"invalid_request","error_description":"max_age is odd"}`)
	})
	_, _, err := signIn(t, newClient(t, config(issuer)), issuer)
	if !errors.Is(err, auth.ErrRefusedByProvider) || !strings.Contains(err.Error(), "max_age is odd") {
		t.Error(err)
	}
}

// Rule 38: what is pushed stays on the issuer's site as well.
func TestRule38_pushedRequestEndpoint(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) { d["pushed_authorization_request_endpoint"] = "https://evil.example/par" }
	})
	_, err := newClient(t, config(issuer)).SignIn(t.Context(), auth.SignInRequest{})
	wantErr(t, err, auth.ErrOtherSite)
}

// A provider whose answers only a web server could take is refused before the browser opens.
func TestMetadata_formPostOnly(t *testing.T) {
	for _, c := range []struct {
		modes any
		want  bool
	}{
		{[]string{"form_post"}, true},
		{[]string{"form_post", "form_post.jwt"}, true},
		{"form_post", true},
		{[]string{"query", "form_post"}, false},
		{[]any{}, false},
		{nil, false},
		{7, false},
	} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Metadata = func(d map[string]any) { d["response_modes_supported"] = c.modes }
		})
		_, _, err := signInUnless(t, newClient(t, config(issuer)), issuer, c.want)
		if !c.want {
			if err != nil {
				t.Errorf("%v: %v", c.modes, err)
			}
			continue
		}
		if got := featureOf(t, err); got != auth.FormPost {
			t.Errorf("%v: %s", c.modes, got)
		}
	}
}

// signInUnless is signIn, or the error of a sign-in that opens no browser.
func signInUnless(t *testing.T, client *auth.Client, issuer *oidctest.Issuer, refused bool) (auth.Tokens, oidctest.Page, error) {
	t.Helper()
	if !refused {
		return signIn(t, client, issuer)
	}
	_, err := client.SignIn(t.Context(), auth.SignInRequest{OnLink: func(string) { t.Error("there is a link") }})
	return auth.Tokens{}, oidctest.Page{}, err
}

// A form that the browser posts with the attempt's state ends the sign-in, with words. Any other does nothing.
func TestCallback_formPost(t *testing.T) {
	issuer := oidctest.Start(t)
	w := startSignIn(t, newClient(t, config(issuer)))
	post := func(state string) int {
		resp, err := http.PostForm(w.redirect(), url.Values{"state": {state}, "code": {"code"}})
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		return resp.StatusCode
	}
	if status := post("wrong"); status != http.StatusMethodNotAllowed {
		t.Errorf("a form with another state: %d", status)
	}
	select {
	case <-w.done:
		t.Fatalf("a form with another state ended the sign-in: %v", w.err)
	default:
	}
	post(w.query().Get("state"))
	<-w.done
	if got := featureOf(t, w.err); got != auth.FormPost {
		t.Error(got)
	}
	if n := len(issuer.Requests(oidctest.TokenPath)); n != 0 {
		t.Error("the code of a form was used")
	}
}

// The link keeps a query that the authorization endpoint has.
func TestLink_endpointWithQuery(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) {
			d["authorization_endpoint"] = issuer.URL + oidctest.AuthorizePath + "?p=policy"
		}
	})
	mustSignIn(t, newClient(t, config(issuer)), issuer)
	if q := issuer.Requests(oidctest.AuthorizePath)[0].Query; q.Get("p") != "policy" || q.Get("state") == "" {
		t.Error(q)
	}
}

// Rule 18, rule 21: no error of a pushed request quotes what was sent.
func TestRule21_pushedRequestIsNotQuoted(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Pushed, b.PushedOnly, b.ClientSecret = true, true, secret.New("client-secret-of-test")
		b.Intercept = oidctest.Answer(oidctest.PushPath, 400, "application/json", `{"error":"invalid_request","error_description":"client-secret-of-test"}`)
	})
	cfg := config(issuer)
	cfg.ClientSecret = secret.New("client-secret-of-test")
	_, err := newClient(t, cfg).SignIn(t.Context(), auth.SignInRequest{})
	if err == nil || strings.Contains(err.Error(), "client-secret-of-test") {
		t.Error(err)
	}
}

package idp

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"daypass/sandbox/faults"
)

// Hydra starts Ory Hydra, with a page for signing in and consenting of our own, as everybody has who runs it.
func Hydra(tb testing.TB, lifetime time.Duration) *Provider {
	tb.Helper()
	at := newPlace(tb)
	adminPort, err := faults.FreePort()
	must(tb, err)
	h := hydraAdmin{tb, "http://127.0.0.1:" + strconv.Itoa(adminPort)}
	pages := httptest.NewServer(h)
	tb.Cleanup(pages.Close)
	cmd := exec.Command(filepath.Join(Bin(tb), "hydra"), "serve", "all", "--dev", "--sqa-opt-out")
	cmd.Env = environment("DSN=memory", "URLS_SELF_ISSUER="+at.front.URL, "URLS_LOGIN="+pages.URL+"/login", "URLS_CONSENT="+pages.URL+"/consent",
		"SECRETS_SYSTEM="+rand.Text(), "TTL_ID_TOKEN="+lifetime.String(), "TTL_ACCESS_TOKEN="+lifetime.String(),
		"SERVE_PUBLIC_HOST=127.0.0.1", "SERVE_PUBLIC_PORT="+strconv.Itoa(at.port), "SERVE_ADMIN_HOST=127.0.0.1", "SERVE_ADMIN_PORT="+strconv.Itoa(adminPort))
	p := &Provider{
		Issuer: at.front.URL, ClientID: clientID, Scopes: []string{"openid", "email"}, Claim: "policy", Front: at.front,
		Forms: forms("button[type=submit]"),
	}
	run(tb, cmd, p.Discovery())
	h.send(http.MethodPost, "/admin/clients", map[string]any{
		"client_id": clientID, "token_endpoint_auth_method": "none", "redirect_uris": []string{"http://127.0.0.1/callback"},
		"grant_types": []string{"authorization_code", "refresh_token"}, "response_types": []string{"code"}, "scope": "openid email offline_access",
	}, nil)
	return p
}

// hydraAdmin is the administrative side of Hydra, and the pages that decide who has signed in.
type hydraAdmin struct {
	tb  testing.TB
	url string
}

const hydraForm = `<form method="post"><input name="username"><input name="password" type="password"><button type="submit">Sign in</button></form>`

// ServeHTTP implements http.Handler.
func (h hydraAdmin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/consent":
		h.consent(w, r)
	case r.Method == http.MethodPost && r.PostFormValue("username") == userName && r.PostFormValue("password") == password:
		h.accept(w, r, "login", map[string]any{"subject": userName})
	default:
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, hydraForm)
	}
}

func (h hydraAdmin) consent(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Scopes []string `json:"requested_scope"`
	}
	h.send(http.MethodGet, "/admin/oauth2/auth/requests/consent?consent_challenge="+url.QueryEscape(r.FormValue("consent_challenge")), nil, &asked)
	h.accept(w, r, "consent", map[string]any{
		"grant_scope": asked.Scopes, "session": map[string]any{"id_token": map[string]any{"policy": Policy, "email": userName}},
	})
}

// accept tells Hydra what was decided and sends the browser back to it.
func (h hydraAdmin) accept(w http.ResponseWriter, r *http.Request, what string, decision map[string]any) {
	var next struct {
		To string `json:"redirect_to"`
	}
	h.send(http.MethodPut, "/admin/oauth2/auth/requests/"+what+"/accept?"+what+"_challenge="+url.QueryEscape(r.FormValue(what+"_challenge")), decision, &next)
	http.Redirect(w, r, next.To, http.StatusSeeOther)
}

func (h hydraAdmin) send(method, path string, body, into any) {
	h.tb.Helper()
	data, err := json.Marshal(body)
	must(h.tb, err)
	req, err := http.NewRequestWithContext(h.tb.Context(), method, h.url+path, bytes.NewReader(data))
	must(h.tb, err)
	req.Header.Set("Content-Type", "application/json")
	must(h.tb, exchange(req, into))
}

// exchange sends a request and reads its answer as JSON, if there is something to read it into.
func exchange(req *http.Request, into any) error {
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s %s: %s: %s", req.Method, req.URL.Path, answer.Status, data)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(data, into)
}

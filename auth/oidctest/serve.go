package oidctest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// ServeHTTP implements http.Handler.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	_ = r.ParseForm()
	i.mu.Lock()
	i.requests = append(i.requests, Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Form: maps.Clone(r.PostForm), Authorization: r.Header.Get("Authorization"),
		Proof: r.Header.Get("DPoP"),
	})
	b := i.behavior
	i.mu.Unlock()
	w.Header().Set("Date", time.Now().Add(b.Skew).UTC().Format(http.TimeFormat))
	if b.Intercept != nil && b.Intercept(w, r) {
		return
	}
	switch r.Method + " " + r.URL.Path {
	case "GET " + DiscoveryPath:
		i.serveMetadata(w, b)
	case "GET " + AuthorizePath:
		i.serveAuthorize(w, r, b)
	case "POST " + TokenPath:
		i.serveToken(w, r, b)
	case "POST " + PushPath:
		i.servePush(w, r, b)
	case "POST " + DevicePath:
		i.serveDevice(w, r, b)
	case "GET " + KeysPath:
		i.serveKeys(w, b)
	case "POST " + RevokePath:
		i.serveRevoke(r)
	default:
		http.NotFound(w, r)
	}
}

func (i *Issuer) serveMetadata(w http.ResponseWriter, b Behavior) {
	document := map[string]any{
		"issuer":                                         i.URL,
		"authorization_endpoint":                         i.URL + AuthorizePath,
		"token_endpoint":                                 i.URL + TokenPath,
		"jwks_uri":                                       i.URL + KeysPath,
		"revocation_endpoint":                            i.URL + RevokePath,
		"response_types_supported":                       []string{"code"},
		"code_challenge_methods_supported":               []string{"S256"},
		"token_endpoint_auth_methods_supported":          []string{"client_secret_basic", "client_secret_post", "none"},
		"id_token_signing_alg_values_supported":          []string{"RS256", "HS256", "none"},
		"authorization_response_iss_parameter_supported": true,
	}
	if b.Pushed {
		document["pushed_authorization_request_endpoint"] = i.URL + PushPath
		document["require_pushed_authorization_requests"] = b.PushedOnly
	}
	if b.Proofs {
		document["dpop_signing_alg_values_supported"] = []string{"RS256", "ES256"}
	}
	if b.Metadata != nil {
		b.Metadata(document)
	}
	writeJSON(w, http.StatusOK, document)
}

func (i *Issuer) serveAuthorize(w http.ResponseWriter, r *http.Request, b Behavior) {
	q := i.requested(r.URL.Query(), b)
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || !back.IsAbs() || q.Get("client_id") != ClientID || q.Get("response_type") != "code" {
		http.Error(w, "refused: client or redirect", http.StatusBadRequest)
		return
	}
	answer := url.Values{"state": {q.Get("state")}, "iss": {i.URL}}
	switch {
	case b.PushedOnly && !r.URL.Query().Has("request_uri"):
		answer.Set("error", "invalid_request")
		answer.Set("error_description", "Pushed Authorization Request must be used")
	case b.Deny != "":
		answer.Set("error", b.Deny)
		answer.Set("error_description", b.DenyText)
	case q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "":
		answer.Set("error", "invalid_request")
	default:
		code := i.issue("code-")
		answer.Set("code", code)
		i.mu.Lock()
		i.codes[code] = authorization{q.Get("nonce"), q.Get("code_challenge"), q.Get("redirect_uri"), q.Get("scope"), q.Get("prompt"), q.Get("dpop_jkt")}
		i.mu.Unlock()
	}
	if b.Callback != nil {
		b.Callback(answer)
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusSeeOther)
}

func (i *Issuer) serveToken(w http.ResponseWriter, r *http.Request, b Behavior) {
	if !authenticated(r, b) {
		refuse(w, http.StatusUnauthorized, "invalid_client", "")
		return
	}
	thumbprint, ok := i.checkProof(w, r, b)
	if !ok {
		return
	}
	switch r.PostForm.Get("grant_type") {
	case "authorization_code":
		i.redeemCode(w, r, b, thumbprint)
	case "refresh_token":
		i.redeemRefresh(w, r, b, thumbprint)
	case deviceGrantType:
		i.redeemDevice(w, r, b, thumbprint)
	default:
		refuse(w, http.StatusBadRequest, "unsupported_grant_type", "")
	}
}

func authenticated(r *http.Request, b Behavior) bool {
	id, password, basic := r.BasicAuth()
	if basic && b.OnlyMethod == "client_secret_post" || !basic && b.OnlyMethod == "client_secret_basic" {
		return false
	}
	if basic && b.BasicAsIs {
		return id == ClientID && password == b.ClientSecret.Reveal()
	}
	if !basic {
		return r.PostForm.Get("client_id") == ClientID && r.PostForm.Get("client_secret") == b.ClientSecret.Reveal()
	}
	// RFC 6749 section 2.3.1: both are form-encoded first.
	id, idErr := url.QueryUnescape(id)
	password, passwordErr := url.QueryUnescape(password)
	return idErr == nil && passwordErr == nil && id == ClientID && password == b.ClientSecret.Reveal()
}

func (i *Issuer) redeemCode(w http.ResponseWriter, r *http.Request, b Behavior, thumbprint string) {
	code := r.PostForm.Get("code")
	i.mu.Lock()
	g, ok := i.codes[code]
	delete(i.codes, code)
	i.mu.Unlock()
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	if !ok || g.redirectURI != r.PostForm.Get("redirect_uri") || g.challenge != base64.RawURLEncoding.EncodeToString(sum[:]) {
		refuse(w, http.StatusBadRequest, "invalid_grant", "The code "+code+" is not valid.")
		return
	}
	if b.Proofs && g.thumbprint != "" && g.thumbprint != thumbprint {
		refuse(w, http.StatusBadRequest, "invalid_grant", "DPoP proof key does not fit the code")
		return
	}
	withRefresh := strings.Contains(g.scope, "offline_access") && (!b.ConsentForRefresh || strings.Contains(g.prompt, "consent"))
	i.serveTokens(w, b, "authorization_code", grant{g.nonce, thumbprint}, withRefresh)
}

func (i *Issuer) redeemRefresh(w http.ResponseWriter, r *http.Request, b Behavior, thumbprint string) {
	if scope := r.PostForm.Get("scope"); scope != "" && !mayName(b, scope) {
		refuse(w, http.StatusBadRequest, "invalid_scope", "refresh token missing requested scope")
		return
	}
	token := r.PostForm.Get("refresh_token")
	i.mu.Lock()
	g, ok := i.refresh[token]
	if !b.KeepRefreshToken {
		delete(i.refresh, token)
	}
	i.mu.Unlock()
	switch {
	case ok && g.thumbprint != thumbprint:
		refuse(w, http.StatusBadRequest, "invalid_grant", "The refresh token is bound to another key.")
	case ok:
		i.serveTokens(w, b, "refresh_token", g, !b.KeepRefreshToken)
	case b.RefusedLikeDex:
		refuse(w, http.StatusBadRequest, "invalid_request", "Refresh token is invalid or has already been claimed by another client.")
	default:
		refuse(w, http.StatusBadRequest, "invalid_grant", "The refresh token "+token+" was used before.")
	}
}

// mayName reports whether a refresh may name these scopes.
func mayName(b Behavior, scope string) bool {
	for _, s := range strings.Fields(scope) {
		if b.RefuseScopes || b.Granted != "" && !slices.Contains(strings.Fields(b.Granted), s) {
			return false
		}
	}
	return true
}

func (i *Issuer) serveTokens(w http.ResponseWriter, b Behavior, grantType string, g grant, withRefresh bool) {
	answer := map[string]any{"token_type": "Bearer", "expires_in": 3600, "access_token": i.issue("access-")}
	if g.thumbprint != "" {
		answer["token_type"] = "DPoP"
	}
	if b.AccessToken != nil {
		claims := i.claims(b, "")
		b.AccessToken(claims)
		answer["access_token"] = i.sign(b, claims)
	}
	if !b.NoIDToken && (grantType != "refresh_token" || !b.NoIDTokenOnRefresh) {
		claims := i.claims(b, g.nonce)
		if b.Claims != nil {
			b.Claims(grantType, claims)
		}
		answer["id_token"] = i.sign(b, claims)
	}
	if withRefresh {
		token := i.issue("refresh-")
		answer["refresh_token"] = token
		i.mu.Lock()
		i.refresh[token] = g
		i.mu.Unlock()
	}
	if b.Granted != "" {
		answer["scope"] = b.Granted
	}
	if b.Answer != nil {
		b.Answer(grantType, answer)
	}
	writeJSON(w, http.StatusOK, answer)
}

func (i *Issuer) claims(b Behavior, nonce string) map[string]any {
	lifetime := b.Lifetime
	if lifetime == 0 {
		lifetime = time.Hour
	}
	now := time.Now().Add(b.Skew)
	claims := map[string]any{
		"iss": i.URL, "sub": Subject, "aud": ClientID, "iat": now.Unix(), "exp": now.Add(lifetime).Unix(), "jti": rand.Text(),
		"email": "ada@example.com", "preferred_username": "ada", "name": "Ada Lovelace",
	}
	if nonce != "" {
		claims["nonce"] = nonce
	}
	return claims
}

func (i *Issuer) serveRevoke(r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.refresh, r.PostForm.Get("token"))
}

// issue makes a random token and remembers it as a secret.
func (i *Issuer) issue(prefix string) string {
	token := prefix + rand.Text()
	i.keep(token)
	return token
}

func (i *Issuer) keep(s string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.secrets = append(i.secrets, s)
}

func refuse(w http.ResponseWriter, status int, code, description string) {
	writeJSON(w, status, map[string]any{"error": code, "error_description": description, "error_uri": "https://help.example/" + code})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

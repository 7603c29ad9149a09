package idp

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/faults"
)

// Keycloak is a running Keycloak, to which realms are added.
type Keycloak struct {
	front *faults.Proxy
	admin string // password of the administrator
}

// StartKeycloak starts the Keycloak that make has unpacked, as its guide for developers says.
func StartKeycloak(tb testing.TB) *Keycloak {
	tb.Helper()
	at := newPlace(tb)
	management, err := faults.FreePort()
	must(tb, err)
	found, err := filepath.Glob(filepath.Join(Build(tb), "keycloak", "keycloak-*", "bin", "kc.sh"))
	must(tb, err)
	if len(found) != 1 {
		tb.Fatalf("make interop unpacks one Keycloak, not %d", len(found))
	}
	k := &Keycloak{at.front, rand.Text()}
	cmd := exec.Command(found[0], "start-dev", "--db=dev-mem", "--http-host=127.0.0.1", "--http-port="+strconv.Itoa(at.port),
		"--http-management-port="+strconv.Itoa(management), "--hostname="+at.front.URL, "--cache=local")
	cmd.Env = environment("KC_BOOTSTRAP_ADMIN_USERNAME=admin", "KC_BOOTSTRAP_ADMIN_PASSWORD="+k.admin, "JAVA_OPTS_KC_HEAP=-Xms64m -Xmx512m")
	run(tb, cmd, at.front.URL+"/realms/master/.well-known/openid-configuration")
	return k
}

// Realm says how a realm differs from one with default settings.
type Realm struct {
	// Name is the realm's, for its URL.
	Name string
	// Settings are the realm's own, by their names in its JSON.
	Settings map[string]any
	// Lifetime is how long tokens of the client are valid; zero leaves that to the realm.
	Lifetime time.Duration
	// NoOfflineScope takes the scope offline_access from the client, and NoOfflineRole the role from the user.
	NoOfflineScope, NoOfflineRole bool
}

// Add adds a realm with one client and one user.
func (k *Keycloak) Add(tb testing.TB, r Realm) *Provider {
	tb.Helper()
	realm := map[string]any{"realm": r.Name, "enabled": true, "clients": []any{r.client()}}
	for name, value := range r.Settings {
		realm[name] = value
	}
	k.send(tb, http.MethodPost, "/admin/realms", realm)
	user := map[string]any{
		"username": userName, "email": userName, "emailVerified": true, "enabled": true, "firstName": "Ada", "lastName": "Lovelace",
		"credentials": []any{map[string]any{"type": "password", "value": password}},
	}
	k.send(tb, http.MethodPost, "/admin/realms/"+r.Name+"/users", user)
	if r.NoOfflineRole {
		k.dropOfflineRole(tb, r.Name)
	}
	return &Provider{
		Issuer: k.front.URL + "/realms/" + r.Name, ClientID: clientID, Scopes: []string{"openid", "profile", "email"}, Claim: "policy", Front: k.front,
		Forms: forms("#kc-login", "button[type=submit]", "input[type=submit]"),
	}
}

// client is as an administrator registers Daypass.
func (r Realm) client() map[string]any {
	attributes := map[string]string{"oauth2.device.authorization.grant.enabled": "true", "pkce.code.challenge.method": "S256"}
	if r.Lifetime > 0 {
		attributes["access.token.lifespan"] = strconv.Itoa(int(r.Lifetime.Seconds()))
	}
	client := map[string]any{
		"clientId": clientID, "publicClient": true, "standardFlowEnabled": true, "redirectUris": []string{"http://127.0.0.1/*"}, "attributes": attributes,
		"protocolMappers": []any{map[string]any{
			"name": "policy", "protocol": "openid-connect", "protocolMapper": "oidc-hardcoded-claim-mapper",
			"config": map[string]string{"claim.name": "policy", "claim.value": Policy, "jsonType.label": "String", "id.token.claim": "true"},
		}},
	}
	if r.NoOfflineScope {
		client["defaultClientScopes"] = []string{"basic", "profile", "email", "roles", "web-origins", "acr"}
		client["optionalClientScopes"] = []string{"address", "phone"}
	}
	return client
}

// dropOfflineRole takes the role for offline tokens from those that every user has.
func (k *Keycloak) dropOfflineRole(tb testing.TB, realm string) {
	tb.Helper()
	base := k.front.URL + "/admin/realms/" + realm + "/roles/"
	var role map[string]any
	must(tb, exchange(k.request(tb, http.MethodGet, base+"offline_access", nil), &role))
	data, err := json.Marshal([]any{role})
	must(tb, err)
	must(tb, exchange(k.request(tb, http.MethodDelete, base+"default-roles-"+realm+"/composites", data), nil))
}

func (k *Keycloak) send(tb testing.TB, method, path string, body any) {
	tb.Helper()
	data, err := json.Marshal(body)
	must(tb, err)
	must(tb, exchange(k.request(tb, method, k.front.URL+path, data), nil))
}

func (k *Keycloak) request(tb testing.TB, method, address string, body []byte) *http.Request {
	tb.Helper()
	req, err := http.NewRequestWithContext(tb.Context(), method, address, bytes.NewReader(body))
	must(tb, err)
	req.Header.Set("Authorization", "Bearer "+k.token(tb))
	req.Header.Set("Content-Type", "application/json")
	return req
}

// token returns the administrator's, which lives for a minute.
func (k *Keycloak) token(tb testing.TB) string {
	tb.Helper()
	form := url.Values{"grant_type": {"password"}, "client_id": {"admin-cli"}, "username": {"admin"}, "password": {k.admin}}
	req, err := http.NewRequestWithContext(tb.Context(), http.MethodPost, k.front.URL+"/realms/master/protocol/openid-connect/token", strings.NewReader(form.Encode()))
	must(tb, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var answer struct {
		Token string `json:"access_token"`
	}
	must(tb, exchange(req, &answer))
	return answer.Token
}

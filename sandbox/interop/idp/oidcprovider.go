package idp

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// OIDCOptions are what the npm package oidc-provider insists on; sandbox/interop/programs/oidcprovider says more of each.
type OIDCOptions struct {
	Lifetime  time.Duration `json:"-"`
	Algorithm string        `json:"algorithm,omitempty"`
	PAR       bool          `json:"par,omitempty"`
	DPoP      bool          `json:"dpop,omitempty"`
	Offline   string        `json:"offline,omitempty"`
	KeepToken bool          `json:"-"`

	RefreshWithoutIDToken bool `json:"refreshWithoutIDToken,omitempty"`
	JWTAccessTokens       bool `json:"jwtAccessTokens,omitempty"`
}

// OIDCProvider starts the npm package oidc-provider.
func OIDCProvider(tb testing.TB, o OIDCOptions) *Provider {
	tb.Helper()
	at := newPlace(tb)
	settings := struct {
		OIDCOptions
		Port     int    `json:"port"`
		Issuer   string `json:"issuer"`
		Client   string `json:"client"`
		Seconds  int    `json:"lifetime"`
		Rotate   bool   `json:"rotate"`
		PolicyOf string `json:"policy"`
	}{o, at.port, at.front.URL, clientID, int(o.Lifetime.Seconds()), !o.KeepToken, Policy}
	argument, err := json.Marshal(settings)
	must(tb, err)
	dir := filepath.Join(Build(tb), "oidcprovider")
	cmd := exec.Command("node", "server.mjs", string(argument))
	cmd.Dir = dir
	p := &Provider{
		Issuer: at.front.URL, ClientID: clientID, Scopes: []string{"openid", "profile", "email"}, Claim: "policy", Front: at.front,
		Forms: forms("button[type=submit]", "button[autofocus]"),
	}
	run(tb, cmd, p.Discovery())
	return p
}

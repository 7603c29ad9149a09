package idp

import (
	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
)

// Dex is the Dex of a sandbox behind a proxy.
func Dex(stand *headless.Stand) *Provider {
	f := forms("#submit-login", "button[type=submit]")
	f.Name, f.Password = servers.Ada.Email, servers.Ada.Password
	return &Provider{
		Issuer: stand.Sandbox.Issuer, ClientID: servers.ClaimClient, Scopes: []string{"openid", "profile", "email", "groups"}, Claim: "groups",
		Front: stand.Dex, Forms: f,
	}
}

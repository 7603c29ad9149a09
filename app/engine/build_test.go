package engine

import (
	"testing"

	"daypass/app/connection"
	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// Whether an issuer ends in a slash cannot be seen in its discovery URL, and is easily lost by anyone who
// copies it: the provider says what it is called.
func TestRule2_issuerMayEndInSlash(t *testing.T) {
	const address = "https://login.example"
	for _, typed := range []string{address, address + "/", address + oidctest.DiscoveryPath} {
		for _, named := range []string{address, address + "/"} {
			issuer := oidctest.NewInMemory(address)
			issuer.Behave(func(b *oidctest.Behavior) {
				b.Metadata = func(d map[string]any) { d["issuer"] = named }
			})
			def := connection.Definition{Provider: connection.Provider{Issuer: typed, ClientID: oidctest.ClientID}}.Normalized()
			client, err := auth.New(authConfig(def), auth.WithTransport(issuer.Transport()))
			if err != nil {
				t.Fatal(err)
			}
			if p, err := client.Discover(t.Context()); err != nil || p.Issuer != named {
				t.Errorf("%s typed, %s named: %v", typed, named, err)
			}
		}
	}
}

// What renews a session goes on with another client for sign-ins: it holds the one refresh token that works.
func TestInherit_refresher(t *testing.T) {
	newProvider := func(ports ...int) *provider {
		client, err := auth.New(auth.Config{Issuer: "https://login.example", ClientID: oidctest.ClientID, RedirectPorts: ports})
		if err != nil {
			t.Fatal(err)
		}
		return &provider{Client: client}
	}
	before, next := newProvider(), newProvider(8400)
	before.Resume(auth.Tokens{RefreshToken: secret.New("r")})
	if inherit(next, before, auth.ConsentRequested); next.refresher == nil || next.refresher != before.refresher || next.Client == before.Client {
		t.Errorf("%+v of %+v", next, before)
	}
}

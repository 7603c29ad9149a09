package auth

import (
	"errors"
	"testing"
)

func TestRule38_sameSite(t *testing.T) {
	for _, c := range []struct {
		issuer, endpoint string
		site, page       bool
	}{
		{"https://login.example.com", "https://login.example.com/authorize", true, true},
		{"https://login.example.com", "https://LOGIN.example.com.:8443/authorize", true, true},
		{"https://login.example.com/realms/a", "https://sso.example.com/authorize", true, false},
		{"https://example.com", "https://example.com.evil.test/authorize", false, false},
		{"https://a.co.uk", "https://b.co.uk/t", false, false},
		{"https://corp.github.io", "https://evil.github.io/t", false, false},
		{"https://kc.lan", "https://evil.lan/t", false, false},
		{"https://keycloak", "https://keycloak:8443/t", true, true},
		{"https://keycloak", "https://other/t", false, false},
		{"http://127.0.0.1:5556/dex", "http://127.0.0.1:5556/dex/token", true, true},
		{"http://127.0.0.1:5556/dex", "http://127.0.0.1:5557/dex/token", false, false},
		{"http://127.0.0.1:5556/dex", "http://localhost:5556/dex/token", false, false},
		{"http://localhost:5556", "http://localhost:5557/t", false, false},
		{"https://10.0.0.1", "https://10.0.0.1:443/t", true, true},
		{"https://10.0.0.1", "https://10.0.0.2/t", false, false},
		{"https://[::1]:8443", "https://[::1]:9443/t", false, false},
		{"https://accounts.google.com", "https://oauth2.googleapis.com/token", true, false},
		{"https://accounts.google.com", "https://storage.googleapis.com/evil", false, false},
		{"https://evil.test", "https://oauth2.googleapis.com/token", false, false},
		{"https://accounts.google.com", "https://www.google.com/device", true, true},
		{"https://login.microsoftonline.com/t/v2.0", "https://login.microsoft.com/device", false, true},
		{"https://sts.windows.net/t/", "https://login.microsoftonline.com/t/oauth2/token", true, false},
		{"https://cognito-idp.eu-west-1.amazonaws.com/p", "https://corp.auth.eu-west-1.amazoncognito.com/oauth2/token", true, false},
		{"https://cognito-idp.eu-west-1.amazonaws.com/p", "https://corp.auth.us-east-1.amazoncognito.com/oauth2/token", false, false},
		{"https://cognito-idp.evil.test.amazonaws.com/p", "https://x.auth.evil.test.amazoncognito.com/t", false, false},
		{"https://evil.auth.eu-west-1.amazoncognito.com", "https://corp.auth.eu-west-1.amazoncognito.com/t", false, false},
	} {
		client := &Client{}
		p := &Provider{Issuer: c.issuer}
		if got := client.checkSites(p, c.endpoint) == nil; got != c.site {
			t.Errorf("%s and %s: one site: %v", c.issuer, c.endpoint, got)
		}
		if got := client.checkAddresses(p, ownPage, c.endpoint) == nil; got != c.page {
			t.Errorf("%s and %s: own page: %v", c.issuer, c.endpoint, got)
		}
	}
}

// An endpoint of another issuer cannot be confirmed.
func TestRule38_endpointOfAnotherIssuer(t *testing.T) {
	others := []Site{
		{Issuer: "https://kc.example/realms/b"},
		{Issuer: "https://cognito-idp.eu-west-1.amazonaws.com/p"},
		{Issuer: "https://id.corp.test/", Hosts: []string{"login.corp-sso.test"}},
		{Issuer: "https://own.test/other"},
	}
	client := &Client{trust: Trust{Confirmed: func(string) bool { return true }, Others: func() []Site { return others }}}
	for _, c := range []struct {
		issuer, endpoint string
		refused          bool
	}{
		{"https://evil.test", "https://kc.example/realms/b/auth", true},
		{"https://evil.test", "https://sso.kc.example/x", true},
		{"https://evil.test", "https://corp.auth.eu-west-1.amazoncognito.com/login", true},
		{"https://evil.test", "https://login.corp-sso.test/login", true},
		{"https://evil.test", "https://nobody.test/login", false},
		{"https://kc.example/realms/a", "https://kc.example/realms/a/auth", false},
		{"https://kc.example/realms/a", "https://kc.example/realms/b/auth", true},
		{"https://kc.example/realms/b", "https://kc.example/realms/b/auth", false},
		{"https://kc.example/realms/b/c", "https://kc.example/realms/b/c/auth", false},
		{"https://kc.example", "https://kc.example/auth", false},
		{"https://id.corp.test", "https://id.corp.test/auth", false},
		{"https://cognito-idp.eu-west-1.amazonaws.com/q", "https://corp.auth.eu-west-1.amazoncognito.com/login", false},
	} {
		err := client.checkSites(&Provider{Issuer: c.issuer}, c.endpoint)
		if errors.Is(err, ErrMixUp) != c.refused || err != nil && !c.refused {
			t.Errorf("%s names %s: %v", c.issuer, c.endpoint, err)
		}
	}
}

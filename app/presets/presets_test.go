package presets_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"daypass/app/messages"
	"daypass/app/presets"
)

func TestAt_addresses(t *testing.T) {
	for address, want := range map[string]string{
		"https://accounts.google.com":                                           "google",
		"https://login.microsoftonline.com/8f1d/v2.0":                           "entra",
		"https://login.example/realms/company":                                  "keycloak",
		"https://login.example/auth/realms/company":                             "keycloak",
		"https://login.example/realms/company/.well-known/openid-configuration": "keycloak",
		"https://company.okta.com/oauth2/default":                               "okta",
		"https://company.eu.auth0.com/":                                         "auth0",
		"https://gitlab.com":                                                    "gitlab",
		"https://GitHub.com/login/oauth":                                        "github",
		"https://token.actions.githubusercontent.com":                           "github",
		"https://login.example/application/o/daypass/":                          "authentik",
		"https://company-1a2b.zitadel.cloud":                                    "zitadel",
		"https://login.example/dex":                                             "dex",
		"https://slug.projects.oryapis.com":                                     "hydra",
		"https://adfs.example/adfs":                                             "adfs",
		"https://auth.pingone.eu/1a2b/as":                                       "ping",
		"https://s3.eu-central-1.amazonaws.com":                                 "aws",
		"https://notokta.com":                                                   "",
		"https://okta.com.evil.example":                                         "",
		"https://login.example/adfs2":                                           "",
		"https://login.example":                                                 "",
		"not an address":                                                        "",
	} {
		if p, found := presets.At(address); p.ID != want || found != (want != "") {
			t.Errorf("%s is %q, want %q", address, p.ID, want)
		}
	}
}

func TestFind_namesAndAddresses(t *testing.T) {
	for _, text := range []string{"keycloak", "Keycloak", "KEYCLOAK", "https://login.example/realms/company"} {
		if p, found := presets.Find(text); !found || p.ID != "keycloak" {
			t.Errorf("%q is %q", text, p.ID)
		}
	}
	if p, found := presets.Find("no such product"); found {
		t.Errorf("%+v", p)
	}
}

// Every row has its texts, a page of its makers, and, but for those that cannot be used, something to register.
func TestAll_complete(t *testing.T) {
	var ids []string
	for _, p := range presets.All() {
		ids = append(ids, p.ID)
		if !messages.Has(p.NoteID()) {
			t.Errorf("%s has no note", p.ID)
		}
		if u, err := url.Parse(p.Documentation); err != nil || u.Scheme != "https" {
			t.Errorf("%s: %q", p.ID, p.Documentation)
		}
		if lines := p.Registration(); len(lines) == 0 != p.Unusable || slices.Contains(lines, "") {
			t.Errorf("%s registers %q", p.ID, lines)
		}
		if usable := p.Kind == presets.Provider && !p.Unusable; usable != (p.Client != "") || usable != (len(p.Defaults.Scopes) > 0) {
			t.Errorf("%s: a client %q with %q", p.ID, p.Client, p.Defaults.Scopes)
		}
		if (p.Redirect == presets.ExactPorts) != (len(p.Defaults.RedirectPorts) > 0) {
			t.Errorf("%s compares ports and names none, or the other way around", p.ID)
		}
	}
	if unique := slices.Compact(slices.Sorted(slices.Values(ids))); len(unique) != len(ids) || len(ids) < 19 {
		t.Errorf("%q", ids)
	}
}

func TestRegistration_redirectURIs(t *testing.T) {
	for id, want := range map[string]string{
		"keycloak": "http://127.0.0.1/callback", "entra": "http://localhost/callback", "okta": "http://127.0.0.1:18250/callback http://127.0.0.1:18251/callback",
		"authentik": `http://127\.0\.0\.1:\d+/callback`,
	} {
		p, _ := presets.Find(id)
		if text := strings.Join(p.Registration(), "\n"); !strings.Contains(text, want) {
			t.Errorf("%s registers %s", id, text)
		}
	}
}

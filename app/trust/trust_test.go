package trust_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"daypass/app/connection"
	"daypass/app/trust"
)

func withIssuer(id, issuer string) connection.Definition {
	return connection.Definition{ID: id, Provider: connection.Provider{Issuer: issuer}}
}

// A confirmed site is remembered with its connection.
func TestRule38_remembersConfirmedSite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "confirmed-sites.json")
	lake, other := withIssuer("lake", "https://login.example"), withIssuer("other", "https://id.test")
	first := trust.Open(path)
	if first.Of(lake).Confirmed("sso.test") {
		t.Error("confirmed by nobody")
	}
	first.Of(other)
	if err := first.Confirm("lake", []string{"sso.test", "sso.test"}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v %v", info, err)
	}
	later := trust.Open(path)
	if !later.Of(lake).Confirmed("sso.test") || later.Of(other).Confirmed("sso.test") {
		t.Error("not remembered, or for another connection")
	}
	if later.Of(withIssuer("lake", "https://login.evil.test")).Confirmed("sso.test") {
		t.Error("confirmed for an issuer that came after it")
	}
	later.Of(lake)
	if others := later.Of(other).Others(); len(others) != 1 || others[0].Issuer != "https://login.example" || !slices.Contains(others[0].Hosts, "sso.test") {
		t.Errorf("%+v", others)
	}
	if err := later.Remove("lake"); err != nil {
		t.Fatal(err)
	}
	if trust.Open(path).Of(lake).Confirmed("sso.test") || len(later.Of(other).Others()) > 0 {
		t.Error("it outlives the connection")
	}
}

// A file that cannot be used confirms nothing, and is left to anyone who can read it.
func TestRule38_unusableFileConfirmsNothing(t *testing.T) {
	for name, text := range map[string]string{
		"damaged": `{"version":1,"connections":{"lake":{"issuer":"https://login.example","hosts":["sso.test"]`,
		"newer":   `{"version":2,"connections":{"lake":{"issuer":"https://login.example","hosts":["sso.test"]}}}`,
		"empty":   ``,
	} {
		path := filepath.Join(t.TempDir(), "confirmed-sites.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		trusted := trust.Open(path)
		lake := trusted.Of(withIssuer("lake", "https://login.example"))
		if lake.Confirmed("sso.test") {
			t.Errorf("%s: confirmed", name)
		}
		if err := trusted.Confirm("lake", []string{"sso.test"}); err == nil || !lake.Confirmed("sso.test") {
			t.Errorf("%s: %v", name, err)
		}
		if got, _ := os.ReadFile(path); string(got) != text {
			t.Errorf("%s: the file is now %q", name, got)
		}
	}
}

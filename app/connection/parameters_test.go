package connection

import (
	"maps"
	"strings"
	"testing"
	"time"
)

const parameterFile = `version = 1
name = "Lake"
endpoint = "https://minio.example"
[login]
issuer = "https://login.example"
client_id = "desktop-app"
acr_values = ["mfa", "urn:lab:gold"]
max_age = "8h"
login_hint = " ada@example.com "
prompt = " login  select_account"
extra_parameters = { display = "page" }
`

// The parameters of a file reach the authorization request, and are written again.
func TestParameters_ofFile(t *testing.T) {
	def, err := Parse([]byte(parameterFile))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"acr_values": "mfa urn:lab:gold", "max_age": "28800", "login_hint": "ada@example.com", "prompt": "login select_account", "display": "page",
	}
	if got := def.Provider.AuthorizationParameters(); !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	again, err := Parse(def.Format())
	if err != nil || !same(again, def) {
		t.Errorf("written again: %+v, %v", again, err)
	}
}

// A connection that sets none of them has the bytes that it had before there were any: its session goes on.
func TestParameters_canonicalWithoutThem(t *testing.T) {
	for _, key := range []string{"acr_values", "max_age", "login_hint", "prompt"} {
		if strings.Contains(string(minimal().Canonical()), key) {
			t.Errorf("%s is written", key)
		}
	}
	if got := minimal().Provider.AuthorizationParameters(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// A parameter that cannot be used is refused by the name of its field.
func TestParameters_refused(t *testing.T) {
	for name, c := range map[string]struct {
		field  string
		change func(*Provider)
	}{
		"two values in one":   {"login.acr_values", func(l *Provider) { l.ACRValues = []string{"a b"} }},
		"an empty value":      {"login.acr_values", func(l *Provider) { l.ACRValues = []string{""} }},
		"half a second":       {"login.max_age", func(l *Provider) { l.MaxAge = time.Second / 2 }},
		"a negative age":      {"login.max_age", func(l *Provider) { l.MaxAge = -time.Hour }},
		"a hint in two lines": {"login.login_hint", func(l *Provider) { l.LoginHint = "a\nb" }},
		"an unknown prompt":   {"login.prompt", func(l *Provider) { l.Prompt = "shout" }},
		"none with something": {"login.prompt", func(l *Provider) { l.Prompt = "none login" }},
		"a parameter that is set twice": {"login.prompt", func(l *Provider) {
			l.Prompt, l.ExtraParameters = "login", map[string]string{"prompt": "consent"}
		}},
	} {
		d := minimal()
		c.change(&d.Provider)
		problems := d.FieldErrors()
		if len(problems) != 1 || problems[0].Field != c.field || words(problems[0]) == "" {
			t.Errorf("%s: %v", name, problems)
		}
	}
	for _, age := range []string{"0s", "soon", "0"} {
		if _, err := Parse([]byte(strings.Replace(parameterFile, "8h", age, 1))); err == nil || !strings.Contains(err.Error(), "login.max_age") {
			t.Errorf("%s: %v", age, err)
		}
	}
}

// What a session depends on has changed with a parameter.
func TestParameters_areOfProvider(t *testing.T) {
	d := minimal()
	d.Provider.ACRValues = []string{"mfa"}
	if got := d.Changes(minimal()); len(got) != 1 || got[0] != ChangedProvider {
		t.Errorf("%v", got)
	}
}

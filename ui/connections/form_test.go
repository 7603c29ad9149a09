package connections_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/app/connection"
	"daypass/auth/secret"
	"daypass/ui/connections"
	"daypass/ui/present"
)

// The client secret is set, changed and removed.
func TestForm_clientSecret(t *testing.T) {
	for _, want := range []string{"first", "second", ""} {
		form := connections.EditConnection(connection.Definition{Name: "Lake", Provider: connection.Provider{ClientSecret: secret.New("before")}})
		form.Values["login.client_secret"] = " " + want
		if got, unread := form.Definition(form.Values); len(unread) != 0 || got.Provider.ClientSecret.Reveal() != want {
			t.Errorf("%q is not taken", want)
		}
	}
}

// What the form does not show survives an edit.
func TestForm_editKeepsHiddenFields(t *testing.T) {
	def := connection.Definition{
		ID: "lake", Name: "Lake", Endpoint: "https://s3.example.com", STSEndpoint: "https://sts.example.com", Region: "eu-1", CAFile: "/etc/ca.pem",
		Provider: connection.Provider{
			Issuer: "https://login.example.com", ClientID: "desktop", ClientSecret: secret.New("public"), Scopes: []string{"openid", "groups"},
			ACRValues: []string{"urn:a,b"}, MaxAge: 90 * time.Minute, LoginHint: "ada", Prompt: "login consent",
			StaySignedIn: true, ExtraParameters: map[string]string{"access_type": "offline"}, RedirectHost: "localhost", RedirectPorts: []int{8400}, RedirectPath: "/cb",
		},
		Keys: connection.KeyRequest{Duration: 90 * time.Minute, RoleARN: connection.DeriveRoleARN, Policy: "{}", SendAccessToken: true},
	}.Normalized()
	f := connections.EditConnection(def)
	got, unread := f.Definition(f.Values)
	if len(unread) != 0 {
		t.Errorf("unread %v", unread)
	}
	if !got.Provider.ClientSecret.Equal(def.Provider.ClientSecret) {
		t.Error("the client secret is lost")
	}
	got.Provider.ClientSecret = def.Provider.ClientSecret
	if !reflect.DeepEqual(got, def) {
		t.Errorf("an edit without a change gives\n%+v\nwant\n%+v", got, def)
	}
}

func TestForm_returnsInput(t *testing.T) {
	f := connections.NewConnection()
	got, unread := f.Definition(map[string]string{
		"name": "  Lake ", "endpoint": "https://S3.example.com/", "login.issuer": "https://login.example.com/.well-known/openid-configuration",
		"login.client_id": "desktop", "login.scopes": "openid  groups", "keys.role_arn": connection.DeriveRoleARN, "keys.duration": "12h0m0s",
		"login.redirect_ports": "8400, 8401", "login.extra_parameters": "access_type=offline", "login.max_age": "8 h", "login.acr_values": "mfa, phr", "sts_endpoint": "sts.example.com",
	})
	if got.Name != "Lake" || got.Provider.Issuer != "https://login.example.com" || got.Provider.StaySignedIn ||
		len(got.Provider.Scopes) != 2 || got.Keys.Duration != 12*time.Hour || got.Keys.RoleARN != connection.DeriveRoleARN {
		t.Errorf("got %+v", got)
	}
	if l := got.Provider; !slices.Equal(l.RedirectPorts, []int{8400, 8401}) || l.ExtraParameters["access_type"] != "offline" || l.MaxAge != 8*time.Hour ||
		!slices.Equal(l.ACRValues, []string{"mfa", "phr"}) || got.STSEndpoint != "https://sts.example.com" {
		t.Errorf("got %+v", got)
	}
	if problems := got.FieldErrors(); len(problems)+len(unread) != 0 {
		t.Errorf("faults %v, %v", problems, unread)
	}
}

// A value that is not among the choices is shown as it is.
func TestFieldOptions_unlistedValue(t *testing.T) {
	for _, f := range connections.Fields() {
		if len(f.Choices) == 0 {
			continue
		}
		if slices.ContainsFunc(f.Choices, func(c present.Choice) bool { return c.Value == connections.Typed }) {
			if options := f.Options("something-else"); !slices.Equal(options, f.Choices) {
				t.Errorf("%s: %v", f.Path, options)
			}
		} else if options := f.Options("something-else"); len(options) != len(f.Choices)+1 || present.LabelOf(options, "something-else") != "something-else" {
			t.Errorf("%s: %v", f.Path, options)
		}
		for _, c := range f.Choices {
			if options := f.Options(c.Value); !slices.Equal(options, f.Choices) || present.LabelOf(options, c.Value) != c.Label {
				t.Errorf("%s: %q does not come back", f.Path, c.Value)
			}
		}
	}
}

// A new connection has what its provider wants; one that is edited stays as it is.
func TestForm_newConnectionHasWhatProviderWants(t *testing.T) {
	values := map[string]string{"name": "Lake", "endpoint": "https://minio.example", "login.issuer": "https://company.okta.com", "login.client_id": "app"}
	values["login.stay_signed_in"] = connections.On
	if d, _ := connections.NewConnection().Definition(values); len(d.Provider.RedirectPorts) == 0 {
		t.Errorf("%+v", d)
	}
	edited := connections.EditConnection(connection.Definition{Name: "Lake"})
	if d, _ := edited.Definition(values); len(d.Provider.RedirectPorts) != 0 || len(d.Provider.Scopes) != 0 {
		t.Errorf("%+v", d)
	}
}

func TestField_helpForProducts(t *testing.T) {
	for _, f := range connections.Fields() {
		help := f.HelpFor("https://company.okta.com")
		if strings.Contains(help, "Okta") != (f.Path == "login.issuer") {
			t.Errorf("%s: %q", f.Path, help)
		}
		amazon := f.HelpFor("https://s3.eu-central-1.amazonaws.com")
		if (amazon != f.Help && strings.Contains(amazon, "Amazon")) != (f.Path == "endpoint") {
			t.Errorf("%s does not know Amazon", f.Path)
		}
		if got := f.HelpFor("https://login.example"); got != f.Help {
			t.Errorf("%s: %q", f.Path, got)
		}
	}
}

// Every field has a sentence of help.
func TestFields_haveHelp(t *testing.T) {
	for _, f := range connections.Fields() {
		if f.Label == "" || !strings.HasSuffix(f.Help, ".") && f.Path != "login.stay_signed_in" {
			t.Errorf("%s: label %q, help %q", f.Path, f.Label, f.Help)
		}
	}
}

// Before a connection from a file is used, the user sees whom it sends them to (security rule 37).
func TestRule37_importShowsHosts(t *testing.T) {
	def := connection.Definition{
		Name: "Lake", Endpoint: "https://s3.example.com:9000", STSEndpoint: "https://sts.elsewhere.example", CAFile: "/tmp/their-ca.pem",
		Provider: connection.Provider{Issuer: "https://login.phish.example", ExtraParameters: map[string]string{"prompt": "none"}, RedirectPorts: []int{8400}},
		Keys:     connection.KeyRequest{Policy: `{"Version": "1"}`, SendAccessToken: true},
	}
	text := connections.ImportedConnection(def).Text
	for _, want := range []string{"login.phish.example", "s3.example.com:9000", "sts.elsewhere.example", "/tmp/their-ca.pem", "prompt = none", "ports: 8400", `Policy: {"Version":"1"}`, "Access token: sent"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not told in %q", want, text)
		}
	}
}

// Every key of a connection file has a field, in which its value is read as it was written.
func TestFields_allKeys(t *testing.T) {
	def := connection.Definition{
		Name: "Lake", Endpoint: "https://s3.example.com", STSEndpoint: "https://sts.example.com", Region: "eu-1", CAFile: "/etc/ca.pem",
		Provider: connection.Provider{
			Issuer: "https://login.example.com", ClientID: "desktop", ClientSecret: secret.New("public"), Scopes: []string{"openid", "groups"}, StaySignedIn: true, ACRValues: []string{"mfa"},
			MaxAge: 90 * time.Minute, LoginHint: "ada", Prompt: "login", ExtraParameters: map[string]string{"a": "x, b=y", "access_type": "offline"},
			RedirectHost: "localhost", RedirectPorts: []int{8400, 8401}, RedirectPath: "/cb",
		},
		Keys: connection.KeyRequest{Duration: 90 * time.Minute, RoleARN: "arn:aws:iam::1:role/x", Policy: "{}", SendAccessToken: true},
	}.Normalized()
	got, unread := connections.NewConnection().Definition(connections.EditConnection(def).Values)
	if len(unread) != 0 || !reflect.DeepEqual(got, def) {
		t.Errorf("%v: got\n%+v\nwant\n%+v", unread, got, def)
	}
}

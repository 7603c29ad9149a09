package connection

import (
	"bytes"
	"reflect"
	"slices"
	"testing"
	"time"

	"daypass/auth/secret"
)

func TestChangesSince_texts(t *testing.T) {
	for want, change := range map[string]func(*Definition){
		"":                                 func(d *Definition) { d.Name, d.ID, d.Endpoint = "Other", "other", d.Endpoint+"/" },
		"the storage server":               func(d *Definition) { d.Endpoint = "https://other.example" },
		"the identity provider":            func(d *Definition) { d.Provider.ClientSecret = secret.New("other") },
		"the credentials that it requests": func(d *Definition) { d.Keys.Policy = `{"Version": "2012-10-17"}` },
		"the identity provider and the storage server": func(d *Definition) {
			d.Provider.Issuer, d.STSEndpoint = "https://other.example", "https://sts.other.example"
		},
	} {
		d := whole()
		change(&d)
		if got := d.ChangesSince(whole()); got != want || d.SameService(whole()) != (want == "") {
			t.Errorf("%q, want %q", got, want)
		}
	}
	empty := minimal()
	empty.Provider.Scopes, empty.Provider.RedirectPorts, empty.Provider.ExtraParameters = []string{}, []int{}, map[string]string{}
	if got := empty.ChangesSince(minimal()); got != "" {
		t.Errorf("empty lists: %q", got)
	}
}

// Every key of a connection file: what a change of it means for a session.
func TestChanges_everyKey(t *testing.T) {
	table := []struct {
		key    string
		change func(*Definition)
		want   Change // empty: the session goes on
	}{
		{"name", func(d *Definition) { d.Name = "Other" }, ""},
		{"endpoint", func(d *Definition) { d.Endpoint = "https://other.example" }, ChangedServer},
		{"sts_endpoint", func(d *Definition) { d.STSEndpoint = "https://other.example" }, ChangedServer},
		{"region", func(d *Definition) { d.Region = "us-west-2" }, ""},
		{"ca_file", func(d *Definition) { d.CAFile = "/etc/other.pem" }, ChangedServer},
		{"source", func(d *Definition) { d.Source = "https://company.example" }, ""},
		{"login.issuer", func(d *Definition) { d.Provider.Issuer = "https://other.example" }, ChangedProvider},
		{"login.client_id", func(d *Definition) { d.Provider.ClientID = "other" }, ChangedProvider},
		{"login.client_secret", func(d *Definition) { d.Provider.ClientSecret = secret.New("other") }, ChangedProvider},
		{"login.scopes", func(d *Definition) { d.Provider.Scopes = []string{"openid"} }, ChangedProvider},
		{"login.stay_signed_in", func(d *Definition) { d.Provider.StaySignedIn = !d.Provider.StaySignedIn }, ChangedProvider},
		{"login.acr_values", func(d *Definition) { d.Provider.ACRValues = []string{"other"} }, ChangedProvider},
		{"login.max_age", func(d *Definition) { d.Provider.MaxAge = time.Minute }, ChangedProvider},
		{"login.login_hint", func(d *Definition) { d.Provider.LoginHint = "grace" }, ""},
		{"login.prompt", func(d *Definition) { d.Provider.Prompt = "consent" }, ""},
		{"login.extra_parameters", func(d *Definition) { d.Provider.ExtraParameters = map[string]string{"other": "x"} }, ""},
		{"login.redirect_host", func(d *Definition) { d.Provider.RedirectHost = "::1" }, ""},
		{"login.redirect_ports", func(d *Definition) { d.Provider.RedirectPorts = []int{1} }, ""},
		{"login.redirect_path", func(d *Definition) { d.Provider.RedirectPath = "/other" }, ""},
		{"keys.duration", func(d *Definition) { d.Keys.Duration = 7 * time.Hour }, ""},
		{"keys.role_arn", func(d *Definition) { d.Keys.RoleARN = "arn:aws:iam::123456789012:role/other" }, ChangedCredentials},
		{"keys.policy", func(d *Definition) { d.Keys.Policy = "{}" }, ChangedCredentials},
		{"keys.send_access_token", func(d *Definition) { d.Keys.SendAccessToken = !d.Keys.SendAccessToken }, ChangedCredentials},
	}
	keys := []string{"version"}
	before := whole()
	before.Keys.RoleARN = "arn:aws:iam::123456789012:role/lake"
	for _, tt := range table {
		keys = append(keys, tt.key)
		after := before
		tt.change(&after)
		var want []Change
		if tt.want != "" {
			want = []Change{tt.want}
		}
		if got := after.Changes(before); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tt.key, got, want)
		}
		if bytes.Equal(after.Canonical(), before.Canonical()) {
			t.Errorf("%s: the definition is the same", tt.key)
		}
	}
	known := knownKeys(reflect.TypeFor[file](), "")
	slices.Sort(keys)
	slices.Sort(known)
	if !slices.Equal(keys, known) {
		t.Errorf("the table has %q, a file has %q", keys, known)
	}
}

// A role that follows from the region is another one in another region.
func TestChanges_regionOfDerivedRole(t *testing.T) {
	before := whole()
	before.Keys.RoleARN, before.Region = DeriveRoleARN, "eu-1"
	after := before
	after.Region = "eu-2"
	if got := after.Changes(before); !slices.Equal(got, []Change{ChangedServer}) {
		t.Errorf("%q", got)
	}
}

func TestRoleARN_definition(t *testing.T) {
	def := Definition{Provider: Provider{ClientID: "desktop-app"}}
	for role, want := range map[string]string{"": "", " arn:aws:iam::1:role/x": "arn:aws:iam::1:role/x", DeriveRoleARN: "arn:minio:iam:::role/MzwyYPnUWmuwMmJWEAH3df0TaIo"} {
		def.Keys.RoleARN = role
		if got := def.RoleARN(); got != want {
			t.Errorf("%q: %q", role, got)
		}
	}
}

package connection

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/auth/secret"
)

func lake() Definition {
	return Definition{
		Name: "Research lake", Endpoint: "https://minio.example:9000",
		Provider: Provider{Issuer: "https://login.example/realms/x", ClientID: "desktop-app", StaySignedIn: true},
	}
}

// everything is a definition without a default in it.
func everything() Definition {
	d := lake()
	d.STSEndpoint, d.Region, d.CAFile = "https://sts.example", "eu-1", "/srv/ca.pem"
	d.Source = "https://company.example"
	d.Provider = Provider{
		Issuer: d.Provider.Issuer, ClientID: d.Provider.ClientID, ClientSecret: secret.New("hush"), Scopes: []string{"openid", "groups"},
		ACRValues: []string{"mfa"}, MaxAge: 8 * time.Hour, LoginHint: "ada", Prompt: "login",
		ExtraParameters: map[string]string{"display": "page", "claims": "{}"}, RedirectHost: "localhost", RedirectPorts: []int{8400, 8401}, RedirectPath: "/cb",
	}
	d.Keys = KeyRequest{Duration: 12 * time.Hour, RoleARN: "arn:aws:iam::1:role/admin-role", Policy: "{\n \"Version\": \"2012-10-17\"\n}", SendAccessToken: true}
	return d
}

// Every field that is not a default is shown.
func TestRule37_detailsShowEveryChangedField(t *testing.T) {
	shown := map[string][]string{}
	for _, detail := range everything().Details() {
		shown[detail.Field] = append(shown[detail.Field], detail.Value)
		if detail.Label == "" || strings.ContainsAny(detail.Value, "\n\r") {
			t.Errorf("%+v", detail)
		}
	}
	always := []string{"version", "name", "endpoint", "login.issuer", "login.client_id"}
	for _, key := range knownKeys(reflect.TypeFor[file](), "") {
		if !slices.Contains(always, key) && shown[key] == nil {
			t.Errorf("%s is not shown", key)
		}
	}
	if got := shown["login.extra_parameters"]; !slices.Equal(got, []string{"claims = {}", "display = page"}) {
		t.Errorf("%q", got)
	}
	if got := shown["keys.policy"][0]; got != `{"Version":"2012-10-17"}` {
		t.Errorf("%q", got)
	}
	if shown["login.client_secret"][0] != "set" {
		t.Error("the client secret is printed")
	}
	if got := lake().Details(); len(got) != 0 {
		t.Errorf("defaults are shown: %+v", got)
	}
}

// A known provider with another storage server is reported.
func TestRule39_warnsOfKnownProviderForOtherServer(t *testing.T) {
	evil := func(change func(*Definition)) Definition {
		d := lake()
		d.Name, d.Endpoint = "Fast lake", "https://minio.evil.example"
		change(&d)
		return d
	}
	const sentence = "Your ID token for Research lake would be sent to minio.evil.example, which could use it to act as you."
	for name, c := range map[string]struct {
		def  Definition
		says string
	}{
		"another server":         {evil(func(*Definition) {}), sentence},
		"another STS":            {evil(func(d *Definition) { d.Endpoint, d.STSEndpoint = lake().Endpoint, "https://minio.evil.example" }), sentence},
		"a slash at the end":     {evil(func(d *Definition) { d.Provider.Issuer += "/" }), sentence},
		"capital letters":        {evil(func(d *Definition) { d.Provider.Issuer = "https://LOGIN.example/realms/x" }), sentence},
		"the port of https":      {evil(func(d *Definition) { d.Provider.Issuer = "https://login.example:443/realms/x" }), sentence},
		"a discovery URL":        {evil(func(d *Definition) { d.Provider.Issuer += "/.well-known/openid-configuration" }), sentence},
		"another port":           {evil(func(d *Definition) { d.Endpoint = "https://minio.example:9443" }), "sent to minio.example:9443,"},
		"another client":         {evil(func(d *Definition) { d.Provider.ClientID = "other" }), ""},
		"another realm":          {evil(func(d *Definition) { d.Provider.Issuer = "https://login.example/realms/y" }), ""},
		"the same server":        {evil(func(d *Definition) { d.Endpoint = "https://MINIO.example:9000/" }), ""},
		"the same STS, far data": {evil(func(d *Definition) { d.STSEndpoint = lake().Endpoint }), ""},
	} {
		got := c.def.Exposure([]Definition{lake()})
		if c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q", name, got)
		}
	}
	d := evil(func(*Definition) {})
	if got := d.Exposure(nil); got != "" {
		t.Errorf("%q", got)
	}
	archive := lake()
	archive.Name, archive.Endpoint = "Archive", "https://archive.example"
	if got := d.Exposure([]Definition{lake(), archive}); !strings.Contains(got, "for Archive and Research lake would") {
		t.Errorf("%q", got)
	}
	if got := d.Exposure([]Definition{lake(), d}); got != "" {
		t.Errorf("a server that has the token already: %q", got)
	}
	if lake().MovesProvider(lake()) || !d.MovesProvider(lake()) {
		t.Error("whether a change moves the login is wrong")
	}
}

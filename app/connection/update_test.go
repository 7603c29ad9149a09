package connection

import (
	"reflect"
	"testing"

	"daypass/auth/secret"
)

// An update takes over what is published, and nothing that is the user's own.
func TestUpdated_keepsTheUsersOwn(t *testing.T) {
	mine := Definition{
		ID: "lake", Name: "My lake", Endpoint: "https://old.example", Region: "eu-1", Source: "https://company.example",
		Provider: Provider{Issuer: "https://login.example", ClientID: "app", ClientSecret: secret.New("public"), ExtraParameters: map[string]string{"a": "1", "b": "2"}},
	}
	published := Definition{
		Name: "Lake", Endpoint: "https://new.example", STSEndpoint: "https://sts.example", Source: "https://elsewhere.example",
		Provider: Provider{Issuer: "https://login.example", ClientID: "app", ExtraParameters: map[string]string{"a": "1", "b": "3"}},
	}
	now := mine.Updated(published)
	if now.ID != "lake" || now.Name != "My lake" || now.Source != "https://company.example" || !now.Provider.ClientSecret.Equal(mine.Provider.ClientSecret) {
		t.Errorf("%+v", now)
	}
	want := []Difference{
		{"Server address", "https://old.example", "https://new.example"},
		{"STS address", "", "https://sts.example"},
		{"Sign-in parameter", "a = 1; b = 2", "a = 1; b = 3"},
		{"Region", "eu-1", ""},
	}
	if got := now.Differences(mine); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if again := now.Differences(now); len(again) > 0 {
		t.Errorf("without a change: %+v", again)
	}
}

// A client secret does not go to a provider that is published in place of the one that it is for.
func TestRule59_updateKeepsSecretFromOtherProvider(t *testing.T) {
	mine := Definition{ID: "lake", Provider: Provider{Issuer: "https://login.example", ClientID: "app", ClientSecret: secret.New("public")}}
	for _, other := range []Provider{{Issuer: "https://login.evil.example", ClientID: "app"}, {Issuer: "https://login.example", ClientID: "other"}} {
		if now := mine.Updated(Definition{Provider: other}); !now.Provider.ClientSecret.IsZero() {
			t.Errorf("%s %s gets the secret", other.Issuer, other.ClientID)
		}
	}
}

// Where a connection is published is kept in its file, is an address, and no part of what a session depends on.
func TestSource_inFile(t *testing.T) {
	d := Definition{Name: "Lake", Endpoint: "https://s3.example", Source: "https://company.example/", Provider: Provider{Issuer: "https://login.example", ClientID: "app"}}.Normalized()
	read, err := Parse(d.Format())
	if err != nil || read.Source != "https://company.example" {
		t.Errorf("%q, %v", read.Source, err)
	}
	moved := d
	moved.Source = ""
	if !moved.SameService(d) {
		t.Error("a session ends with the address of the publisher")
	}
	d.Source = "http://company.example"
	if d.Validate() == nil {
		t.Error("it may be published over plain http")
	}
}

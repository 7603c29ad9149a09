package connection_test

import (
	"reflect"
	"testing"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/auth/secret"
)

func TestCompleted_keepsWhatIsSaid(t *testing.T) {
	google := connection.Definition{Provider: connection.Provider{Issuer: "https://accounts.google.com"}}
	want := map[string]string{"access_type": "offline", "prompt": "consent"}
	if got := google.Completed().Provider; !reflect.DeepEqual(got.ExtraParameters, want) || len(got.Scopes) == 0 {
		t.Errorf("%+v", got)
	}
	entra := connection.Definition{Provider: connection.Provider{Issuer: "https://login.microsoftonline.com/1a2b/v2.0", Scopes: []string{"openid"}}}
	if got := entra.Completed().Provider; got.RedirectHost != "localhost" || len(got.Scopes) != 1 {
		t.Errorf("%+v", got)
	}
	okta := connection.Definition{Provider: connection.Provider{Issuer: "https://company.okta.com", RedirectPorts: []int{8000}}}
	if got := okta.Completed().Provider; !reflect.DeepEqual(got.RedirectPorts, []int{8000}) {
		t.Errorf("%+v", got)
	}
	other := connection.Definition{Provider: connection.Provider{Issuer: "https://login.example"}}
	if got := other.Completed(); !reflect.DeepEqual(got, other) {
		t.Errorf("%+v", got)
	}
}

func TestMissing_byProduct(t *testing.T) {
	google := connection.Definition{Endpoint: "https://minio.example", Provider: connection.Provider{Issuer: "https://accounts.google.com"}}
	if product, keys := google.Missing(); product != "Google" || !reflect.DeepEqual(keys, []string{"login.client_secret"}) {
		t.Errorf("%s wants %q", product, keys)
	}
	google.Provider.ClientSecret = secret.New("public")
	if product, keys := google.Missing(); product != "" || keys != nil {
		t.Errorf("%s wants %q", product, keys)
	}
	google.Endpoint, google.Region = "https://s3.eu-central-1.amazonaws.com", "eu-central-1"
	if product, keys := google.Missing(); product != "Amazon S3" || !reflect.DeepEqual(keys, []string{"sts_endpoint", "keys.role_arn"}) {
		t.Errorf("%s wants %q", product, keys)
	}
}

// A provider that cannot sign users in is refused by name.
func TestValidate_unusableProvider(t *testing.T) {
	d := connection.Definition{Name: "Lake", Endpoint: "https://minio.example", Provider: connection.Provider{Issuer: "https://github.com", ClientID: "app"}}
	problems := d.FieldErrors()
	if len(problems) != 1 || problems[0].Field != "login.issuer" || problems[0].Reason.ID != "presets.github.note" || !messages.Has(problems[0].Reason.ID) {
		t.Errorf("%+v", problems)
	}
}

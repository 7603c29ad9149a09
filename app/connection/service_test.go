package connection

import (
	"testing"
	"time"

	"daypass/auth/secret"
)

func TestChangesSince_texts(t *testing.T) {
	for want, change := range map[string]func(*Definition){
		"":                                 func(d *Definition) { d.Name, d.ID, d.Endpoint = "Other", "other", d.Endpoint+"/" },
		"the storage server":               func(d *Definition) { d.Endpoint = "https://other.example" },
		"the identity provider":            func(d *Definition) { d.Provider.ClientSecret = secret.New("other") },
		"the credentials that it requests": func(d *Definition) { d.Keys.Duration = time.Hour },
		"the identity provider and the storage server": func(d *Definition) { d.Provider.Issuer, d.Region = "https://other.example", "eu" },
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

package connection

import (
	"testing"
	"time"

	"daypass/auth/secret"
)

func TestChangesSince(t *testing.T) {
	for want, change := range map[string]func(*Definition){
		"":                                 func(d *Definition) { d.Name, d.ID, d.Endpoint = "Other", "other", d.Endpoint+"/" },
		"the storage server":               func(d *Definition) { d.Endpoint = "https://other.example" },
		"the login":                        func(d *Definition) { d.Login.ClientSecret = secret.New("other") },
		"the credentials that it requests": func(d *Definition) { d.Keys.Duration = time.Hour },
		"the login and the storage server": func(d *Definition) { d.Login.Issuer, d.Region = "https://other.example", "eu" },
	} {
		d := whole()
		change(&d)
		if got := d.ChangesSince(whole()); got != want || d.SameService(whole()) != (want == "") {
			t.Errorf("%q, want %q", got, want)
		}
	}
	empty := minimal()
	empty.Login.Scopes, empty.Login.RedirectPorts, empty.Login.ExtraParameters = []string{}, []int{}, map[string]string{}
	if got := empty.ChangesSince(minimal()); got != "" {
		t.Errorf("empty lists: %q", got)
	}
}

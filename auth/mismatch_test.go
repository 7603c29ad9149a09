package auth_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
)

// An issuer that does not match is reported with the one to use.
func TestRule2_mismatchSuggestsIssuer(t *testing.T) {
	const tenant = "9188040d-6c67-4c5b-b112-36a304b66dad"
	for _, c := range []struct{ configured, named, says string }{
		{"https://login.microsoftonline.com/common/v2.0", "https://login.microsoftonline.com/{tenantid}/v2.0", string(auth.ReasonIssuerTemplateEntra)},
		{"https://login.microsoftonline.com/organizations/v2.0", "https://login.microsoftonline.com/{tenantid}/v2.0", "https://login.microsoftonline.com/00000000-"},
		{"https://login.microsoftonline.us/common/v2.0", "https://login.microsoftonline.us/{tenantid}/v2.0", "https://login.microsoftonline.us/00000000-"},
		{"https://login.microsoftonline.com/lab.onmicrosoft.com/v2.0", "https://login.microsoftonline.com/" + tenant + "/v2.0", "/" + tenant + `/v2.0"`},
		{"https://login.microsoftonline.com/" + tenant, "https://sts.windows.net/" + tenant + "/", "https://login.microsoftonline.com/" + tenant + "/v2.0"},
		{"https://login.example/{realm}", "https://login.example/{tenant}", string(auth.ReasonIssuerTemplate)},
		{"https://old.example", "https://new.example", string(auth.ReasonIssuerMismatchUse)},
		{"https://old.example", "x", string(auth.ReasonIssuerMismatch)},
	} {
		issuer := oidctest.NewInMemory(c.configured)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
				return oidctest.Answer(r.URL.Path, 200, "application/json", `{"issuer":"`+c.named+`"}`)(w, r)
			}
		})
		client := newClient(t, auth.Config{Issuer: c.configured, ClientID: "c"}, auth.WithTransport(issuer.Transport()))
		_, err := client.Discover(t.Context())
		var wrong *auth.DiscoveryError
		if !errors.As(err, &wrong) || wrong.Check != "issuer" || !strings.Contains(wrong.Reason.String(), c.says) {
			t.Errorf("%s: %v", c.configured, err)
		}
	}
}

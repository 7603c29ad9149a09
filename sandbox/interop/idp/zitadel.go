package idp

import (
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Zitadel starts the example provider of the library zitadel/oidc. Its issuer ends in a slash, and its tokens name no
// policies.
func Zitadel(tb testing.TB, lifetime time.Duration) *Provider {
	tb.Helper()
	at := newPlace(tb)
	p := &Provider{
		Issuer: at.front.URL + "/", ClientID: clientID, Scopes: []string{"openid", "profile", "email"}, Front: at.front,
		Forms: forms("button.green", "button[type=submit]"),
	}
	p.Forms.Name, p.Forms.Password = "test-user@127.0.0.1", "verysecure" // the example's own
	run(tb, exec.Command(filepath.Join(Bin(tb), "zitadel"), "-listen", at.listen, "-issuer", p.Issuer, "-client", clientID,
		"-lifetime", lifetime.String()), p.Discovery())
	return p
}

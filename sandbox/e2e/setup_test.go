package e2e

import (
	"strings"
	"testing"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// A user who has nothing but addresses and a client ID sets up a connection in the window, with one sign-in: from the
// address of the provider, and from that of the server.
func TestSetUp_fromAddress(t *testing.T) {
	for name, c := range map[string]struct {
		address, found string
		fields         map[string]string
	}{
		"provider": {world.Issuer, "This is Dex.", map[string]string{"endpoint": world.Endpoint}},
		"server":   {strings.TrimPrefix(world.Endpoint, "http://"), "This is an S3 server: MinIO", map[string]string{"login.issuer": world.Issuer}},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, "")
			s.see("Start with an address")
			s.enter("address", c.address)
			s.click("check-address")
			s.see(c.found)
			s.picture("found")
			s.click("probe.continue")
			s.see("Add connection")
			s.picture("form")
			s.enter("name", "Lake")
			for id, text := range c.fields {
				s.enter(id, text)
			}
			s.enter("login.client_id", servers.ClaimClient)
			s.click("form.test")
			s.see("The provider shows its sign-in page")
			s.picture("tested")
			s.click("probe.close")
			s.click("form.save")
			s.signIn(servers.Ada)
			s.active("lake", servers.Ada)
			s.must(s.window.Front(s.ctx))
			s.see("measurements")
		})
	}
}

// enter writes a text into a field in place of what is there.
func (s *scene) enter(id, text string) {
	s.t.Helper()
	s.click(id)
	s.must(s.window.Key(s.ctx, "ctrl+a"))
	s.must(s.window.Type(s.ctx, text))
	s.must(desktop.Until(s.ctx, text+" in "+id, func() bool {
		r, err := s.window.Report()
		return err == nil && r.Has(func(w desktop.Widget) bool { return w.ID == id && w.Text == text })
	}))
}

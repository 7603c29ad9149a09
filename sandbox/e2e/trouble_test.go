package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// panel checks that the window shows an error panel with its three parts, and takes its picture.
func (s *scene) panel(id, code string) {
	s.t.Helper()
	var got desktop.Session
	s.must(desktop.Until(s.ctx, "problem "+code, func() bool {
		now, err := s.Status(s.ctx, id)
		got = now
		return err == nil && now.Problem != nil && now.Problem.Code == code
	}))
	if got.Problem.Title == "" || got.Problem.Detail == "" || got.Problem.NextStep == "" {
		s.t.Fatalf("problem without words: %+v", got.Problem)
	}
	s.must(s.window.Front(s.ctx))
	s.see(got.Problem.Title, got.Problem.Detail, got.Problem.NextStep)
	s.picture(code)
}

// The provider is down and comes back.
func TestSignIn_providerOutage(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.must(world.StopDex())
	defer func() { s.must(world.StartDex(s.ctx)) }()
	s.click("sign-in")
	s.panel("sandbox", "login-unreachable")
	s.must(world.StartDex(s.ctx))
	s.click("sign-in")
	s.see("Waiting for your browser")
	browser, err := s.Browser(s.ctx, "/dex/")
	s.must(err)
	defer browser.Close()
	s.must(browser.SignIn(servers.Ada.Email, servers.Ada.Password))
	s.until("sandbox", "active")
	s.see("measurements")
}

// The server is down, and the session recovers by itself.
func TestSession_serverOutage(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.must(world.StopMinIO())
	defer func() { s.must(world.StartMinIO(s.ctx)) }()
	s.signIn(servers.Ada)
	s.panel("sandbox", "sts-unreachable")
	s.must(world.StartMinIO(s.ctx))
	s.until("sandbox", "active")
	s.see("measurements")
}

// The server stops while a bucket is on screen.
func TestListing_serverOutage(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.signIn(servers.Ada)
	s.see("measurements")
	s.must(world.StopMinIO())
	defer func() { s.must(world.StartMinIO(s.ctx)) }()
	s.openFolder("measurements")
	s.see("There is no connection to")
	s.picture("bucket-unreachable")
	s.must(world.StartMinIO(s.ctx))
	s.click("retry")
	s.see("README.md")
}

// A definition that is wrong in one place each, and what the user is told.
func TestDefinition_wrong(t *testing.T) {
	for name, c := range map[string]struct{ from, to, code string }{
		"issuer with another path": {"/dex\"", "/dexx\"", "login-discovery"},
		"role of another server":   {"[keys]", "[keys]\nrole_arn = \"arn:minio:iam:::role/elsewhere\"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, altered(t, c.from, c.to))
			if c.code == "" { // claim mode ignores a role, whatever it says
				s.signIn(servers.Ada)
				s.until("sandbox", "active")
				return
			}
			s.click("sign-in")
			s.panel("sandbox", c.code)
		})
	}
}

// A client that the provider does not know: Dex says so in the browser only, and the app hears
// nothing, so there must be a way out.
func TestSignIn_cancelUnknownClient(t *testing.T) {
	s := open(t, altered(t, `client_id = "daypass"`, `client_id = "nobody"`))
	s.click("sign-in")
	s.see("Waiting for your browser")
	browser, err := s.Browser(s.ctx, "/dex/")
	s.must(err)
	defer browser.Close()
	s.picture("refused-in-the-browser")
	s.must(s.window.Front(s.ctx))
	s.click("cancel")
	s.until("sandbox", "signed-out")
	s.see("Sign in")
}

// altered is the claim connection with one thing changed.
func altered(t *testing.T, from, to string) string {
	t.Helper()
	data, err := os.ReadFile(world.ClaimConnection)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), from) {
		t.Fatalf("%s does not contain %s", data, from)
	}
	file := filepath.Join(t.TempDir(), "sandbox.daypass")
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), from, to, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

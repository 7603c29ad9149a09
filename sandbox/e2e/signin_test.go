package e2e

import (
	"strings"
	"testing"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// Every user of the sandbox, in both modes of the server, from the button to the buckets or to the
// reason why not.
func TestSignIn_everyUser(t *testing.T) {
	for _, m := range modes() {
		for _, who := range servers.Users() {
			t.Run(m.name+"/"+strings.Split(who.Email, "@")[0], func(t *testing.T) {
				s := open(t, m.file)
				s.see("signed out")
				s.signIn(who)
				if m.name == "role" {
					s.afterRoleSignIn(who)
					return
				}
				s.afterClaimSignIn(who)
			})
		}
	}
}

// In claim mode each user may do what their own policy says.
func (s *scene) afterClaimSignIn(who servers.User) {
	s.t.Helper()
	switch who {
	case servers.Ada:
		s.active("sandbox", who)
		s.see("archive", "empty", "measurements", "pictures")
		s.openFolder("measurements")
		s.see("README.md")
	case servers.Reader:
		s.active("sandbox", who)
		s.see("measurements")
		s.openFolder("measurements")
		s.see("README.md")
	case servers.NoList:
		s.active("sandbox", who)
		s.see("does not allow you to list buckets")
		s.openByName("partner-share")
	case servers.NoPolicy:
		s.refused("sandbox")
	}
}

// In role mode the role's policy is everybody's.
func (s *scene) afterRoleSignIn(who servers.User) {
	s.t.Helper()
	s.active("sandbox-role", who)
	s.see("measurements")
}

func (s *scene) active(id string, who servers.User) {
	s.t.Helper()
	got := s.until(id, "active")
	if got.Identity != who.Email {
		s.t.Fatalf("signed in as %q, want %q", got.Identity, who.Email)
	}
	s.see(who.Email)
}

func (s *scene) openByName(bucket string) {
	s.t.Helper()
	s.typePath("s3://" + bucket + "/")
	s.see(bucket, "for-partners.txt")
}

// typePath goes to a place by the keyboard.
func (s *scene) typePath(path string) {
	s.t.Helper()
	s.pressFor("path", "ctrl+l") // what is there is marked
	s.must(s.window.Type(s.ctx, path))
	s.must(desktop.Until(s.ctx, path+" in the field", func() bool {
		r, err := s.window.Report()
		return err == nil && r.Has(func(w desktop.Widget) bool { return w.ID == "path" && w.Focused && w.Text == path })
	}))
	s.must(s.window.Key(s.ctx, "Return"))
}

func (s *scene) refused(id string) {
	s.t.Helper()
	got := s.until(id, "trouble")
	if got.Problem == nil || got.Problem.Code == "" || !strings.Contains(got.Problem.Detail, "no-such-policy") {
		s.t.Fatalf("problem %+v", got.Problem)
	}
	s.see(got.Problem.Title, got.Problem.Detail, got.Problem.NextStep)
	s.click("sign-in")
	s.see("Waiting for your browser")
	browser, err := s.Browser(s.ctx, "/dex/") // it opens before the window
	s.must(err)
	defer browser.Close()
	s.must(s.window.Front(s.ctx))
	s.click("cancel")
	s.until(id, "signed-out")
}

// The window shows a renewal that happened by itself, and closing it ends nothing.
func TestSession_renewsAndOutlivesWindow(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.signIn(servers.Ada)
	first := s.until("sandbox", "active")
	s.see("Renews in")
	s.must(s.window.Close(s.ctx))
	s.renewed(first.Renewals)
	if out, err := s.Daypass(s.ctx, "logout", "sandbox"); err != nil {
		t.Fatal(out, err)
	}
	s.until("sandbox", "signed-out")
}

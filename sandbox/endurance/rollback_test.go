package endurance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/sandbox/headless"
)

// copyOfState is the folder of the stored sessions as it is now, which putBack puts back as it was.
func (p *user) copyOfState() (putBack func()) {
	p.t.Helper()
	dir := p.t.TempDir()
	p.must(os.CopyFS(dir, os.DirFS(p.Path("state"))))
	return func() {
		p.t.Helper()
		p.must(os.RemoveAll(p.Path("state")))
		p.must(os.CopyFS(p.Path("state"), os.DirFS(dir)))
		p.must(os.Chmod(p.Path("state"), 0o700))
	}
}

// A vault that is rolled back brings no session back.
func TestRule42_rolledBackVault(t *testing.T) {
	t.Parallel()
	p := newUser(t, headless.Options{})
	p.connect("pond", stand.MinIO)
	p.start()
	p.signIn("lake")
	p.signIn("pond")
	p.must(headless.Until(p.ctx, "the sessions to be stored", p.hasFile))
	putBack := p.copyOfState()
	p.must(p.Do(p.ctx, "lake", "sign-out"))
	p.until("lake", "the end of the session", func(s headless.Session) bool { return s.Phase == "signed-out" })
	p.must(p.Stop())
	p.start()
	if s := p.session("pond"); s.Phase != "active" {
		t.Errorf("the session that goes on is %s", s.Phase)
	}
	p.must(p.Stop())

	putBack()
	p.start()
	p.tells("vault-damaged", true)
	for _, id := range []string{"lake", "pond"} {
		if s := p.session(id); s.Phase != "signed-out" {
			t.Errorf("%s is back: %s", id, s.Phase)
		}
	}
	p.signIn("pond")
	p.must(p.Do(p.ctx, "pond", "sign-out"))
	p.until("pond", "the end of the session", func(s headless.Session) bool { return s.Phase == "signed-out" })
	p.must(p.Stop())
	if left, _ := filepath.Glob(p.Path("state", "*")); strings.Contains(strings.Join(left, " "), "damaged") {
		t.Errorf("left behind: %v", left)
	}
}

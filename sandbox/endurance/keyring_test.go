package endurance

import (
	"os"
	"testing"
	"time"

	"daypass/sandbox/headless"
)

// tells waits until the agent says, or no longer says, a problem of no one session.
func (p *user) tells(code string, want bool) {
	p.t.Helper()
	err := headless.Until(p.ctx, code, func() bool {
		all, err := p.Snapshot(p.ctx)
		if err != nil {
			return false
		}
		shown := false
		for _, problem := range all.Problems {
			shown = shown || problem.Code == code && problem.Title != "" && problem.Detail != "" && problem.NextStep != ""
		}
		return shown == want
	})
	p.must(err)
}

func (p *user) hasFile() bool {
	_, err := os.Stat(p.Path("state", "sessions.vault"))
	return err == nil
}

// Without a keyring, sessions are held in memory only.
func TestRule23_noKeyring(t *testing.T) {
	t.Parallel()
	p := newUser(t, headless.Options{NoKeyring: true})
	p.start()
	p.signIn("lake")
	p.tells("keyring-absent", true)
	if s := p.session("lake"); !s.MemoryOnly || p.hasFile() {
		t.Errorf("in memory: %v, a file: %v", s.MemoryOnly, p.hasFile())
	}
	time.Sleep(tooFresh)
	p.must(p.Do(p.ctx, "lake", "renew"))
	p.until("lake", "a renewal", func(s headless.Session) bool { return s.Renewals == 1 && s.Phase == "active" })
	p.open("lake")
	p.must(p.Stop())
	p.start()
	if s := p.session("lake"); s.Phase != "signed-out" {
		t.Errorf("after a restart: %s", s.Phase)
	}
}

// A locked keyring is reported, and so is its unlocking.
func TestRule23_lockedKeyring(t *testing.T) {
	t.Parallel()
	p := newUser(t, headless.Options{})
	p.start()
	p.signIn("lake")
	p.must(p.Stop())
	p.must(p.Keyring.Lock(p.ctx))
	p.start()
	p.tells("keyring-locked", true)
	if s := p.session("lake"); s.Phase != "signed-out" || !p.hasFile() {
		t.Errorf("locked out: %s, a file: %v", s.Phase, p.hasFile())
	}
	p.must(p.Keyring.Unlock(p.ctx))
	p.active("lake")
	p.tells("keyring-locked", false)
	p.open("lake")
	p.opensNoBrowser(1)
}

// A keyring that hangs delays nothing.
func TestRule23_hangingKeyring(t *testing.T) {
	t.Parallel()
	p := newUser(t, headless.Options{})
	p.must(p.Keyring.Freeze())
	t.Cleanup(func() { _ = p.Keyring.Thaw() })
	p.start()
	began := time.Now()
	p.signIn("lake")
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("a sign-in took %v", took)
	}
	p.tells("keyring-silent", true)
	p.open("lake")
	p.must(p.Keyring.Thaw())
	p.tells("keyring-silent", false)
	if s := p.session("lake"); s.MemoryOnly || !p.hasFile() {
		t.Errorf("in memory: %v, a file: %v", s.MemoryOnly, p.hasFile())
	}

	p.must(p.Stop())
	p.must(p.Keyring.Freeze())
	began = time.Now()
	p.start()
	if took := time.Since(began); took > 12*time.Second {
		t.Errorf("the agent answers after %v", took)
	}
	p.tells("keyring-silent", true)
	p.must(p.Keyring.Thaw())
	p.active("lake")
	p.opensNoBrowser(1)
}

func TestRule23_damagedFileIsSetAside(t *testing.T) {
	p := newUser(t, headless.Options{})
	p.start()
	p.signIn("lake")
	p.must(p.Stop())
	p.must(os.Truncate(p.Path("state", "sessions.vault"), 200))
	p.start()
	p.tells("vault-damaged", true)
	if s := p.session("lake"); s.Phase != "signed-out" {
		t.Errorf("restored from a damaged file: %s", s.Phase)
	}
	p.signIn("lake")
	p.must(p.Stop())
	p.start()
	p.open("lake")
}

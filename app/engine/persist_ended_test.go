package engine

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app/session"
	"daypass/app/vault"
)

// rollBack puts an old copy of the vault's file back.
func (h *home) rollBack(old []byte) {
	h.t.Helper()
	if err := os.WriteFile(h.file(), old, 0o600); err != nil {
		h.t.Fatal(err)
	}
}

func (h *home) content() []byte {
	h.t.Helper()
	data, err := os.ReadFile(h.file())
	if err != nil {
		h.t.Fatal(err)
	}
	return data
}

// comesBack reports whether an agent that starts now has a session at the lake.
func (h *home) comesBack() (back bool) {
	h.run(func(b *bench) {
		<-b.Ready()
		synctest.Wait()
		back = b.session("lake").Phase != session.SignedOut
	})
	return back
}

// A vault that was rolled back brings no session back.
func TestRule42_rolledBackVaultRestoresNoSession(t *testing.T) {
	atHome(t, nil, func(h *home) {
		var old []byte
		h.run(func(b *bench) {
			b.signIn()
			old = h.content()
			b.must(b.SignOut(t.Context(), "lake"))
			b.is("lake", session.SignedOut)
		})
		h.rollBack(old)
		if h.comesBack() {
			t.Error("the session is back")
		}
		h.run(func(b *bench) { b.signIn() })
		if !h.comesBack() {
			t.Error("a new session is not stored any more")
		}
	})
}

// A sign-out with a locked keyring still holds after a restart.
func TestRule42_signOutWithLockedKeyringSurvivesRestart(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) { b.signIn() })
		h.r.set(vault.ErrLocked)
		h.run(func(b *bench) {
			<-b.Ready()
			b.signIn() // in memory, while the older session is stored
			b.must(b.SignOut(t.Context(), "lake"))
			b.is("lake", session.SignedOut)
		})
		h.r.set(nil)
		if h.comesBack() {
			t.Error("the session is back")
		}
	})
}

// A key that cannot be changed is reported, and changed later.
func TestRule42_failedKeyChangeIsReportedAndRetried(t *testing.T) {
	atHome(t, nil, func(h *home) {
		var old []byte
		h.run(func(b *bench) {
			b.signIn()
			old = h.content()
			h.r.set(vault.ErrLocked)
			b.must(b.SignOut(t.Context(), "lake"))
			b.is("lake", session.SignedOut)
			p := b.tells("vault-key-not-changed")
			if p == nil || h.hasFile() {
				t.Fatalf("%+v; a file: %v", b.store.current().Problems, h.hasFile())
			}
			wholeWords(t, *p)
			if s := b.signIn(); s.MemoryOnly {
				t.Error("a session that is on disk is said to be in memory alone")
			}
			b.must(b.SignOut(t.Context(), "lake"))
			b.is("lake", session.SignedOut)
			h.rollBack(old)
		})
		if h.comesBack() {
			t.Error("the session is back while the key is the old one")
		}
		h.r.set(nil)
		if h.comesBack() {
			t.Error("the session is back")
		}
		h.run(func(b *bench) {
			<-b.Ready()
			time.Sleep(31 * time.Second)
			if p := b.tells("vault-key-not-changed"); p != nil {
				t.Errorf("still said: %+v", p)
			}
		})
	})
}

// A session that began after the sign-out is kept while the keyring is down.
func TestRule42_newSessionKeptWhileKeyringIsDown(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) {
			b.signIn()
			h.r.set(vault.ErrTimedOut)
			b.must(b.SignOut(t.Context(), "lake"))
			b.is("lake", session.SignedOut)
			time.Sleep(time.Second)
			b.signIn()
		})
		h.r.set(nil)
		if !h.comesBack() {
			t.Error("the new session is taken for the one that ended")
		}
	})
}

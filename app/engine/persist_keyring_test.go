package engine

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/app/session"
	"daypass/app/vault"
)

// Without a keyring sessions are in memory, and this is reported.
func TestRule23_withoutKeyringInMemory(t *testing.T) {
	for _, failure := range []error{vault.ErrAbsent, vault.ErrLocked, vault.ErrTimedOut, errors.New("of no known kind")} {
		t.Run(failure.Error(), func(t *testing.T) {
			atHome(t, nil, func(h *home) {
				h.r.err = failure
				h.run(func(b *bench) {
					if n := len(b.store.current().Problems); n != 0 {
						t.Fatal("a keyring that nobody needs is a problem")
					}
					if s := b.signIn(); !s.MemoryOnly {
						t.Error("the session does not say that it is in memory alone")
					}
					problems := b.store.current().Problems
					if len(problems) != 1 || h.hasFile() {
						t.Fatalf("problems %+v, file %v", problems, h.hasFile())
					}
					wholeWords(t, problems[0])
					time.Sleep(2 * time.Hour) // renewals go on
					if s := b.is("lake", session.Active); s.Renewals == 0 || s.Problem != nil {
						t.Fatalf("%d renewals, %+v", s.Renewals, s.Problem)
					}
					h.r.set(nil) // somebody unlocks it
					time.Sleep(31 * time.Second)
					if s := b.session("lake"); len(b.store.current().Problems) != 0 || !h.hasFile() || s.MemoryOnly {
						t.Fatal("it is not noticed that the keyring is there")
					}
				})
				h.run(func(b *bench) { <-b.Ready(); b.is("lake", session.Active) })
			})
		})
	}
}

// Where the system reports a keyring that appears, nobody looks for one all the time.
func TestKeyring_noticedWhenItAppears(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.r.err, h.r.changes = vault.ErrAbsent, make(chan struct{})
		h.run(func(b *bench) {
			b.signIn()
			time.Sleep(time.Hour)
			if n := h.r.readCount(); n > 10 {
				t.Errorf("looked at %d times within an hour", n)
			}
			h.r.changes <- struct{}{} // it has come, and is not ready
			time.Sleep(time.Second)
			h.r.set(nil)
			time.Sleep(31 * time.Second)
			if len(b.store.current().Problems) != 0 || !h.hasFile() {
				t.Fatal("it is not noticed that the keyring is there")
			}
		})
	})
}

// GNOME Keyring stays locked where somebody asks it while it starts, and a keyring that is started again goes first: none
// is asked soon after the last news, however long it took to come back.
func TestRule23_startingKeyringIsNotAsked(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.r.err, h.r.changes = vault.ErrLocked, make(chan struct{})
		h.run(func(b *bench) {
			b.signIn()
			time.Sleep(29 * time.Second) // it would be looked at again in a second
			before := h.r.readCount()
			for range 3 {
				h.r.changes <- struct{}{}
				time.Sleep(1900 * time.Millisecond)
			}
			if n := h.r.readCount() - before; n != 0 {
				t.Errorf("looked at %d times while it started", n)
			}
			h.r.set(nil)
			time.Sleep(time.Second)
			if len(b.store.current().Problems) != 0 || !h.hasFile() {
				t.Fatal("it is not noticed that the keyring is there")
			}
		})
	})
}

// A keyring that is locked at the start is not taken for an empty one.
func TestRule23_lockedKeyringIsNotEmpty(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) { b.signIn() })
		h.r.err = vault.ErrLocked
		h.run(func(b *bench) {
			<-b.Ready()
			b.is("lake", session.SignedOut)
			if b.tells("keyring-locked") == nil {
				t.Fatal("it is not said")
			}
			h.r.set(nil)
			time.Sleep(31 * time.Second)
			b.is("lake", session.Active)
			if b.tells("keyring-locked") != nil {
				t.Fatal("it is still said")
			}
		})
		if h.w.signIns != 1 {
			t.Fatal("a browser was needed")
		}
	})
}

// A keyring that hangs blocks nothing.
func TestRule23_hangingKeyringBlocksNothing(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.r.hang = make(chan struct{})
		h.run(func(b *bench) {
			b.signIn() // at once
			time.Sleep(time.Minute)
			if b.tells("keyring-silent") == nil {
				t.Fatalf("%+v", b.store.current().Problems)
			}
			close(h.r.hang)
			time.Sleep(31 * time.Second)
			if !h.hasFile() {
				t.Fatal("nothing is stored after all")
			}
		})
	})
}

// A damaged file is reported and set aside.
func TestRule23_damagedFileIsReportedAndSetAside(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) { b.signIn() })
		if err := os.Truncate(h.file(), 100); err != nil {
			t.Fatal(err)
		}
		h.run(func(b *bench) {
			<-b.Ready()
			b.is("lake", session.SignedOut)
			p := b.tells("vault-damaged")
			if p == nil {
				t.Fatal("it is not said")
			}
			wholeWords(t, *p)
			b.signIn()
		})
		h.run(func(b *bench) { <-b.Ready(); b.is("lake", session.Active) })
		if aside, _ := filepath.Glob(h.file() + ".damaged-*"); len(aside) != 1 {
			t.Fatalf("set aside: %v", aside)
		}
	})
}

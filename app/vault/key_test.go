package vault_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/app/vault"
	"daypass/auth/secret"
)

// twoSessions is an open vault with the entries lake and pond, and its file's content.
func twoSessions(t *testing.T, r *ring) (v *vault.Vault, dir string, content []byte) {
	t.Helper()
	dir = t.TempDir()
	v = opened(t, dir, r, "vault")
	must(t, v.Write(map[string]json.RawMessage{"lake": entry(token), "pond": entry("second")}))
	content, err := os.ReadFile(file(dir))
	must(t, err)
	return v, dir, content
}

func endLake(t *testing.T, v *vault.Vault) {
	t.Helper()
	must(t, v.End(map[string]time.Time{"lake": time.Now()}))
	must(t, v.Write(map[string]json.RawMessage{"lake": nil}))
}

// After a sign-out nothing opens an old copy of the file.
func TestRule42_oldCopyCannotBeOpened(t *testing.T) {
	r := newRing()
	v, dir, before := twoSessions(t, r)
	endLake(t, v)
	if !v.KeyChangeDue() {
		t.Fatal("no change of the key is due")
	}
	must(t, v.ChangeKey(t.Context()))
	if v.KeyChangeDue() || len(others(t, dir)) != 0 {
		t.Errorf("still due: %v, left: %v", v.KeyChangeDue(), others(t, dir))
	}
	must(t, v.Write(map[string]json.RawMessage{"creek": entry("third")}))
	must(t, v.Close())
	v = opened(t, dir, r, "vault")
	if got := v.Entries(); len(got) != 2 || got["pond"] == nil || got["creek"] == nil {
		t.Errorf("the rest is %v", got)
	}
	must(t, v.Close())
	must(t, os.WriteFile(file(dir), before, 0o600))
	v = vault.New(dir, r, "vault")
	defer v.Close()
	var damaged *vault.DamagedError
	if err := v.Open(t.Context(), false); !errors.As(err, &damaged) || len(v.Entries()) != 0 {
		t.Errorf("the old copy: %v, %v", err, v.Entries())
	}
}

// An empty vault changes its key, too.
func TestRule42_emptyVaultChangesKey(t *testing.T) {
	r := newRing()
	v, dir, before := twoSessions(t, r)
	must(t, v.End(map[string]time.Time{"lake": time.Now(), "pond": time.Now()}))
	must(t, v.Write(map[string]json.RawMessage{"lake": nil, "pond": nil}))
	must(t, v.ChangeKey(t.Context()))
	must(t, v.Close())
	must(t, os.WriteFile(file(dir), before, 0o600))
	v = vault.New(dir, r, "vault")
	defer v.Close()
	var damaged *vault.DamagedError
	if err := v.Open(t.Context(), false); !errors.As(err, &damaged) {
		t.Errorf("the old copy: %v", err)
	}
}

// copied is a copy of a vault's folder and keyring, as a crash at this moment leaves them.
func copied(t *testing.T, dir string, r *ring) (string, *ring) {
	t.Helper()
	to, ring := t.TempDir(), newRing()
	must(t, os.CopyFS(to, os.DirFS(dir)))
	for account, value := range r.items {
		ring.items[account] = value
	}
	return to, ring
}

// Wherever a change of the key is cut short, the sessions that go on are there, and the change is made up for.
func TestRule42_keyChangeInterruptedAnywhere(t *testing.T) {
	r := newRing()
	v, dir, before := twoSessions(t, r)
	endLake(t, v)
	steps := 0
	r.afterSet = func() {
		steps++
		dir, ring := copied(t, dir, r)
		v := vault.New(dir, ring, "vault")
		must(t, v.Open(t.Context(), false))
		if got := v.Entries(); len(got) != 1 || got["pond"] == nil {
			t.Errorf("step %d: %v", steps, got)
		}
		if _, noted := v.Ended()["lake"]; !noted || !v.KeyChangeDue() {
			t.Errorf("step %d: the end of the session is forgotten", steps)
		}
		must(t, v.ChangeKey(t.Context()))
		must(t, v.Close())
		if got := opened(t, dir, ring, "vault").Entries(); len(got) != 1 {
			t.Errorf("step %d: after the change %v", steps, got)
		}
		rolledBackIsRefused(t, before, ring)
	}
	must(t, v.ChangeKey(t.Context()))
	if steps != 2 {
		t.Errorf("%d steps", steps)
	}
}

func rolledBackIsRefused(t *testing.T, before []byte, r *ring) {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(file(dir), before, 0o600))
	v := vault.New(dir, r, "vault")
	defer v.Close()
	var damaged *vault.DamagedError
	if err := v.Open(t.Context(), false); !errors.As(err, &damaged) {
		t.Errorf("the old copy: %v", err)
	}
}

// While the keyring is down, the change of the key stays due.
func TestRule42_keyChangeStaysDueWithoutKeyring(t *testing.T) {
	r := newRing()
	v, dir, before := twoSessions(t, r)
	r.err = vault.ErrLocked
	endLake(t, v)
	if err := v.ChangeKey(t.Context()); !errors.Is(err, vault.ErrKeyNotChanged) || !errors.Is(err, vault.ErrLocked) {
		t.Fatal(err)
	}
	must(t, v.Close())
	r.err = nil
	must(t, os.WriteFile(file(dir), before, 0o600)) // and the file is rolled back besides
	v = opened(t, dir, r, "vault")
	if ended := v.Ended(); len(ended) != 1 || ended["lake"].IsZero() || !v.KeyChangeDue() {
		t.Errorf("ended %v, due %v", ended, v.KeyChangeDue())
	}
	must(t, v.Write(map[string]json.RawMessage{"lake": nil}))
	must(t, v.ChangeKey(t.Context()))
	if v.KeyChangeDue() || len(v.Ended()) != 0 {
		t.Error("the change is not made up for")
	}
	rolledBackIsRefused(t, before, r)
}

// A session that ends during a change of the key makes another change due.
func TestRule42_endDuringKeyChangeNeedsAnother(t *testing.T) {
	r := newRing()
	v, _, _ := twoSessions(t, r)
	endLake(t, v)
	r.afterSet = func() {
		r.afterSet = nil
		must(t, v.End(map[string]time.Time{"pond": time.Now()}))
	}
	must(t, v.ChangeKey(t.Context()))
	if _, noted := v.Ended()["pond"]; !noted || !v.KeyChangeDue() {
		t.Error("the later end is taken for covered")
	}
}

// Files that were set aside do not outlive a sign-out.
func TestRule42_signOutRemovesFilesSetAside(t *testing.T) {
	r := newRing()
	v, dir, _ := twoSessions(t, r)
	aside := filepath.Join(dir, "sessions.vault.damaged-20260101-000000")
	must(t, os.WriteFile(aside, []byte("damaged"), 0o600))
	endLake(t, v)
	for _, name := range others(t, dir) {
		if strings.Contains(name, "damaged") {
			t.Errorf("%s is still there", name)
		}
	}
}

// Nothing is noted where nothing is stored.
func TestRule42_nothingNotedWhenNothingStored(t *testing.T) {
	dir := t.TempDir()
	v := vault.New(dir, newRing(), "vault")
	must(t, v.End(map[string]time.Time{"lake": time.Now()}))
	if remaining := others(t, dir); len(remaining) != 0 || v.KeyChangeDue() {
		t.Errorf("left: %v", remaining)
	}
}

// A note that cannot be read still has the key changed.
func TestRule42_unreadableNoteStillChangesKey(t *testing.T) {
	r := newRing()
	v, dir, _ := twoSessions(t, r)
	must(t, v.Close())
	must(t, os.WriteFile(filepath.Join(dir, "sessions.ended"), []byte("{"), 0o600))
	v = opened(t, dir, r, "vault")
	if len(v.Ended()) != 0 || !v.KeyChangeDue() || len(v.Entries()) != 2 {
		t.Errorf("%v %v %v", v.Ended(), v.KeyChangeDue(), v.Entries())
	}
}

// A malformed key is not used.
func TestRule23_refusesMalformedKey(t *testing.T) {
	r := newRing()
	v, dir, _ := twoSessions(t, r)
	must(t, v.Close())
	good := r.items["vault"].Reveal()
	for _, value := range []string{"", " ", "x", good + " x", good + " " + good + " " + good} {
		r.items["vault"] = secret.New(value)
		v := vault.New(dir, r, "vault")
		if err := v.Open(t.Context(), true); err == nil {
			t.Errorf("%q is a key", value)
		}
		must(t, v.Close())
	}
}

package vault_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"daypass/app/vault"
	"daypass/auth/secret"
)

// ring is a keyring in memory that fails when it is told to.
type ring struct {
	mu    sync.Mutex
	items map[string]secret.Secret
	err   error
	reads int
	// afterSet is called after each Set that succeeded.
	afterSet func()
}

func newRing() *ring { return &ring{items: map[string]secret.Secret{}} }

func (r *ring) Probe(context.Context) error { return r.err }

func (r *ring) Changes(context.Context) <-chan struct{} { return nil }

func (r *ring) Get(_ context.Context, account string) (secret.Secret, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reads++
	if r.err != nil {
		return secret.Secret{}, r.err
	}
	value, there := r.items[account]
	if !there {
		return secret.Secret{}, vault.ErrNotFound
	}
	return value, nil
}

func (r *ring) Set(_ context.Context, account string, value secret.Secret) error {
	if r.err != nil {
		return r.err
	}
	r.mu.Lock()
	r.items[account] = value
	r.mu.Unlock()
	if r.afterSet != nil {
		r.afterSet()
	}
	return nil
}

const token = "refresh-token-of-ada"

func entry(text string) json.RawMessage { b, _ := json.Marshal(text); return b }

// filled is a vault with one entry, closed again.
func filled(t *testing.T, r *ring, account string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	v := opened(t, dir, r, account)
	must(t, v.Write(map[string]json.RawMessage{"lake": entry(token)}))
	must(t, v.Close())
	return dir
}

func opened(t *testing.T, dir string, r *ring, account string) *vault.Vault {
	t.Helper()
	v := vault.New(dir, r, account)
	must(t, v.Open(t.Context(), true))
	t.Cleanup(func() { _ = v.Close() })
	return v
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func file(dir string) string { return filepath.Join(dir, "sessions.vault") }

// others are the names in the folder besides the vault's and its lock's.
func others(t *testing.T, dir string) []string {
	t.Helper()
	all, err := os.ReadDir(dir)
	must(t, err)
	var names []string
	for _, e := range all {
		if e.Name() != "sessions.vault" && e.Name() != "sessions.lock" {
			names = append(names, e.Name())
		}
	}
	return names
}

// What is stored is read back, and nobody else can read it.
func TestRule23_entriesAreSealedAndReadBack(t *testing.T) {
	r := newRing()
	dir := filled(t, r, "vault")
	data, err := os.ReadFile(file(dir))
	must(t, err)
	if strings.Contains(string(data), token) || strings.Contains(string(data), "lake") {
		t.Error("the file can be read without a key")
	}
	for _, path := range []string{file(dir), filepath.Join(dir, "sessions.lock")} {
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(path), info.Mode())
		}
	}
	v := opened(t, dir, r, "vault")
	if got := v.Entries(); len(got) != 1 || string(got["lake"]) != string(entry(token)) {
		t.Errorf("got %s", got)
	}
	if remaining := others(t, dir); len(remaining) != 0 {
		t.Errorf("left behind: %v", remaining)
	}
}

// No nonce is used twice.
func TestRule23_noNonceIsUsedTwice(t *testing.T) {
	r, dir, seen := newRing(), t.TempDir(), map[string]bool{}
	v := opened(t, dir, r, "vault")
	for range 100 {
		must(t, v.Write(map[string]json.RawMessage{"lake": entry(token)}))
		data, err := os.ReadFile(file(dir))
		must(t, err)
		nonce := string(data[15 : 15+24])
		if seen[nonce] {
			t.Fatal("a nonce was used twice")
		}
		seen[nonce] = true
	}
}

// Every way of damaging the file ends with it set aside, whole, under another name, and reported.
func TestRule23_damagedFileIsSetAside(t *testing.T) {
	r := newRing()
	dir := filled(t, r, "vault")
	good, err := os.ReadFile(file(dir))
	must(t, err)
	damages := map[string][]byte{"empty": {}, "something else": []byte("<html>not a vault</html>"), "longer": append(append([]byte{}, good...), 0)}
	for n := 0; n < len(good); n += 1 + n/20 { // every byte of the header, and fewer of the rest
		changed := append([]byte{}, good...)
		changed[n] ^= 1
		if n == 14 {
			changed[n] = 0 // the version: a higher one is a newer Daypass's
		}
		damages["changed at "+string(rune('0'+n%10))+"/"+itoa(n)] = changed
		damages["cut at "+itoa(n)] = good[:n]
	}
	for name, damaged := range damages {
		dir := t.TempDir()
		must(t, os.WriteFile(file(dir), damaged, 0o600))
		v := vault.New(dir, r, "vault")
		err := v.Open(t.Context(), false)
		var e *vault.DamagedError
		if !errors.As(err, &e) || e.Reason == "" {
			t.Fatalf("%s: %v", name, err)
		}
		kept, err := os.ReadFile(e.Aside)
		if err != nil || string(kept) != string(damaged) || len(others(t, dir)) != 1 {
			t.Fatalf("%s: set aside as %d bytes, %v", name, len(kept), err)
		}
		must(t, v.Write(map[string]json.RawMessage{"lake": entry("new")}))
		must(t, v.Close())
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

// A file from elsewhere is refused.
func TestRule23_refusesFileFromElsewhere(t *testing.T) {
	r, other := newRing(), newRing()
	mine, ofAnotherKey := filled(t, r, "vault"), filled(t, other, "vault")
	r.items["elsewhere"] = r.items["vault"] // the same key, another name
	ofAnotherName := filled(t, r, "elsewhere")
	for name, from := range map[string]string{"another key": ofAnotherKey, "another name": ofAnotherName} {
		data, err := os.ReadFile(file(from))
		must(t, err)
		must(t, os.WriteFile(file(mine), data, 0o600))
		v := vault.New(mine, r, "vault")
		var e *vault.DamagedError
		if err := v.Open(t.Context(), false); !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
		must(t, v.Close())
	}
	if n := len(others(t, mine)); n != 1 {
		t.Errorf("%d files set aside, not the latest alone", n)
	}
}

// A keyring that cannot be read is not taken for an empty one.
func TestRule23_unreadableKeyringIsNotEmpty(t *testing.T) {
	for _, failure := range []error{vault.ErrLocked, vault.ErrAbsent, vault.ErrTimedOut, errors.New("something else")} {
		r := newRing()
		dir := filled(t, r, "vault")
		before, err := os.ReadFile(file(dir))
		must(t, err)
		r.err = failure
		for _, create := range []bool{false, true} {
			v := vault.New(dir, r, "vault")
			if err := v.Open(t.Context(), create); !errors.Is(err, failure) {
				t.Fatalf("%v became %v", failure, err)
			}
			if err := v.Write(map[string]json.RawMessage{"lake": entry("x")}); !errors.Is(err, vault.ErrClosed) {
				t.Fatalf("written without a key: %v", err)
			}
			must(t, v.Close())
		}
		after, err := os.ReadFile(file(dir))
		if err != nil || string(after) != string(before) || len(others(t, dir)) != 0 {
			t.Fatalf("%v: the file was touched", failure)
		}
		r.err = nil
		if got := opened(t, dir, r, "vault").Entries(); len(got) != 1 {
			t.Fatalf("after %v: %d entries", failure, len(got))
		}
	}
}

// After the loss of its key the file stays until something new is stored.
func TestRule23_lostKeyKeepsFileUntilWrite(t *testing.T) {
	r := newRing()
	dir := filled(t, r, "vault")
	kept := maps.Clone(r.items)
	clear(r.items)
	v := vault.New(dir, r, "vault")
	if err := v.Open(t.Context(), false); !errors.Is(err, vault.ErrKeyLost) || len(others(t, dir)) != 0 {
		t.Fatalf("%v, %v", err, others(t, dir))
	}
	must(t, v.Close())
	r.items = kept // the keyring has come back
	if n := len(opened(t, dir, r, "vault").Entries()); n != 1 {
		t.Fatalf("%d entries", n)
	}
	dir = filled(t, newRing(), "vault")
	v = vault.New(dir, newRing(), "vault")
	var e *vault.DamagedError
	if err := v.Open(t.Context(), true); !errors.As(err, &e) || len(others(t, dir)) != 1 {
		t.Fatalf("%v, %v", err, others(t, dir))
	}
	must(t, v.Close())
}

// A file of a newer version is left alone.
func TestRule23_newerFileIsLeftAlone(t *testing.T) {
	r := newRing()
	dir := filled(t, r, "vault")
	data, err := os.ReadFile(file(dir))
	must(t, err)
	data[14] = 2
	must(t, os.WriteFile(file(dir), data, 0o600))
	v := vault.New(dir, r, "vault")
	defer v.Close()
	if err := v.Open(t.Context(), true); !errors.Is(err, vault.ErrNewer) || len(others(t, dir)) != 0 {
		t.Fatalf("%v, %v", err, others(t, dir))
	}
}

// One program at a time has the vault open.
func TestRule24_oneProgramAtATime(t *testing.T) {
	r, dir := newRing(), t.TempDir()
	first := opened(t, dir, r, "vault")
	second := vault.New(dir, r, "vault")
	if err := second.Open(t.Context(), true); !errors.Is(err, vault.ErrInUse) {
		t.Fatal(err)
	}
	must(t, first.Close())
	must(t, second.Open(t.Context(), true))
	must(t, second.Close())
}

// A write that fails keeps the old file, and is made up for.
func TestRule24_failedWriteKeepsOldFile(t *testing.T) {
	r := newRing()
	dir := filled(t, r, "vault")
	v := opened(t, dir, r, "vault")
	good, err := os.ReadFile(file(dir))
	must(t, err)
	must(t, os.Remove(file(dir)))
	must(t, os.MkdirAll(filepath.Join(file(dir), "in the way"), 0o700))
	if err := v.Write(map[string]json.RawMessage{"pond": entry("second")}); err == nil {
		t.Fatal("a write over a folder succeeded")
	}
	if remaining := others(t, dir); len(remaining) != 0 {
		t.Errorf("left behind: %v", remaining)
	}
	must(t, os.RemoveAll(file(dir)))
	must(t, os.WriteFile(file(dir), good, 0o600))
	must(t, v.Write(nil))
	must(t, v.Close())
	if n := len(opened(t, dir, r, "vault").Entries()); n != 2 {
		t.Errorf("%d entries", n)
	}
}

// An empty vault leaves no file.
func TestRule33_emptyVaultLeavesNoFile(t *testing.T) {
	r := newRing()
	dir := filled(t, r, "vault")
	must(t, os.WriteFile(filepath.Join(dir, ".sessions.vault.12345.tmp"), []byte("left over"), 0o600))
	v := opened(t, dir, r, "vault")
	must(t, v.Write(map[string]json.RawMessage{"lake": nil}))
	if there, err := v.Exists(); there || err != nil || len(others(t, dir)) != 0 {
		t.Errorf("there: %v, %v, %v", there, err, others(t, dir))
	}
	must(t, v.Write(map[string]json.RawMessage{"lake": entry(token)}))
	if there, _ := v.Exists(); !there {
		t.Error("nothing is stored any more")
	}
}

// The keyring is read once.
func TestOpen_readsKeyringOnce(t *testing.T) {
	r := newRing()
	dir := filled(t, r, "vault")
	r.reads = 0
	v := opened(t, dir, r, "vault")
	must(t, v.Open(t.Context(), true))
	for range 10 {
		must(t, v.Write(map[string]json.RawMessage{"lake": entry(token)}))
	}
	if r.reads != 1 {
		t.Errorf("asked %d times", r.reads)
	}
}

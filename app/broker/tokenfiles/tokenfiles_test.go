package tokenfiles

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/auth/secret"
)

// A token is a file for as long as its client is listed.
func TestFolder_tokenFileLastsAsLongAsClient(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "grants")
	g, err := New(dir, secret.New("hush"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(g.TokenFile())
	if err != nil || string(text) != "hush" {
		t.Errorf("%q %v", text, err)
	}
	for path, want := range map[string]os.FileMode{g.TokenFile(): 0o600, g.dir: 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
	g.Close()
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left: %v", entries)
	}
}

// Only what no program holds is swept.
func TestSweep_keepsFilesInUse(t *testing.T) {
	dir := t.TempDir()
	running, err := New(dir, secret.New("hush"))
	if err != nil {
		t.Fatal(err)
	}
	defer running.Close()
	killed := filepath.Join(dir, "killed")
	if err := os.Mkdir(killed, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(killed, tokenName), []byte("hush"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Sweep(dir, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(killed); err != nil {
		t.Errorf("one that may just be made was swept: %v", err)
	}
	if err := Sweep(dir, time.Now().Add(2*minAge)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(killed); !os.IsNotExist(err) {
		t.Errorf("not swept: %v", err)
	}
	if _, err := os.Stat(running.TokenFile()); err != nil {
		t.Errorf("a running program's was swept: %v", err)
	}
	if err := Sweep(filepath.Join(dir, "none"), time.Now()); err != nil {
		t.Errorf("%v", err)
	}
}

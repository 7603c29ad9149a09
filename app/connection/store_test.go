package connection

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// The store returns what was saved.
func TestStore_roundTrip(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "connections")
	s := Open(dir)
	if defs, errs := s.Load(); len(defs) != 0 || len(errs) != 0 {
		t.Fatalf("a missing folder: %v %v", defs, errs)
	}
	id, err := s.Save(whole())
	if err != nil || id != "research-lake-n" {
		t.Fatalf("Save: %q %v", id, err)
	}
	want := whole().Shared()
	want.ID = id
	if got, err := s.Get(id); err != nil || !same(got, want) {
		t.Errorf("Get: %+v %v", got, err)
	}
	want.Name = "Another name"
	if again, err := s.Save(want); err != nil || again != id {
		t.Errorf("saved anew as %q: %v", again, err)
	}
	if defs, errs := s.Load(); len(defs) != 1 || len(errs) != 0 || !same(defs[0], want) {
		t.Errorf("Load: %+v %v", defs, errs)
	}
	checkMode(t, dir, fs.ModeDir|0o700)
	checkMode(t, filepath.Join(dir, id+Extension), 0o600)
	if err := s.Remove(id); err != nil {
		t.Error(err)
	}
	if _, err := s.Get(id); !errors.Is(err, ErrNotFound) {
		t.Errorf("after Remove: %v", err)
	}
	if err := s.Remove(id); !errors.Is(err, ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
}

func checkMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil || info.Mode() != want {
		t.Errorf("%s: mode %v (%v), want %v", path, info.Mode(), err, want)
	}
}

// A broken file hides no other.
func TestLoad_brokenFileHidesNoOther(t *testing.T) {
	dir := t.TempDir()
	put := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("good.daypass", string(minimal().Format()))
	put("broken.daypass", "version = ")
	put("wrong.daypass", "version = 1\nname = 'x'")
	put("aux.daypass", string(minimal().Format()))
	put(".hidden.daypass", "version = ")
	put("notes.txt", "nothing of ours")
	if err := os.Mkdir(filepath.Join(dir, "folder.daypass"), 0o700); err != nil {
		t.Fatal(err)
	}
	defs, errs := Open(dir).Load()
	if len(defs) != 1 || defs[0].ID != "good" {
		t.Errorf("definitions: %+v", defs)
	}
	var files []string
	for _, err := range errs {
		var fe *FileError
		if !errors.As(err, &fe) {
			t.Fatalf("%v is no FileError", err)
		}
		files = append(files, fe.File)
	}
	if got := strings.Join(files, " "); got != "aux.daypass broken.daypass wrong.daypass" {
		t.Errorf("errors: %v", errs)
	}
}

// Load reads the folder as it is now.
func TestLoad_readsFolderEachTime(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	if defs, _ := s.Load(); len(defs) != 0 {
		t.Fatal(defs)
	}
	if err := os.WriteFile(filepath.Join(dir, "Sent by Ada.daypass"), minimal().Format(), 0o600); err != nil {
		t.Fatal(err)
	}
	if defs, errs := s.Load(); len(defs) != 1 || defs[0].ID != "Sent by Ada" {
		t.Errorf("%v %v", defs, errs)
	}
}

// Hostile names stay in the folder.
func TestSave_hostileNamesStayInFolder(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "connections")
	s := Open(dir)
	names := []string{
		"../../.bashrc", "/etc/passwd", `C:\Windows\x`, "CON", "con.txt", "nul", "COM1", "..", ".", ". .", "-rf", "a/b", "研究",
		strings.Repeat("x", 80), "name:stream", "lpt¹", "~", "$(id)", "%2e%2e%2f",
	}
	for _, name := range names {
		d := minimal()
		d.Name = name
		id, err := s.Save(d)
		if err != nil || !ValidID(id) {
			t.Errorf("%q: %q %v", name, id, err)
			continue
		}
		if got, err := s.Get(id); err != nil || got.Name != name {
			t.Errorf("%q came back as %q (%v)", name, got.Name, err)
		}
	}
	inside, _ := os.ReadDir(dir)
	outside, _ := os.ReadDir(parent)
	if len(inside) != len(names) || len(outside) != 1 {
		t.Errorf("%d files inside for %d names, %d entries outside", len(inside), len(names), len(outside))
	}
}

// The IDs of callers cannot lead out of the folder.
func TestStore_refusesIDsOutsideFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "connections")
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "out.daypass"), minimal().Format(), 0o600); err != nil {
		t.Fatal(err)
	}
	s := Open(dir)
	for _, id := range []string{"../out", "..", ".", "", "a/b", `a\b`, "a\x00b", "aux", "NUL.x", "a ", "a.", strings.Repeat("a", 101)} {
		d := minimal()
		d.ID = id
		if _, err := s.Get(id); !errors.Is(err, ErrNotFound) {
			t.Errorf("Get(%q): %v", id, err)
		}
		if err := s.Remove(id); !errors.Is(err, ErrNotFound) {
			t.Errorf("Remove(%q): %v", id, err)
		}
		if _, err := s.Save(d); id != "" && !errors.Is(err, ErrNotFound) {
			t.Errorf("Save(%q): %v", id, err)
		}
	}
}

// Names that are alike get their own IDs.
func TestSave_similarNamesGetDistinctIDs(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	if err := os.WriteFile(filepath.Join(dir, "LAKE.daypass"), minimal().Format(), 0o600); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	ids := make([]string, 8)
	for i := range ids {
		d := minimal()
		d.Name += " " + strings.Repeat("!", i+1) // which no ID has
		wg.Go(func() { ids[i], _ = s.Save(d) })
	}
	wg.Wait()
	seen := map[string]bool{"": true, "lake": true}
	for _, id := range ids {
		if seen[id] {
			t.Errorf("%q twice or empty: %v", id, ids)
		}
		seen[id] = true
	}
}

// A save that fails leaves the old file.
func TestSave_failureKeepsOldFile(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	d := minimal()
	d.ID = "lake"
	if _, err := s.Save(d); err != nil {
		t.Fatal(err)
	}
	bad := d
	bad.Provider.Issuer = "http://login.example"
	var fe *FieldError
	if _, err := s.Save(bad); !errors.As(err, &fe) || fe.Field != "login.issuer" {
		t.Errorf("got %v", err)
	}
	// A folder in place of the file makes the rename fail.
	if err := os.MkdirAll(filepath.Join(dir, "taken.daypass", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.ID = "taken"
	if _, err := s.Save(d); err == nil {
		t.Error("saved over a folder")
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 2 {
		t.Errorf("leftovers: %v", entries)
	}
	if got, err := s.Get("lake"); err != nil || got.Provider.Issuer != "https://login.example" {
		t.Errorf("%+v %v", got, err)
	}
}

// A file that is too large is not read.
func TestReadFile_isBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big.daypass")
	if err := os.WriteFile(path, []byte(strings.Repeat("#\n", MaxFileSize)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFile(path); err == nil || !strings.Contains(err.Error(), "64 KiB") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadFile(os.DevNull); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a device: %v", err)
	}
	if _, err := ReadFile(path + "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestConfigDir_variable(t *testing.T) {
	t.Setenv(ConfigDirVariable, "/somewhere/else/")
	if dir, err := Dir(); err != nil || dir != filepath.FromSlash("/somewhere/else/connections") {
		t.Errorf("%q %v", dir, err)
	}
	t.Setenv(ConfigDirVariable, "relative")
	if _, err := Dir(); err == nil {
		t.Error("a relative folder was taken")
	}
	t.Setenv(ConfigDirVariable, "")
	t.Setenv("XDG_CONFIG_HOME", "/home/ada/.config")
	t.Setenv("HOME", "/home/ada")
	user, _ := os.UserConfigDir()
	if dir, err := ConfigDir(); err != nil || dir != filepath.Join(user, "daypass") {
		t.Errorf("%q %v", dir, err)
	}
}

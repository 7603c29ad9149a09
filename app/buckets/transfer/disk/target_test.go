package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func contentOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Each way of giving a file its name keeps what is there.
func TestRule34_placingOverwritesNothing(t *testing.T) {
	ways := map[string]func(f *Folder, temp, name string) error{
		"place":   func(f *Folder, temp, name string) error { return f.Commit(temp, name, false) },
		"reserve": (*Folder).reserve,
	}
	for way, place := range ways {
		dir := t.TempDir()
		target, err := OpenTarget(dir)
		if err != nil {
			t.Fatal(err)
		}
		f, err := target.Folder("a/b")
		if err != nil {
			t.Fatal(err)
		}
		write := func(name, text string) {
			if err := os.WriteFile(filepath.Join(dir, "a/b", name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		write("temp", "new")
		write("there", "old")
		if err := place(f, "temp", "there"); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", way, err)
		}
		if got := contentOf(t, filepath.Join(dir, "a/b/there")); got != "old" {
			t.Errorf("%s: %q", way, got)
		}
		if err := place(f, "temp", "free"); err != nil {
			t.Errorf("%s: %v", way, err)
		}
		if got := contentOf(t, filepath.Join(dir, "a/b/free")); got != "new" {
			t.Errorf("%s: %q", way, got)
		}
		if _, err := f.Lstat("temp"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: the temporary file is still there: %v", way, err)
		}
		f.Leave()
		target.Close()
		if len(target.open) != 0 {
			t.Errorf("%s: folders are open: %v", way, target.open)
		}
	}
}

func TestNumbered_names(t *testing.T) {
	for name, want := range map[string]string{"a.txt": "a (2).txt", ".bashrc": ".bashrc (2)", "a": "a (2)", "x.tar.gz": "x.tar (2).gz"} {
		if got := Numbered(name, 2); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

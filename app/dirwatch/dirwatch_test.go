package dirwatch_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/app/dirwatch"
)

// timeout is how long a test waits for what must happen.
const timeout = 20 * time.Second

func told(t *testing.T, c <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-c:
	case <-time.After(timeout):
		t.Fatalf("not told: %s", what)
	}
}

// A folder is followed from before it exists.
func TestFollow_folderThatDoesNotExistYet(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "config", "connections")
	changes := dirwatch.Follow(t.Context(), dir)
	told(t, changes, "the beginning")
	for range 2 {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		told(t, changes, "the folder")
		if err := os.RemoveAll(filepath.Join(top, "config")); err != nil {
			t.Fatal(err)
		}
		told(t, changes, "the end of the folder")
	}
}

// Every kind of change is reported.
func TestWatcher_reportsEveryKindOfChange(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "lake.daypass")
	w := dirwatch.New()
	defer w.Close()
	if !w.Watch(dir) {
		t.Skip("this system tells of no changes")
	}
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"a new file", func() error { return os.WriteFile(file, []byte("x"), 0o600) }},
		{"a write", func() error { return os.WriteFile(file, []byte("xy"), 0o600) }},
		{"a rename", func() error { return os.Rename(file, file+"2") }},
		{"a removal", func() error { return os.Remove(file + "2") }},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		told(t, w.C, step.what)
	}
}

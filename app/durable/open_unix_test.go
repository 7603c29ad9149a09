//go:build unix

package durable

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What is not a regular file is refused without a wait.
func TestReadFile_refusesIrregularFiles(t *testing.T) {
	dir := t.TempDir()
	pipe, link := filepath.Join(dir, "pipe"), filepath.Join(dir, "link")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink(pipe, link)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, link, dir, os.DevNull} {
		if _, err := ReadFile(path, 10); !errors.Is(err, ErrNotRegular) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s is read: %v", path, err)
		}
		if _, err := OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); !errors.Is(err, ErrNotRegular) {
			t.Errorf("%s is opened for writing: %v", path, err)
		}
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("ten bytes."), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := ReadFile(file, 10); err != nil || string(text) != "ten bytes." {
		t.Errorf("%q %v", text, err)
	}
	if _, err := ReadFile(file, 9); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v", err)
	}
	if _, err := ReadFile(filepath.Join(dir, "none"), 9); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

//go:build unix

package files

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"daypass/app/durable"
)

// Another user can lock any folder that they may read.
func TestRule30_editsFolderLockedByOtherUser(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	d, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := syscall.Flock(int(d.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if err := Edit(filepath.Join(dir, "config"), Options{}, add("a")); err != nil || content(t, filepath.Join(dir, "config")) != "a\n" {
		t.Errorf("%v", err)
	}
}

// A named pipe is not waited for.
func TestRule30_namedPipeIsNotWaitedFor(t *testing.T) {
	dir := t.TempDir()
	pipe, link := filepath.Join(dir, "pipe"), filepath.Join(dir, "link")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink("pipe", link)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, link, dir} {
		if _, err := Read(path); !errors.Is(err, durable.ErrNotRegular) {
			t.Errorf("%s: %v", path, err)
		}
		if err := Edit(path, Options{}, add("a")); !errors.Is(err, durable.ErrNotRegular) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// The lock is for its owner alone.
func TestLock_ownerOnly(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache) // macOS has its folder there
	unlock, err := lock()
	if err != nil {
		t.Fatal(err)
	}
	base, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(base, "daypass", "files.lock")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if got, err := flock.New(path).TryLock(); got || err != nil {
		t.Errorf("taken twice: %t %v", got, err)
	}
	unlock()
}

// A file system that does not answer is given up.
func TestWithin_givesUpHungFileSystem(t *testing.T) {
	hangs := make(chan struct{})
	defer close(hangs)
	_, err := within("/net/config", time.Millisecond, func() ([]byte, error) { <-hangs; return nil, nil })
	if !errors.Is(err, ErrTimeout) {
		t.Errorf("%v", err)
	}
}

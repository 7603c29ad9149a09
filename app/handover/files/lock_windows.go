package files

import (
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lock keeps other writers of Daypass's own kind out, and waits for them. Folders cannot be locked
// here, so one file among Daypass's own stands for all of them.
func lock(string) (unlock func(), err error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, "daypass")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	l := flock.New(filepath.Join(dir, "files.lock"))
	if err := l.Lock(); err != nil {
		return nil, err
	}
	return func() { _ = l.Close() }, nil
}

package files

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	// lockTimeout is how long another Daypass process may take to change a file.
	lockTimeout = 5 * time.Second
	// lockPoll is how often the lock is tried.
	lockPoll = 5 * time.Millisecond
	// fileTimeout is how long the file system may take for all of a call.
	fileTimeout = 10 * time.Second
)

var (
	// ErrLocked means that another Daypass process changes files and does not finish.
	ErrLocked = errors.New("another Daypass process is changing files of other tools and does not finish")
	// ErrTimeout means that the file system does not answer, as that of a server that is down.
	ErrTimeout = errors.New("the file system is not responding")
)

// lock keeps other processes of Daypass out, for a while at most. It is a file among Daypass's own, for
// which no other user can get at it: a folder that others may read could be locked by anyone.
func lock() (unlock func(), err error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, "daypass")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockTimeout)
	defer cancel()
	l := flock.New(filepath.Join(dir, "files.lock"), flock.SetPermissions(0o600))
	if _, err := l.TryLockContext(ctx, lockPoll); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			err = ErrLocked
		}
		return nil, errors.Join(err, l.Close())
	}
	return func() { _ = l.Close() }, nil
}

// within runs do, and gives up on it after a while: a call into a file system cannot be canceled.
func within[T any](path string, timeout time.Duration, do func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := do()
		done <- result{value, err}
	}()
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.value, r.err
	case <-timer.C:
		var none T
		return none, &PathError{path, ErrTimeout}
	}
}

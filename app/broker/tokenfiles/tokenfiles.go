// Package tokenfiles holds what a program needs as files for as long as it has credentials: the token for an
// endpoint, which some programs read from nowhere else. The folder of each client is for its owner alone and
// is removed with it; those of programs that were killed are swept when the agent starts.
package tokenfiles

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"daypass/auth/secret"
)

const (
	lockName  = "lock"
	tokenName = "token"
	// minAge is the age of a folder to be swept: a younger one may not be locked yet.
	minAge = time.Minute
)

// Folder is the folder of one client.
type Folder struct {
	dir  string
	lock *flock.Flock
}

// New makes the folder of a client below dir, with the token in it.
func New(dir string, token secret.Secret) (*Folder, error) {
	g := &Folder{dir: filepath.Join(dir, rand.Text())}
	if err := os.MkdirAll(g.dir, 0o700); err != nil {
		return nil, err
	}
	g.lock = flock.New(g.path(lockName), flock.SetPermissions(0o600))
	_, err := g.lock.TryLock()
	if err == nil {
		_, err = g.Write(tokenName, []byte(token.Reveal()))
	}
	if err != nil {
		g.Close()
		return nil, err
	}
	return g, nil
}

func (g *Folder) path(name string) string { return filepath.Join(g.dir, name) }

// TokenFile is the file with the token.
func (g *Folder) TokenFile() string { return g.path(tokenName) }

// Write puts another file into the folder and returns its path.
func (g *Folder) Write(name string, data []byte) (string, error) {
	return g.path(name), os.WriteFile(g.path(name), data, 0o600)
}

// Close removes the folder.
func (g *Folder) Close() {
	_ = os.RemoveAll(g.dir)
	_ = g.lock.Close()
	_ = os.RemoveAll(g.dir) // where an open file kept it
}

// Sweep removes what programs that were killed have left below dir.
func Sweep(dir string, now time.Time) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.IsDir() || now.Sub(info.ModTime()) < minAge {
			continue
		}
		lock := flock.New(filepath.Join(dir, entry.Name(), lockName), flock.SetPermissions(0o600))
		if free, err := lock.TryLock(); err != nil || !free {
			continue // its program runs
		}
		_ = lock.Close()
		errs = append(errs, os.RemoveAll(filepath.Join(dir, entry.Name())))
	}
	return errors.Join(errs...)
}

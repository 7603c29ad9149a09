// Package opencopy keeps the copies of objects that were fetched to be opened by other programs, each in a folder of
// its own among the temporary files. A copy with a change of the user's that is nowhere else is never removed.
package opencopy

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"daypass/app/agent/rundir"
	"daypass/app/durable"
)

const (
	prefix   = "daypass-open-"
	noteName = ".daypass-open"
	lockName = ".daypass-open.lock"
	// retention is for how long a copy stays that nobody has open, since its program may still show it.
	retention = 24 * time.Hour
	// maxNote bounds what is read of a note, in bytes.
	maxNote = 4096
)

// Copy is the folder of one copy. While it is open, no other process removes it.
type Copy struct {
	// Dir is the folder, for its owner alone.
	Dir  string
	lock *flock.Flock

	mu   sync.Mutex
	note note
}

// note is what is written beside a copy: how it was when it was last the same as the object.
type note struct {
	Made time.Time `json:"made"`
	// Saved is nil until the copy is there.
	Saved *state `json:"saved,omitempty"`
}

type state struct {
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
}

func stateOf(info fs.FileInfo) state { return state{info.Size(), info.ModTime().Round(0).UTC()} }

// New makes a folder for a copy that is fetched now.
func New(now time.Time) (*Copy, error) {
	dir, err := os.MkdirTemp("", prefix+"*") // 0700
	if err != nil {
		return nil, err
	}
	c := &Copy{Dir: dir, lock: lockOf(dir), note: note{Made: now.Round(0).UTC()}}
	_, err = c.lock.TryLock()
	if err = errors.Join(err, c.write()); err != nil {
		return nil, errors.Join(err, c.lock.Close(), os.RemoveAll(dir))
	}
	return c, nil
}

func lockOf(dir string) *flock.Flock {
	return flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
}

// Saved notes that the copy, as info describes it, is what is in the storage.
func (c *Copy) Saved(info fs.FileInfo) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := stateOf(info)
	c.note.Saved = &s
	return c.write()
}

func (c *Copy) write() error {
	data, err := json.Marshal(c.note)
	if err != nil {
		return err
	}
	return durable.WriteFile(filepath.Join(c.Dir, noteName), data)
}

// Close removes the copy, unless it was changed since Saved, or is not there yet, or another program has put
// something beside it.
func (c *Copy) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.note.Saved == nil {
		return c.lock.Close()
	}
	return remove(c.Dir, c.note, c.lock)
}

// Discard removes the folder before anybody has seen what is in it.
func (c *Copy) Discard() error { return errors.Join(c.lock.Close(), os.RemoveAll(c.Dir)) }

// Sweep removes the copies that were left behind, made more than a day before now: not those that another process has
// open, nor any that Close leaves.
func Sweep(now time.Time) {
	dirs, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	for _, dir := range dirs {
		if rundir.Check(dir) == nil { // ours, for us alone, and no link
			sweep(dir, now)
		}
	}
}

func sweep(dir string, now time.Time) {
	n, err := readNote(dir)
	if err != nil || now.Sub(n.Made) < retention {
		return
	}
	lock := lockOf(dir)
	if got, err := lock.TryLock(); err != nil || !got {
		_ = lock.Close()
		return
	}
	_ = remove(dir, n, lock)
}

func readNote(dir string) (n note, err error) {
	data, err := durable.ReadFile(filepath.Join(dir, noteName), maxNote)
	if err != nil {
		return n, err
	}
	return n, json.Unmarshal(data, &n)
}

// remove removes a folder and an unchanged copy in it, and releases the lock.
func remove(dir string, n note, lock *flock.Flock) error {
	defer lock.Close()
	name, removed, err := copyIn(dir, n)
	if err != nil || !removed {
		return err
	}
	if name != "" {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	_ = lock.Close() // an open file cannot be removed everywhere
	return errors.Join(os.Remove(filepath.Join(dir, lockName)), os.Remove(filepath.Join(dir, noteName)), os.Remove(dir))
}

// copyIn returns the name of the copy in a folder, empty for none, and whether it may go.
func copyIn(dir string, n note) (name string, removed bool, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", false, err
	}
	for _, e := range entries {
		if e.Name() == noteName || e.Name() == lockName {
			continue
		}
		info, err := e.Info()
		if err != nil || name != "" || !n.covers(info) {
			return "", false, err
		}
		name = e.Name()
	}
	return name, true, nil
}

// covers reports whether a file is the copy, as it is in the storage. Of one that nobody has noted, only its time shows that:
// a download has that of its object, and a change that of the change.
func (n note) covers(info fs.FileInfo) bool {
	if !info.Mode().IsRegular() {
		return false
	}
	s := stateOf(info)
	if n.Saved == nil {
		return s.Modified.Before(n.Made)
	}
	return s.Size == n.Saved.Size && s.Modified.Equal(n.Saved.Modified)
}

// Package files changes files that belong to other tools, so that nothing is lost whatever happens
// in the meantime: the first change keeps a copy, every change goes to a temporary file that is synced
// and renamed, symlinks stay, and a second writer is waited for or noticed.
package files

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"daypass/app/durable"
	"daypass/app/messages"
	"daypass/auth/safetext"
)

// BackupEnding is the ending of the copy of a file as it was before Daypass first changed it.
const BackupEnding = ".before-daypass"

// maxSize bounds the files that are read, in bytes.
const maxSize = 8 << 20

// ErrBusy means that somebody else kept changing the file.
var ErrBusy = errors.New("another program keeps changing the file: try again")

// PathError is an error about a file of another program.
type PathError struct {
	Path string
	Err  error
}

// Error implements error.
func (e *PathError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns what happened.
func (e *PathError) Unwrap() error { return e.Err }

// errChanged means that the file is not the one that was read.
var errChanged = errors.New("the file has changed")

// tries is how often an edit begins again because another program was writing.
const tries = 10

// Read returns what is in the file; nothing where there is none.
func Read(path string) ([]byte, error) {
	return within(path, fileTimeout, func() ([]byte, error) {
		real, err := follow(path)
		if err != nil {
			return nil, err
		}
		return read(real)
	})
}

func read(path string) ([]byte, error) {
	text, err := durable.ReadFile(path, maxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return text, err
}

// Backup returns where a copy of the file will be kept when it is changed: empty where there is one
// already, or no file.
func Backup(path string) string {
	real, err := follow(path)
	if err != nil || !exists(real) || exists(real+BackupEnding) {
		return ""
	}
	return real + BackupEnding
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Options are how a file is to be edited.
type Options struct {
	// KeepEmpty keeps a file that Daypass made itself where it is to be empty; otherwise it is deleted.
	KeepEmpty bool
	// Touched reports whether Daypass has changed a file before, by what is in it. No copy is kept of
	// such a one: it would be a copy of what Daypass wrote. Nil: never.
	Touched func(text []byte) bool
}

// Edit changes the file at path, which need not be there yet. change is given what is in it and
// returns what is to be; it may be called several times. Where it returns the same, nothing is written.
//
// The file is 0600 afterwards. When Edit returns without an error, the change is on disk. It returns ErrLocked
// or ErrTimeout rather than wait for long; after ErrTimeout the change may still be made.
func Edit(path string, opts Options, change func(old []byte) ([]byte, error)) error {
	_, err := within(path, lockTimeout+fileTimeout, func() (struct{}, error) {
		return struct{}{}, edit(path, opts, change)
	})
	return err
}

func edit(path string, opts Options, change func(old []byte) ([]byte, error)) error {
	real, err := follow(path)
	if err != nil {
		return err
	}
	if !exists(filepath.Dir(real)) {
		if text, err := change(nil); err != nil || len(text) == 0 {
			return err // no folder is made for nothing
		}
	}
	if err := os.MkdirAll(filepath.Dir(real), 0o700); err != nil {
		return err
	}
	unlock, err := lock()
	if err != nil {
		return &PathError{path, err}
	}
	defer unlock()
	for range tries {
		err := editOnce(real, opts, change)
		if !errors.Is(err, errChanged) {
			return err
		}
	}
	return &PathError{path, ErrBusy}
}

func editOnce(path string, opts Options, change func([]byte) ([]byte, error)) error {
	before, err := read(path)
	if err != nil {
		return err
	}
	there := exists(path)
	after, err := change(before)
	if err != nil || bytes.Equal(before, after) {
		return err
	}
	if len(after) == 0 && !opts.KeepEmpty && !exists(path+BackupEnding) {
		if err := unchanged(path, before); err != nil {
			return err
		}
		return os.Remove(path)
	}
	if there && !opts.isOwn(before) {
		if err := backUp(path, before); err != nil {
			return messages.NewError(err, "agent.error.backup", "File", safetext.Name(path))
		}
	}
	return replace(path, before, after)
}

// isOwn reports whether what is in a file is, in part at least, of Daypass's writing.
func (o Options) isOwn(text []byte) bool {
	return o.KeepEmpty && len(text) == 0 || o.Touched != nil && o.Touched(text)
}

// backUp keeps text beside path, unless there is a copy from before.
func backUp(path string, text []byte) error {
	backup := path + BackupEnding
	if exists(backup) {
		return nil
	}
	temp, err := writeTemp(backup, text)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := os.Link(temp, backup); err != nil && !errors.Is(err, fs.ErrExist) {
		return os.Rename(temp, backup) // a file system without hard links
	}
	return nil
}

// replace puts after in place of before, unless the file holds something else by now.
func replace(path string, before, after []byte) error {
	temp, err := writeTemp(path, after)
	if err != nil {
		return err
	}
	defer os.Remove(temp) // nothing to do once it is renamed
	if err := unchanged(path, before); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	syncDir(filepath.Dir(path))
	return nil
}

func unchanged(path string, before []byte) error {
	if now, err := read(path); err != nil || !bytes.Equal(now, before) {
		return errors.Join(errChanged, err)
	}
	return nil
}

// tempPattern names the temporary files of one target. Those of a process that was killed are
// removed when the same file is changed next; the lock says that no other is at work.
func tempPattern(path string) string { return "." + filepath.Base(path) + ".daypass-*.tmp" }

func writeTemp(path string, text []byte) (name string, err error) {
	old, _ := filepath.Glob(filepath.Join(escapeGlob(filepath.Dir(path)), escapeGlob("."+filepath.Base(path))+".daypass-*.tmp"))
	for _, leftover := range old {
		_ = os.Remove(leftover)
	}
	f, err := os.CreateTemp(filepath.Dir(path), tempPattern(path)) // 0600
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// syncDir makes a rename durable where folders can be synced.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

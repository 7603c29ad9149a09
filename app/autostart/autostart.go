// Package autostart has the system start the agent when the user logs in: by an entry of the
// XDG Desktop Application Autostart Specification, on macOS by a LaunchAgent, on Windows by a value
// of the Run key.
package autostart

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"daypass/app/durable"
)

// Entry is what makes the system start one program when the user logs in.
type Entry struct {
	// Program is the absolute path of the program that is to be started, and Args what it is given.
	Program string
	Args    []string
}

// Set writes the entry, or removes it. An entry that is there and starts this program is left
// as it is, with whatever the user has changed in it.
func (e Entry) Set(on bool) error { return e.set(on) }

// file is an entry that is a file.
type file struct {
	path string
	text []byte
	// starts is the part of it that says what is started.
	starts []byte
}

func (f file) set(on bool) error {
	if !on {
		if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if there, err := os.ReadFile(f.path); err == nil && bytes.Contains(there, f.starts) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
		return err
	}
	return durable.WriteFile(f.path, f.text)
}

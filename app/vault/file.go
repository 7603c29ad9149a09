package vault

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"daypass/app/durable"
	"daypass/app/messages"
)

// maxFile bounds the file in bytes; a real one has a few kilobytes a session.
const maxFile = 16 << 20

// readFile returns the file's content, nil where there is none.
func readFile(path string) ([]byte, error) {
	f, err := durable.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, messages.NewError(err, "agent.vault.read")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile)) // one that is cut off by this does not unseal
	if err != nil {
		return nil, messages.NewError(err, "agent.vault.read")
	}
	if data == nil {
		data = []byte{}
	}
	return data, nil
}

// writeFile replaces the file at path as a whole.
func writeFile(path string, data []byte) error {
	durable.RemoveLeftovers(path)
	return durable.WriteFile(path, data)
}

func removeFile(path string) error {
	durable.RemoveLeftovers(path)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return messages.NewError(err, "agent.vault.write")
	}
	durable.SyncDir(filepath.Dir(path))
	return nil
}

// damagedSuffix comes between the file's name and the time in the name of a damaged file.
const damagedSuffix = ".damaged-"

// moveAside renames the damaged file and returns its new path. One that was set aside before makes way.
func moveAside(path string) (string, error) {
	if err := removeAside(path); err != nil {
		return "", err
	}
	aside := path + damagedSuffix + time.Now().UTC().Format("20060102-150405")
	if err := os.Rename(path, aside); err != nil {
		return "", err
	}
	durable.SyncDir(filepath.Dir(path))
	return aside, nil
}

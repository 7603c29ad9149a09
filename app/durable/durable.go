// Package durable writes files that are there as a whole or not at all.
package durable

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteFile puts data at path for its owner alone (0600): into a temporary file beside it, which is
// synced and then renamed. After a failure path is as it was. See Reserve for processes that run out of descriptors.
func WriteFile(path string, data []byte) error {
	return withReserve(func() error { return writeFile(path, data) })
}

func writeFile(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	step("begun")
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*.tmp") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	step("temp-made")
	_, err = f.Write(data)
	step("temp-written")
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	step("temp-synced")
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	step("renamed")
	SyncDir(dir)
	step("folder-synced")
	return nil
}

// RemoveLeftovers removes what programs that were killed while they wrote path have left beside it.
// Nobody may be writing path in the meantime.
func RemoveLeftovers(path string) {
	stale, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp"))
	for _, name := range stale {
		_ = os.Remove(name)
	}
}

// SyncDir makes renames in dir durable where folders can be synced. Elsewhere nothing is lost but
// the newest version, after a power cut.
func SyncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

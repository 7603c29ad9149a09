package vault

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"time"

	"daypass/app/messages"
)

// endedName is a file beside the vault: which entries have ended and when, until the key is changed. It
// makes an ending count where neither the vault nor the keyring can be changed yet.
const endedName = "sessions.ended"

func (v *Vault) endedPath() string { return filepath.Join(v.dir, endedName) }

// End notes, on disk, that what is stored under these names is of no use any more, removes the damaged files
// that were set aside, and has KeyChangeDue report true. The vault need not be open; entries stay until they
// are written as removed. Where there is no vault that could have them, nothing is noted.
func (v *Vault) End(names map[string]time.Time) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.key == nil && !hasFile(v.path()) {
		return removeAside(v.path())
	}
	if err := v.take(); err != nil {
		return err
	}
	v.due = true
	v.endings++
	ended := readEnded(v.endedPath())
	maps.Copy(ended, names)
	data, err := json.Marshal(ended)
	if err != nil {
		return err
	}
	if err := writeFile(v.endedPath(), data); err != nil {
		return messages.NewError(err, "agent.vault.write")
	}
	return removeAside(v.path())
}

// Ended returns which entries ended, and when, since the key was last changed.
func (v *Vault) Ended() map[string]time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	return readEnded(v.endedPath())
}

// readEnded returns an empty map for a file that cannot be read: that it is there still has the key changed.
func readEnded(path string) map[string]time.Time {
	ended := map[string]time.Time{}
	if data, err := readFile(path); err == nil && json.Unmarshal(data, &ended) != nil || ended == nil {
		return map[string]time.Time{}
	}
	return ended
}

func hasFile(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// removeAside removes the damaged files that were set aside.
func removeAside(path string) error {
	aside, err := filepath.Glob(filepath.Join(filepath.Dir(path), filepath.Base(path)+damagedSuffix+"*"))
	for _, name := range aside {
		if e := os.Remove(name); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, messages.NewError(e, "agent.vault.write"))
		}
	}
	return err
}

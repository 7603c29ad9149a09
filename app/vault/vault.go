// Package vault keeps what must outlive the agent and nobody else may read: one encrypted file, whose
// key is in the keyring of the operating system.
//
// The rules of the file:
//   - It is one sealed box (XChaCha20-Poly1305), so that nothing in it can be changed, exchanged, left
//     out or cut off without the whole being refused. Its header and the name of its key are bound to it
//     as associated data, so that the file of another folder is refused too.
//   - It is replaced as a whole: a temporary file beside it, synced, renamed, the folder synced. When
//     Write returns, the entries are on disk; a program that is killed before has the old ones.
//   - A file that cannot be opened is never taken for an empty one. A damaged one is set aside under
//     another name; one whose key is out of reach, or that a newer Daypass wrote, stays where it is.
//   - One program at a time has it, by a lock beside it.
//   - When a session has ended, what was stored of it is unreadable forever: the key changes, so that an old
//     copy of the file, from a backup or a snapshot of the disk, opens with nothing that still exists.
//     Until the keyring allows that, a note beside the file says which entries count no longer.
package vault

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"

	"daypass/app/harden"
	"daypass/app/messages"
)

// The errors of a Vault, besides those of its Keyring.
var (
	// ErrInUse means that another program has the vault.
	ErrInUse = errors.New("another Daypass agent has the stored sessions")
	// ErrKeyLost means that there is a file and that the keyring does not know its key.
	ErrKeyLost = errors.New("the keyring has no key for the stored sessions")
	// ErrNewer means that the file was written by a newer Daypass.
	ErrNewer = errors.New("the stored sessions were written by a newer Daypass")
	// ErrClosed means that the vault is not open.
	ErrClosed = errors.New("the vault is not open")
)

// DamagedError says that the file was not what it should be and has been set aside. The vault is
// open, and empty.
type DamagedError struct {
	// Aside is the path that the damaged file has now.
	Aside  string
	Reason Reason
}

// Reason is why a file cannot be used.
type Reason string

// The reasons.
const (
	ReasonKeyLength Reason = "key-length" // the key has the wrong length
	ReasonCutOff    Reason = "cut-off"    // the file is too short
	ReasonForeign   Reason = "foreign"    // the file is not one of Daypass's
	ReasonChanged   Reason = "changed"    // the file was changed, cut off, or belongs to another place
	ReasonContent   Reason = "content"    // the content is not what Daypass writes
	ReasonKeyLost   Reason = "key-lost"   // the keyring has lost the key
)

// Error implements error.
func (e *DamagedError) Error() string { return "the stored sessions are damaged: " + string(e.Reason) }

const (
	fileName = "sessions.vault"
	lockName = "sessions.lock"
)

// Vault is one encrypted file of entries by name. Its methods may be called from several goroutines.
type Vault struct {
	dir     string
	keyring Keyring
	account string

	mu      sync.Mutex
	lock    *flock.Flock
	lent    bool           // the lock is not ours to release
	key     *harden.Buffer // nil while the vault is not open
	entries map[string]json.RawMessage
	due     bool // the key must be changed
	endings int  // counts the calls of End
}

// New returns the vault in dir, an absolute path, whose key has the name account in the keyring. It
// touches neither.
func New(dir string, keyring Keyring, account string) *Vault {
	return &Vault{dir: dir, keyring: keyring, account: account}
}

// Exists reports whether there is a file. An error means that it cannot be found out.
func (v *Vault) Exists() (bool, error) {
	_, err := os.Lstat(v.path())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Probe finds out how the keyring stands, without asking the user for anything; see Keyring.Look.
func (v *Vault) Probe(ctx context.Context) error { return v.keyring.Probe(ctx) }

// Changes receives when a keyring may have come; see Keyring.Changes.
func (v *Vault) Changes(ctx context.Context) <-chan struct{} { return v.keyring.Changes(ctx) }

// Open gets the key from the keyring and reads the file. Where the keyring has no key, a new one is
// made if create is true, and a file that may be there is set aside; else the error is ErrKeyLost
// or, without a file, ErrNotFound.
//
// ctx bounds the keyring alone. A vault that is open stays so. Errors: those of the Keyring, ErrInUse,
// ErrKeyLost, ErrNewer, *DamagedError (then the vault is open), and those of the file system.
func (v *Vault) Open(ctx context.Context, create bool) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.key != nil {
		return nil
	}
	if err := v.take(); err != nil {
		return err
	}
	data, err := readFile(v.path())
	if err != nil {
		return err
	}
	if err := checkVersion(data); err != nil {
		return err
	}
	keys, err := v.findKeys(ctx)
	if errors.Is(err, ErrNotFound) {
		return v.reopen(ctx, data != nil, create)
	}
	if err != nil {
		return err
	}
	return v.read(keys, data)
}

// take locks the vault, once.
func (v *Vault) take() error {
	if v.lock != nil {
		return nil
	}
	lock, err := TakeLock(v.dir)
	if err != nil {
		return err
	}
	v.lock = lock
	return nil
}

func (v *Vault) reopen(ctx context.Context, isFile, create bool) error {
	switch {
	case !create && isFile:
		return ErrKeyLost
	case !create:
		return errors.Join(ErrNotFound, removeFile(v.endedPath())) // of no vault at all
	}
	key, err := v.makeKey(ctx)
	if err != nil {
		return err
	}
	v.key, v.entries, v.due = harden.New(key), map[string]json.RawMessage{}, hasFile(v.endedPath())
	if !isFile {
		return nil
	}
	return v.setAside(ReasonKeyLost)
}

// read opens the file with the one of the keys that fits. No file is an empty vault.
func (v *Vault) read(keys [][]byte, data []byte) error {
	v.due = len(keys) > 1 || hasFile(v.endedPath())
	fits, entries, reason := unsealWith(keys, v.account, data)
	v.key, v.entries = harden.New(keys[fits]), entries
	for _, key := range keys {
		clear(key)
	}
	if reason != "" {
		return v.setAside(reason)
	}
	return nil
}

// unsealWith returns the entries and which of the keys fits; a reason where none does. No file has no entries.
func unsealWith(keys [][]byte, account string, data []byte) (fits int, entries map[string]json.RawMessage, reason Reason) {
	if data == nil {
		return 0, map[string]json.RawMessage{}, ""
	}
	for i, key := range keys {
		if entries, reason = unseal(key, account, data); reason == "" {
			return i, entries, ""
		}
	}
	return 0, map[string]json.RawMessage{}, reason
}

// setAside moves the file out of the way. Where that fails the vault closes again, since writing
// would destroy the file.
func (v *Vault) setAside(reason Reason) error {
	aside, err := moveAside(v.path())
	if err != nil {
		v.key.Free()
		v.key, v.entries = nil, nil
		return messages.NewError(err, "agent.vault.write")
	}
	return &DamagedError{Aside: aside, Reason: reason}
}

// Entries returns a copy of what is in an open vault.
func (v *Vault) Entries() map[string]json.RawMessage {
	v.mu.Lock()
	defer v.mu.Unlock()
	entries := map[string]json.RawMessage{}
	for name, entry := range v.entries {
		entries[name] = bytes.Clone(entry)
	}
	return entries
}

// Write changes entries, a nil one being removed, and returns when the vault is on disk as a whole.
// After an error the file has what it had before, and the vault still holds the change: the next
// Write tries again. An empty vault has no file.
func (v *Vault) Write(changes map[string]json.RawMessage) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.key == nil {
		return ErrClosed
	}
	for name, entry := range changes {
		clear(v.entries[name])
		if entry == nil {
			delete(v.entries, name)
			continue
		}
		v.entries[name] = bytes.Clone(entry)
	}
	return v.writeSealed(v.key.Bytes())
}

// writeSealed writes the entries, sealed with key. The caller holds mu.
func (v *Vault) writeSealed(key []byte) error {
	if len(v.entries) == 0 {
		return removeFile(v.path())
	}
	sealed, err := seal(key, v.account, v.entries)
	if err != nil {
		return err
	}
	if err := writeFile(v.path(), sealed); err != nil {
		return messages.NewError(err, "agent.vault.write")
	}
	return nil
}

// Close releases the vault, and drops the key.
func (v *Vault) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.key.Free()
	for _, entry := range v.entries {
		clear(entry)
	}
	v.key, v.entries = nil, nil
	if v.lock == nil {
		return nil
	}
	lock := v.lock
	v.lock = nil
	if v.lent {
		return nil
	}
	return lock.Close()
}

func (v *Vault) path() string { return filepath.Join(v.dir, fileName) }

package vault

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"daypass/app/messages"
)

// TakeLock locks the vault in dir for this program: anyone who has the lock is the one agent. ErrInUse where
// another program has it.
func TakeLock(dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, messages.NewError(err, "agent.vault.write")
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	got, err := lock.TryLock()
	if err != nil {
		return nil, messages.NewError(err, "agent.vault.write")
	}
	if !got {
		return nil, errors.Join(ErrInUse, lock.Close())
	}
	return lock, nil
}

// UseLock has the vault use a lock of TakeLock, which stays the caller's to release after Close. Nil: the
// vault takes its lock itself. It is called before anything else.
func (v *Vault) UseLock(lock *flock.Flock) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.lock, v.lent = lock, lock != nil
}

package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"daypass/app/harden"
	"daypass/app/messages"
	"daypass/auth/secret"
)

// ErrKeyNotChanged means that sessions have ended and that the vault's key is still the one of before:
// an old copy of the file could be read with it.
var ErrKeyNotChanged = errors.New("the key of the stored sessions could not be changed")

// errKey is a value in the keyring that is not a key of Daypass.
var errKey = messages.NewError(nil, "agent.keyring.foreign-key")

// maxKeys is how many keys the keyring holds at most: the vault's and, during a change, the one before.
const maxKeys = 2

func newKey() ([]byte, error) {
	key := make([]byte, chacha20poly1305.KeySize)
	_, err := rand.Read(key)
	return key, err
}

// findKeys returns the keys in the keyring: one, or two where a change was interrupted, the new one first.
func (v *Vault) findKeys(ctx context.Context) ([][]byte, error) {
	text, err := v.keyring.Get(ctx, v.account)
	if err != nil {
		return nil, err
	}
	var keys [][]byte
	for word := range strings.FieldsSeq(text.Reveal()) {
		key, err := base64.StdEncoding.DecodeString(word)
		if err != nil || len(key) != chacha20poly1305.KeySize {
			return nil, errKey
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 || len(keys) > maxKeys {
		return nil, errKey
	}
	return keys, nil
}

// storeKeys puts keys into the keyring, and reads them back before anything is sealed with them.
func (v *Vault) storeKeys(ctx context.Context, keys ...[]byte) error {
	words := make([]string, len(keys))
	for i, key := range keys {
		words[i] = base64.StdEncoding.EncodeToString(key)
	}
	if err := v.keyring.Set(ctx, v.account, secret.New(strings.Join(words, " "))); err != nil {
		return err
	}
	stored, err := v.findKeys(ctx)
	if err != nil {
		return err
	}
	if !slices.EqualFunc(stored, keys, bytes.Equal) {
		return errKey
	}
	return nil
}

// makeKey returns a new key that is in the keyring.
func (v *Vault) makeKey(ctx context.Context) ([]byte, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	return key, v.storeKeys(ctx, key)
}

// KeyChangeDue reports whether sessions have ended since the key was last changed.
func (v *Vault) KeyChangeDue() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.due || v.key == nil && hasFile(v.endedPath())
}

// ChangeKey seals an open vault with a new key, so that no copy of the file from before can be read. Other
// methods may be called in the meantime, but not ChangeKey. ctx bounds the keyring alone.
//
// At every moment the keyring has the key of the file: first the new key joins the old one there, then the
// file is sealed again, then the old key is dropped. Open continues with whichever fits. Every error
// is an ErrKeyNotChanged; the vault works on, and ChangeKey may be called again.
func (v *Vault) ChangeKey(ctx context.Context) error {
	if err := v.changeKey(ctx); err != nil {
		return fmt.Errorf("%w: %w", ErrKeyNotChanged, err)
	}
	return nil
}

func (v *Vault) changeKey(ctx context.Context) error {
	v.mu.Lock()
	old, endings := bytes.Clone(v.key.Bytes()), v.endings
	v.mu.Unlock()
	defer clear(old)
	if old == nil {
		return ErrClosed
	}
	key, err := newKey()
	if err != nil {
		return err
	}
	defer clear(key)
	if err := v.storeKeys(ctx, key, old); err != nil {
		return err
	}
	if err := v.resealWith(key); err != nil {
		return err
	}
	if err := v.storeKeys(ctx, key); err != nil {
		return err
	}
	return v.keyChanged(endings)
}

func (v *Vault) resealWith(key []byte) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.key == nil {
		return ErrClosed
	}
	if err := v.writeSealed(key); err != nil {
		return err
	}
	v.key.Free()
	v.key = harden.New(bytes.Clone(key))
	return nil
}

// keyChanged forgets the endings that the change has covered: none where another came during it.
func (v *Vault) keyChanged(endings int) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if endings != v.endings {
		return nil
	}
	v.due = false
	return removeFile(v.endedPath())
}

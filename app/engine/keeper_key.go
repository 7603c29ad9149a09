package engine

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"daypass/app/vault"
)

// keyChange is the change of the vault's key that follows each end of a session. It asks the keyring, and
// so runs beside the keeper's goroutine: renewals do not wait for it.
type keyChange struct {
	changing bool
	done     chan error
	// err is why the last one failed; nil once one has succeeded.
	err error
}

// end notes which sessions have ended, whether or not the vault can be changed now: what is stored of them
// must not come back.
func (k *keeper) end(requests []storeRequest) {
	ended := map[string]time.Time{}
	for _, req := range requests {
		if req.entry == nil {
			ended[req.id] = req.at
		}
	}
	if len(ended) == 0 {
		return
	}
	if err := k.vault.End(ended); err != nil {
		k.log.Error("the end of a session is not noted on disk", "error", err)
		return
	}
	k.damaged = nil // its file is removed
}

// dropEnded has the vault's entries removed that were stored before their session ended.
func (k *keeper) dropEnded() {
	entries := k.vault.Entries()
	for id, at := range k.vault.Ended() {
		entry, stored := entries[id]
		if _, newer := k.pending[id]; !stored || newer {
			continue
		}
		if !storedAt(entry).After(at) {
			k.pending[id] = nil
		}
	}
}

// storedAt returns when an entry was stored; the zero time where it does not say.
func storedAt(entry json.RawMessage) time.Time {
	var s struct {
		StoredAt time.Time `json:"stored_at"`
	}
	_ = json.Unmarshal(entry, &s)
	return s.StoredAt
}

// changeKey begins to change the key, where sessions have ended.
func (k *keeper) changeKey() {
	if k.key.changing || !k.vault.KeyChangeDue() {
		return
	}
	k.key.changing = true
	go func() { k.key.done <- k.tryChangeKey() }()
}

// tryChangeKey asks only a keyring that can be used without asking the user.
func (k *keeper) tryChangeKey() error {
	look, cancel := context.WithTimeout(k.ctx, lookPatience)
	err := k.vault.Look(look)
	cancel()
	if err != nil && !errors.Is(err, vault.ErrUnknown) {
		return errors.Join(vault.ErrKeyNotChanged, err)
	}
	ctx, cancel := context.WithTimeout(k.ctx, keyringPatience)
	defer cancel()
	return k.vault.ChangeKey(ctx)
}

func (k *keeper) afterKeyChange(err error) {
	k.key.changing, k.key.err = false, err
	if err != nil {
		k.log.Warn("the key of the stored sessions is not changed", "error", err)
		k.say(nil)
		return
	}
	k.flush() // and what has ended in the meantime
}

// finishKeyChange waits a little for a change under way, at the end of the program.
func (k *keeper) finishKeyChange() {
	late := time.NewTimer(closePatience)
	defer late.Stop()
	for k.key.changing {
		select {
		case err := <-k.key.done:
			k.afterKeyChange(err)
		case <-late.C:
			return
		}
	}
}

// nothingStored is the end of an opening that found neither a file nor a key.
func (k *keeper) nothingStored() {
	if !k.nothingToStore() {
		k.open(true, true)
		return
	}
	clear(k.pending)
	k.release(nil)
	k.say(nil)
	k.ready()
}

// forgetPending forgets changes that are on disk, and wipes the memory of their secrets.
func (k *keeper) forgetPending() {
	for _, entry := range k.pending {
		clear(entry)
	}
	clear(k.pending)
}

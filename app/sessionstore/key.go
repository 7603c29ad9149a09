package sessionstore

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"daypass/app/vault"
)

// keyChange is the change of the vault's key that follows each end of a session. It asks the keyring, and
// so runs beside the store's goroutine: renewals do not wait for it.
type keyChange struct {
	changing bool
	done     chan error
	// err is why the last one failed; nil once one has succeeded.
	err error
}

// end notes which sessions have ended, whether or not the vault can be changed now: what is stored of them
// must not come back.
func (s *Store) end(requests []Request) {
	ended := map[string]time.Time{}
	for _, req := range requests {
		if req.Entry == nil {
			ended[req.ID] = req.At
		}
	}
	if len(ended) == 0 {
		return
	}
	if err := s.vault.End(ended); err != nil {
		s.log.Error("the end of a session is not noted on disk", "error", err)
		return
	}
	s.damaged = nil // its file is removed
}

// dropEnded has the vault's entries removed that were stored before their session ended.
func (s *Store) dropEnded() {
	entries := s.vault.Entries()
	for id, at := range s.vault.Ended() {
		entry, stored := entries[id]
		if _, newer := s.pending[id]; !stored || newer {
			continue
		}
		if !storedAt(entry).After(at) {
			s.pending[id] = nil
		}
	}
}

// storedAt returns when an entry was stored; the zero time where it does not say.
func storedAt(entry json.RawMessage) time.Time {
	var e struct {
		StoredAt time.Time `json:"stored_at"`
	}
	_ = json.Unmarshal(entry, &e)
	return e.StoredAt
}

// changeKey begins to change the key, where sessions have ended.
func (s *Store) changeKey() {
	if s.key.changing || !s.vault.KeyChangeDue() {
		return
	}
	s.key.changing = true
	go func() { s.key.done <- s.tryChangeKey() }()
}

// tryChangeKey asks only a keyring that can be used without asking the user.
func (s *Store) tryChangeKey() error {
	probeCtx, cancel := context.WithTimeout(s.ctx, inspectTimeout)
	err := s.vault.Probe(probeCtx)
	cancel()
	if err != nil && !errors.Is(err, vault.ErrUnknown) {
		return errors.Join(vault.ErrKeyNotChanged, err)
	}
	ctx, cancel := context.WithTimeout(s.ctx, keyringTimeout)
	defer cancel()
	return s.vault.ChangeKey(ctx)
}

func (s *Store) afterKeyChange(err error) {
	s.key.changing, s.key.err = false, err
	if err != nil {
		s.log.Warn("the key of the stored sessions is not changed", "error", err)
		s.report(nil)
		return
	}
	s.flush() // and what has ended in the meantime
}

// finishKeyChange waits a little for a change under way, at the end of the program.
func (s *Store) finishKeyChange() {
	late := time.NewTimer(closeTimeout)
	defer late.Stop()
	for s.key.changing {
		select {
		case err := <-s.key.done:
			s.afterKeyChange(err)
		case <-late.C:
			return
		}
	}
}

// nothingStored is the end of an opening that found neither a file nor a key.
func (s *Store) nothingStored() {
	if !s.nothingToStore() {
		s.open(true, true)
		return
	}
	clear(s.pending)
	s.release(nil)
	s.report(nil)
	s.events.Ready()
}

// clearPending removes changes that are on disk, and wipes the memory of their secrets.
func (s *Store) clearPending() {
	for _, entry := range s.pending {
		clear(entry)
	}
	clear(s.pending)
}

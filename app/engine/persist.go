package engine

import (
	"context"
	"encoding/json"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/app/sessionstore"
	"daypass/app/vault"
	"daypass/auth"
	"daypass/auth/secret"
)

// saver returns what a refresher calls with each rotated token: it returns when the token is on disk.
func (r *runner) saver(id string) auth.SaveFunc {
	return func(ctx context.Context, spent, fresh secret.Secret) error {
		saved := make(chan error, 1)
		r.post(saveRotated{id: id, spent: spent, fresh: fresh, saved: func(err error) { saved <- err }})
		select {
		case err := <-saved:
			return err
		case <-r.ended:
			return app.ErrStopped
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// persist performs session.Persist. saved, which may be nil, is called when the record is on disk, or with why
// it is not.
func (r *runner) persist(id string, run *sessionEntry, e session.Persist, saved func(error)) {
	record := sessionstore.Keepable(e.Record, run.def)
	removal := record == session.Record{}
	if saved == nil {
		saved = func(error) {} // what could not be stored is in the store's status
		if removal {
			saved = r.removed(id, e.Attempt)
		}
	}
	if r.records == nil || record == run.stored {
		saved(nil)
		return
	}
	req := sessionstore.Request{ID: id, Ask: e.Ask && !removal, At: now(), Done: saved}
	if !removal {
		var err error
		if req.Entry, err = sessionstore.Encode(record, run.def, now()); err != nil {
			saved(err)
			return
		}
	}
	run.stored = record
	r.records.Put(req)
}

// removed reports where what is stored of a session that was signed out could not be removed.
func (r *runner) removed(id string, attempt uint64) func(error) {
	return func(err error) {
		if err == nil {
			return
		}
		p := signOutIncomplete(append([]messages.Message{{ID: "problem.reason.session-still-stored"}}, session.ReasonsOf(err)...)...)
		p.Variant = "stored"
		r.post(handleEvent{id, session.SignedOutRemotely{Attempt: attempt, Problem: p}})
	}
}

// restoreAll takes up the sessions that were stored. What belongs to no connection any more, or to
// one that was changed in the meantime, is removed.
func (r *runner) restoreAll(ctx context.Context, entries map[string]json.RawMessage) {
	for id, clientSecret := range sessionstore.TakeClientSecrets(entries) {
		r.restoreClientSecret(id, clientSecret) // before the sessions, which are found by it too
	}
	for id, entry := range entries {
		run := r.sessions[id]
		if run == nil && len(r.unreadable) > 0 {
			continue // its connection may be among those that could not be read
		}
		var e session.Restored
		useful := false
		if run != nil {
			e, useful = sessionstore.Decode(entry, run.def, now())
		}
		if !useful {
			r.log.Info("a stored session belongs to no connection", "id", id)
			r.records.Put(sessionstore.Request{ID: id, At: now()})
			continue
		}
		if run.broken == nil {
			run.deps.provider.Resume(e.Tokens)
		}
		r.step(ctx, id, run, e, nil)
		if set := run.state.KeyPairs; set != nil && set == e.KeyPairs {
			r.issuer.RestoreKeyPairs(id, *set)
		}
	}
}

// useStore has sessions stored in v.
func (r *runner) useStore(v *vault.Vault) {
	r.records = sessionstore.New(v, r.log, sessionstore.Events{
		Restored: func(entries map[string]json.RawMessage) { r.post(restoreSessions{entries}) },
		Ready:    func() { r.post(setReady{}) },
		Changed:  func(status sessionstore.Status) { r.post(setStoreStatus{status}) },
	})
}

func (r *runner) isReady() {
	select {
	case <-r.ready:
	default:
		close(r.ready)
	}
}

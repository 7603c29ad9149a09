package engine

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/vault"
	"daypass/auth"
	"daypass/auth/secret"
)

// saver gives what a refresher calls with each rotated token: it returns when the token is on disk.
func (r *runner) saver(id string) auth.SaveFunc {
	return func(ctx context.Context, spent, fresh secret.Secret) error {
		stored := make(chan error, 1)
		r.box.put(message{
			id: id, event: session.Rotated{Spent: spent, RefreshToken: fresh},
			stored: func(err error) { stored <- err },
		})
		select {
		case err := <-stored:
			return err
		case <-r.ended:
			return app.ErrStopped
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// keep has a session stored, or what is stored of it removed, where that has changed.
func (r *runner) keep(id string, run *running, byPerson bool, stored func(error)) {
	k, worth := keepable(run.def, run.state)
	if stored == nil {
		stored = r.wiped(id, run.state.Attempt, worth)
	}
	if r.keeper == nil || k == run.kept {
		stored(nil)
		return
	}
	req := storeRequest{id: id, ask: worth && byPerson, at: now(), done: stored}
	if worth {
		var err error
		if req.entry, err = k.store(run.def, now()); err != nil {
			stored(err)
			return
		}
	}
	run.kept = k
	r.keeper.put(req)
}

// wiped says where what is stored of a session that was signed out could not be removed.
func (r *runner) wiped(id string, attempt uint64, worth bool) func(error) {
	return func(err error) {
		if err == nil || worth {
			return // what could not be stored is told by the keeper
		}
		p := signOutIncomplete("The encrypted copy of the session is still on this computer's disk: " + sentence(err.Error()))
		p.NextStep = "Unlock your keyring, or remove the file yourself; Daypass tries again by itself."
		r.box.put(message{id: id, event: session.SignedOutRemotely{Attempt: attempt, Problem: p}})
	}
}

// restoreAll takes up the sessions that were stored. What belongs to no connection any more, or to
// one that was changed meanwhile, is removed.
func (r *runner) restoreAll(ctx context.Context, entries map[string]json.RawMessage) {
	for id, entry := range entries {
		run := r.sessions[id]
		if run == nil && len(r.unreadable) > 0 {
			continue // its connection may be among those that could not be read
		}
		var e session.Restored
		useful := false
		if run != nil {
			e, useful = restore(entry, run.def, now())
		}
		if !useful {
			r.log.Info("a stored session belongs to no connection", "id", id)
			r.keeper.put(storeRequest{id: id, at: now()})
			continue
		}
		if run.broken == nil {
			run.parts.login.Resume(e.Tokens)
		}
		r.step(ctx, id, run, e, nil)
	}
}

// useKeeper has sessions stored in v.
func (r *runner) useKeeper(v *vault.Vault) {
	r.keeper = newKeeper(v, r.log)
	r.keeper.restored = func(entries map[string]json.RawMessage) { r.box.put(message{restore: entries}) }
	r.keeper.ready = func() { r.box.put(message{change: func(r *runner) { r.isReady() }}) }
	r.keeper.report = func(now keeping) {
		r.box.put(message{change: func(r *runner) { r.keeping = now }})
	}
}

func (r *runner) isReady() {
	select {
	case <-r.ready:
	default:
		close(r.ready)
	}
}

// problems are what a person must know of how sessions are stored.
func (k keeping) problems() []app.Problem {
	var all []app.Problem
	if k.damaged != nil {
		all = append(all, app.Problem{
			Code: "vault-damaged", Title: "The stored sessions could not be read",
			Detail:   k.damaged.Reason + " The file was set aside as " + filepath.Base(k.damaged.Aside) + ".",
			NextStep: "Sign in again where you were signed in.", At: now(),
		})
	}
	if k.err != nil {
		all = append(all, keepingProblem(k.err))
	}
	return all
}

// inMemory reports whether sessions end with the agent.
func (k keeping) inMemory() bool { return k.err != nil && !errors.Is(k.err, vault.ErrKeyNotChanged) }

// keepingCauses is the table from errors of the vault to words; the first that fits counts.
var keepingCauses = []struct {
	is                        error
	code, title, detail, next string
}{
	{
		vault.ErrKeyNotChanged, "vault-key-not-changed", "Signed out, but an old backup could be read",
		"What was stored of the ended session is removed, but your keyring did not let Daypass change the key, so a backup of the file from before could be read.",
		"Unlock your keyring; Daypass tries again by itself.",
	},
	{
		vault.ErrLocked, "keyring-locked", "Your keyring is locked",
		"Daypass keeps the key of its stored sessions in your keyring, which is locked or does not let Daypass in.",
		"Unlock your keyring; Daypass notices within half a minute. Until then sessions end with Daypass.",
	},
	{
		vault.ErrAbsent, "keyring-absent", "There is no keyring",
		"Daypass stores sessions only where their key is safe in a keyring, and this computer offers none, so they are in memory alone.",
		"Start a keyring such as GNOME Keyring or KWallet; Daypass notices within half a minute. Until then you sign in again when Daypass was restarted.",
	},
	{
		vault.ErrTimedOut, "keyring-silent", "Your keyring does not answer",
		"Daypass asked your keyring for the key of its stored sessions and waited in vain, so they are in memory alone.",
		"Restart your keyring, or sign out of your computer and in again. Daypass tries again by itself.",
	},
	{
		vault.ErrKeyLost, "keyring-key-lost", "Your keyring has lost Daypass's key",
		"There are stored sessions, but your keyring does not know their key. It may be another keyring than before.",
		"Sign in again. The stored sessions are kept, and set aside when you do.",
	},
	{
		vault.ErrInUse, "vault-in-use", "Another Daypass has your sessions",
		"A second agent of yours runs in another environment and has the stored sessions, so this one works without them.",
		"End the other agent with daypass quit; this one takes over by itself.",
	},
	{
		vault.ErrNewer, "vault-newer", "A newer Daypass stored your sessions",
		"This version cannot read them, and leaves them as they are. Sessions are in memory alone.",
		"Use the newer Daypass.",
	},
}

func keepingProblem(err error) app.Problem {
	for _, c := range keepingCauses {
		if errors.Is(err, c.is) {
			return app.Problem{Code: c.code, Title: c.title, Detail: c.detail, NextStep: c.next, At: now()}
		}
	}
	return app.Problem{
		Code: "vault-not-stored", Title: "Sessions cannot be stored",
		Detail:   "They are in memory alone: " + sentence(err.Error()),
		NextStep: "Make room on the disk or mend its rights; Daypass tries again by itself.", At: now(),
	}
}

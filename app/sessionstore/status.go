package sessionstore

import (
	"errors"
	"path/filepath"
	"time"

	"daypass/app/messages"
	"daypass/app/session"
	"daypass/app/vault"
)

// Status is how the storing of sessions stands.
type Status struct {
	// Err is why sessions are in memory alone; nil when they are not.
	Err error
	// Damaged is set once a damaged file was set aside.
	Damaged *vault.DamagedError
}

// Problems returns what a user must know of how sessions are stored.
func (s Status) Problems(now time.Time) []session.Problem {
	var all []session.Problem
	if s.Damaged != nil {
		all = append(all, session.Problem{
			Code: "vault-damaged", Params: map[string]string{"File": filepath.Base(s.Damaged.Aside)},
			Reasons: []messages.Message{{ID: "problem.reason.vault." + string(s.Damaged.Reason)}}, At: now,
		})
	}
	if s.Err != nil {
		all = append(all, problemOf(s.Err, now))
	}
	return all
}

// InMemory reports whether sessions end with the agent.
func (s Status) InMemory() bool { return s.Err != nil && !errors.Is(s.Err, vault.ErrKeyNotChanged) }

// causes is the table from errors of the vault to codes; the first that fits counts.
var causes = []struct {
	is   error
	code string
}{
	{is: vault.ErrKeyNotChanged, code: "vault-key-not-changed"},
	{is: vault.ErrLocked, code: "keyring-locked"},
	{is: vault.ErrAbsent, code: "keyring-absent"},
	{is: vault.ErrTimedOut, code: "keyring-silent"},
	{is: vault.ErrKeyLost, code: "keyring-key-lost"},
	{is: vault.ErrInUse, code: "vault-in-use"},
	{is: vault.ErrNewer, code: "vault-newer"},
}

func problemOf(err error, now time.Time) session.Problem {
	for _, c := range causes {
		if errors.Is(err, c.is) {
			return session.Problem{Code: c.code, At: now}
		}
	}
	return session.Problem{Code: "vault-not-stored", Reasons: session.ReasonsOf(err), At: now}
}

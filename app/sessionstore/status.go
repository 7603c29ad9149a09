package sessionstore

import (
	"errors"
	"path/filepath"
	"time"

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
			Code: "vault-damaged", Title: "The stored sessions could not be read",
			Detail:   s.Damaged.Reason + " The file was set aside as " + filepath.Base(s.Damaged.Aside) + ".",
			NextStep: "Sign in again where you were signed in.", At: now,
		})
	}
	if s.Err != nil {
		all = append(all, problemOf(s.Err, now))
	}
	return all
}

// InMemory reports whether sessions end with the agent.
func (s Status) InMemory() bool { return s.Err != nil && !errors.Is(s.Err, vault.ErrKeyNotChanged) }

// causes is the table from errors of the vault to words; the first that fits counts.
var causes = []struct {
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

func problemOf(err error, now time.Time) session.Problem {
	for _, c := range causes {
		if errors.Is(err, c.is) {
			return session.Problem{Code: c.code, Title: c.title, Detail: c.detail, NextStep: c.next, At: now}
		}
	}
	return session.Problem{
		Code: "vault-not-stored", Title: "Sessions cannot be stored",
		Detail:   "They are in memory alone: " + session.Sentence(err.Error()),
		NextStep: "Make room on the disk or mend its rights; Daypass tries again by itself.", At: now,
	}
}

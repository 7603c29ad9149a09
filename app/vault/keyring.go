package vault

import (
	"context"
	"errors"
	"strings"

	"daypass/app/messages"
	"daypass/auth/secret"
)

// Keyring is the operating system's store of secrets, each under the name of an account.
type Keyring interface {
	// Probe finds out, without asking the user for anything, whether the keyring can be used: nil,
	// ErrLocked, ErrAbsent or ErrTimedOut. ErrUnknown where the system does not say.
	Probe(ctx context.Context) error
	// Changes receives, until ctx ends, when a keyring may have come. Nil where the system does not say.
	Changes(ctx context.Context) <-chan struct{}
	// Get returns a secret. A locked keyring asks the user to unlock it, for as long as ctx allows.
	Get(ctx context.Context, account string) (secret.Secret, error)
	// Set stores a secret, as Get in all else.
	Set(ctx context.Context, account string, value secret.Secret) error
}

// The failures of a Keyring. Whatever it says besides has an error of its own words.
var (
	// ErrNotFound: the keyring works and has no such secret.
	ErrNotFound = errors.New("the keyring does not know this secret")
	// ErrLocked: it is locked, or the user or the system said no.
	ErrLocked = errors.New("the keyring is locked, or does not let Daypass in")
	// ErrAbsent: there is no keyring here.
	ErrAbsent = errors.New("there is no keyring")
	// ErrTimedOut: it did not answer in time.
	ErrTimedOut = errors.New("the keyring does not answer")
	// ErrTooBig: the secret is longer than the keyring takes.
	ErrTooBig error = messages.NewError(nil, "agent.keyring.too-long")
	// ErrUnknown: only asking for a secret can show whether the keyring can be used.
	ErrUnknown = errors.New("the keyring does not say how it stands")
)

// failures are the names by which a failure goes from one process to the other.
var failures = map[string]error{
	"not-found": ErrNotFound, "locked": ErrLocked, "absent": ErrAbsent, "timed-out": ErrTimedOut,
	"too-big": ErrTooBig, "unknown": ErrUnknown,
}

// failureName returns the name of a failure of this package; empty for any other.
func failureName(err error) string {
	for name, failure := range failures {
		if errors.Is(err, failure) {
			return name
		}
	}
	return ""
}

// keyringErrors are the words by which keyrings and what lies before them report their failures, in lower case.
// They have no better way.
var keyringErrors = []struct {
	words   string
	failure error
}{
	{"failed to unlock", ErrLocked},
	{"islocked", ErrLocked},
	{"is locked", ErrLocked},
	{"dismissed", ErrLocked},
	{"denied", ErrLocked},
	{"not allowed", ErrLocked},
	{"user canceled", ErrLocked},
	{"user interaction", ErrLocked},
	{"not provided by any .service", ErrAbsent},
	{"serviceunknown", ErrAbsent},
	{"dbus-launch", ErrAbsent},
	{"couldn't determine address of session bus", ErrAbsent},
	{"connect:", ErrAbsent},
	{"no such object", ErrAbsent},
	{"object does not exist", ErrAbsent},
	{"unsupported platform", ErrAbsent},
	{"a specified logon session does not exist", ErrAbsent},
	{"timed out", ErrTimedOut},
	{"did not receive a reply", ErrTimedOut},
	{"noreply", ErrTimedOut},
}

// classify returns a keyring's error as one of this package, where it is known.
func classify(err error) error {
	text := strings.ToLower(err.Error())
	for _, s := range keyringErrors {
		if strings.Contains(text, s.words) {
			return s.failure
		}
	}
	return err
}

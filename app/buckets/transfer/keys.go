package transfer

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/connection"
)

// keyring gives the keys of one connection to one attempt, for as long as they are for the server
// that the attempt talks to and belong to the user who asked for the transfer.
type keyring struct {
	sessions app.Sessions
	id       string
	owner    string
	def      connection.Definition

	mu sync.Mutex
	// last are the keys given last; what holds for them was checked.
	last string
}

// Errors of a keyring. Both end only by a user's act.
var (
	errOtherPerson = errors.New("somebody else is signed in")
	errOtherServer = errors.New("the connection leads to another server now")
)

// otherPerson is an errOtherPerson with the names.
type otherPerson struct{ asked, now string }

// Error implements error.
func (o *otherPerson) Error() string { return fmt.Sprintf("%v: %s", errOtherPerson, o.now) }

// Is makes it an errOtherPerson.
func (*otherPerson) Is(target error) bool { return target == errOtherPerson }

func newKeyring(ctx context.Context, sessions app.Sessions, id, owner string) (*keyring, error) {
	def, err := sessions.Connection(ctx, id)
	if err != nil {
		return nil, err
	}
	return &keyring{sessions: sessions, id: id, owner: owner, def: def}, nil
}

// open makes the client for the attempt's server.
func (k *keyring) open(known *buckets.Learned) (*buckets.Client, error) {
	server := buckets.Server{Endpoint: k.def.Endpoint, Region: k.def.Region, CAFile: k.def.CAFile, Learned: known}
	return buckets.OpenPatient(server, k.keys)
}

// keys returns the keys for one request. New ones are looked at once.
func (k *keyring) keys(ctx context.Context) (app.Credentials, error) {
	keys, err := k.sessions.Credentials(ctx, k.id)
	if err != nil {
		return app.Credentials{}, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if keys.AccessKeyID == k.last {
		return keys, nil
	}
	if err := k.check(ctx); err != nil {
		return app.Credentials{}, err
	}
	k.last = keys.AccessKeyID
	return keys, nil
}

func (k *keyring) check(ctx context.Context) error {
	def, err := k.sessions.Connection(ctx, k.id)
	if err != nil {
		return err
	}
	if def.Endpoint != k.def.Endpoint || def.CAFile != k.def.CAFile || def.Region != k.def.Region {
		return errOtherServer
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, s := range (<-k.sessions.Watch(ctx)).Sessions {
		if s.ID == k.id && k.owner != "" && s.Identity != "" && s.Identity != k.owner {
			return &otherPerson{asked: k.owner, now: s.Identity}
		}
	}
	return nil
}

// current names the keys that were given last.
func (k *keyring) current() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.last
}

// await returns when there are keys that work and are not the refused ones.
func (k *keyring) await(ctx context.Context, refused string) error {
	for range k.sessions.Watch(ctx) {
		keys, err := k.keys(ctx)
		switch {
		case err == nil && keys.AccessKeyID != refused:
			return nil
		case errors.Is(err, errOtherServer), errors.Is(err, app.ErrNoConnection):
			return err
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return app.ErrStopped
}

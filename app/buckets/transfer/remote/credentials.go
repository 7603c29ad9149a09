package remote

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/connection"
)

// credentialSource returns the credentials of one connection to one attempt, for as long as they are for the server
// that the attempt talks to and belong to the user who requested the transfer.
type credentialSource struct {
	sessions app.Sessions
	id       string
	owner    string
	def      connection.Definition

	mu sync.Mutex
	// last is the access key ID returned last; what holds for it was checked.
	last string
}

// Errors of a credential source. Both end only when a user does something.
var (
	errOtherUser = errors.New("somebody else is signed in")
	// ErrOtherServer is a connection that was changed since the attempt began.
	ErrOtherServer = errors.New("the connection leads to another server now")
)

// OtherUser is the error that somebody else is signed in than the user who requested the transfer.
type OtherUser struct{ Requested, Current string }

// Error implements error.
func (o *OtherUser) Error() string { return fmt.Sprintf("%v: %s", errOtherUser, o.Current) }

// Is makes it an errOtherUser.
func (*OtherUser) Is(target error) bool { return target == errOtherUser }

func newCredentialSource(ctx context.Context, sessions app.Sessions, id, owner string) (*credentialSource, error) {
	def, err := sessions.Connection(ctx, id)
	if err != nil {
		return nil, err
	}
	return &credentialSource{sessions: sessions, id: id, owner: owner, def: def}, nil
}

// open makes the client for the attempt's server.
func (k *credentialSource) open(known *buckets.Learned) (*buckets.Client, error) {
	server := buckets.Server{Endpoint: k.def.Endpoint, Region: k.def.Region, CAFile: k.def.CAFile, Learned: known}
	return buckets.OpenPatient(server, k.retrieve)
}

// retrieve returns the credentials for one request. New ones are checked once.
func (k *credentialSource) retrieve(ctx context.Context) (app.Credentials, error) {
	c, err := k.sessions.Credentials(ctx, k.id)
	if err != nil {
		return app.Credentials{}, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if c.AccessKeyID == k.last {
		return c, nil
	}
	if err := k.check(ctx); err != nil {
		return app.Credentials{}, err
	}
	k.last = c.AccessKeyID
	return c, nil
}

// check fails where the credentials are for another server or of another user.
func (k *credentialSource) check(ctx context.Context) error {
	def, err := k.sessions.Connection(ctx, k.id)
	if err != nil {
		return err
	}
	if def.Endpoint != k.def.Endpoint || def.CAFile != k.def.CAFile || def.Region != k.def.Region {
		return ErrOtherServer
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, s := range (<-k.sessions.Watch(ctx)).Sessions {
		if s.ID == k.id && k.owner != "" && s.Identity != "" && s.Identity != k.owner {
			return &OtherUser{Requested: k.owner, Current: s.Identity}
		}
	}
	return nil
}

// lastID returns the access key ID that was returned last.
func (k *credentialSource) lastID() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.last
}

// await returns when there are credentials that work and are not the refused ones.
func (k *credentialSource) await(ctx context.Context, refused string) error {
	for range k.sessions.Watch(ctx) {
		c, err := k.retrieve(ctx)
		switch {
		case err == nil && c.AccessKeyID != refused:
			return nil
		case errors.Is(err, ErrOtherServer), errors.Is(err, app.ErrNoConnection):
			return err
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return app.ErrStopped
}

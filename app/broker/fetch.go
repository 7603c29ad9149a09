package broker

import (
	"context"
	"errors"

	"daypass/app"
	"daypass/app/broker/clients"
)

// minFetcherID is the length of a fetcher's ID in characters, of 32 possible ones each.
const minFetcherID = 26

// Fetch implements app.Handover.
func (b *Broker) Fetch(ctx context.Context, id string, f clients.Fetcher) (clients.IssuedCredentials, error) {
	issued, err := b.fetch(ctx, id, f)
	if errors.Is(err, clients.ErrUnknown) {
		err = app.ErrNoClient
	}
	return issued, b.explained(id, err)
}

func (b *Broker) fetch(ctx context.Context, id string, f clients.Fetcher) (clients.IssuedCredentials, error) {
	if len(f.ID) < minFetcherID {
		return clients.IssuedCredentials{}, app.ErrNoClient
	}
	signIn, err := b.sessions.SignInID(ctx, id)
	if err != nil {
		return clients.IssuedCredentials{}, err
	}
	if f.Session != "" && signIn != "" && f.Session != signIn {
		return clients.IssuedCredentials{}, app.ErrNoClient
	}
	f.Name = clients.ToolName(f.Name)
	c, err := b.join(ctx, id, f)
	if err != nil {
		return clients.IssuedCredentials{}, err
	}
	if c.Paused {
		b.list.NoteFetch(c.ID, false)
		return clients.IssuedCredentials{}, app.ErrPaused
	}
	access, err := b.accessOf(c)
	b.list.NoteFetch(c.ID, err == nil)
	return clients.IssuedCredentials{Access: access, Session: signIn}, err
}

// join lists a fetcher that is not listed yet, as by an agent that has been started again, and makes the
// limited credentials that it is to get.
func (b *Broker) join(ctx context.Context, id string, f clients.Fetcher) (clients.Client, error) {
	if c, err := b.list.Fetcher(id, f.ID); err == nil || errors.Is(err, clients.ErrRevoked) {
		return c, asUnknown(err)
	}
	if _, err := b.sessions.Credentials(ctx, id); err != nil {
		b.sessions.NoteWaiting(id, f.Name)
		return clients.Client{}, err
	}
	c, err := b.list.Join(id, f)
	if err != nil {
		return c, asUnknown(err)
	}
	if c.Scope != nil {
		_, err = b.limited.begin(ctx, c)
	}
	if err == nil {
		err = b.stillListed(ctx, c)
	}
	if err != nil {
		b.list.Leave(c.ID)
		b.limited.drop(c.ID)
	}
	return c, err
}

// asUnknown has a client that was revoked be one that is not there.
func asUnknown(err error) error {
	if errors.Is(err, clients.ErrRevoked) {
		return clients.ErrUnknown
	}
	return err
}

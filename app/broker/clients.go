package broker

import (
	"context"
	"errors"
	"os"
	"time"

	"daypass/app"
	"daypass/app/broker/authorities"
	"daypass/app/broker/clients"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/app/tools"
)

// ToolCredentials implements app.Handover.
func (b *Broker) ToolCredentials(ctx context.Context, name, tool string) (tools.Access, error) {
	s, err := sessionNamed(b.sessions, name)
	if err != nil {
		return tools.Access{}, err
	}
	c := b.list.Command(s.ID, clients.ToolName(tool))
	if c.Paused {
		b.list.NoteFetch(c.ID, false)
		return tools.Access{}, app.ErrPaused
	}
	b.freshen(ctx, s)
	access, err := b.accessOf(c)
	b.list.NoteFetch(c.ID, err == nil)
	return access, err
}

// accessOf returns the credentials for a client, from memory. Who gets none is noted as waiting.
func (b *Broker) accessOf(c clients.Client) (tools.Access, error) {
	keys, err := b.sessions.Credentials(context.Background(), c.Connection)
	if err == nil && c.Scope != nil {
		keys, err = b.limited.credentials(c.ID)
	}
	if errors.Is(err, app.ErrNoCredentials) {
		b.sessions.NoteWaiting(c.Connection, c.Name)
		if s, missing := sessionOf(b.sessions, c.Connection); missing == nil && s.Phase == session.Expired {
			err = renewing(s)
		}
	}
	if err != nil {
		return tools.Access{}, err
	}
	return b.access(c.Connection, keys)
}

// renewing is why a session whose credentials have expired has no new ones yet.
func renewing(s app.Session) error {
	if s.Problem == nil {
		return app.ErrRenewing
	}
	return &app.HandoverError{Problem: *s.Problem, Err: app.ErrRenewing}
}

// access adds to credentials where they are valid.
func (b *Broker) access(id string, keys app.Credentials) (tools.Access, error) {
	s, err := sessionOf(b.sessions, id)
	if err != nil {
		return tools.Access{}, err
	}
	keys.ExpiresAt = reportedExpiry(keys.ExpiresAt, schedule.Now())
	return tools.Access{
		Connection: id, Endpoint: s.Endpoint, STSEndpoint: s.STSEndpoint, Region: s.Region, CAFile: s.CAFile, CABundle: b.bundle(s),
		Credentials: keys,
	}, nil
}

// bundle is the file of all authorities to trust for a connection; empty where it needs none, or none can be
// made.
func (b *Broker) bundle(s app.Session) string {
	if s.CAFile == "" || b.opts.AuthoritiesDir == "" {
		return ""
	}
	path, err := authorities.Write(os.Getenv, b.opts.AuthoritiesDir, s.ID, s.CAFile)
	if err != nil {
		b.log.Warn("tools get the connection's certificate authorities alone", "error", err)
	}
	return path
}

// earlier is how much before their expiry credentials expire for a tool.
const earlier = 30 * time.Second

// reportedExpiry returns the expiry that a tool is given. Many tools use credentials to their last second, so that a
// request which it then signs arrives too late; there are new ones long before.
func reportedExpiry(end, now time.Time) time.Time { return end.Add(-min(earlier, end.Sub(now)/10)) }

// freshenTimeout is how long a command waits for a renewal that is overdue, as after a suspend.
const freshenTimeout = 2 * time.Second

// freshen renews credentials that are nearer to their expiry than they need be: below the floor, though
// their lifetime allows more and the last renewal did not fail.
func (b *Broker) freshen(ctx context.Context, s app.Session) {
	short := func(s app.Session) bool {
		return s.HasCredentials(schedule.Now()) && s.ExpiresAt.Sub(schedule.Now()) < schedule.Floor && s.GrantedDuration.Duration() >= 2*schedule.Floor &&
			!s.RenewAt.IsZero() && s.Failures == 0
	}
	if !short(s) || b.sessions.RenewNow(ctx, s.ID) != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, freshenTimeout)
	defer cancel()
	for snapshot := range b.sessions.Watch(ctx) {
		next, there := snapshot.Session(s.ID)
		if !there || next.ExpiresAt.After(s.ExpiresAt) || next.Failures > 0 {
			return
		}
	}
}

// Clients implements app.Handover.
func (b *Broker) Clients(_ context.Context, id string) ([]clients.Client, error) {
	if _, err := sessionOf(b.sessions, id); err != nil {
		return nil, err
	}
	return b.list.Of(id), nil
}

// AddClient implements app.Handover.
func (b *Broker) AddClient(ctx context.Context, id string, n clients.NewClient) (clients.ClientToken, error) {
	clientToken, err := b.addClient(ctx, id, n)
	return clientToken, b.explained(id, err)
}

func (b *Broker) addClient(ctx context.Context, id string, n clients.NewClient) (clients.ClientToken, error) {
	keys, err := b.sessions.Credentials(ctx, id)
	if err != nil {
		return clients.ClientToken{}, err
	}
	n.Name = clients.ToolName(n.Name)
	c, token, err := b.list.Add(id, n)
	if err != nil {
		return clients.ClientToken{}, err
	}
	if n.Scope != nil {
		keys, err = b.limited.begin(ctx, c)
	}
	if err == nil {
		err = b.stillListed(ctx, c)
	}
	clientToken := clients.ClientToken{Client: c.ID, Token: token}
	if err == nil {
		clientToken.Access, err = b.access(id, keys)
	}
	if err == nil {
		clientToken.URL, err = b.endpoint.Open()
	}
	if err == nil {
		clientToken.TokenFile, err = b.writeToken(c.ID, token)
	}
	if err != nil {
		b.revoke(c.ID)
		return clients.ClientToken{}, err
	}
	return clientToken, nil
}

// stillListed fails where the session ended while a client was being added: see SessionEnded.
func (b *Broker) stillListed(ctx context.Context, c clients.Client) error {
	if _, err := b.sessions.Credentials(ctx, c.Connection); err != nil {
		return err
	}
	if !b.list.Has(c.ID) {
		return app.ErrNoCredentials
	}
	return nil
}

// PauseClient implements app.Handover.
func (b *Broker) PauseClient(_ context.Context, client string, paused bool) error {
	if b.list.Pause(client, paused) != nil {
		return app.ErrNoClient
	}
	if c, listed := b.list.Find(client); listed {
		b.keyPairsChanged(c)
	}
	return nil
}

// RevokeClient implements app.Handover.
func (b *Broker) RevokeClient(_ context.Context, client string) error {
	if !b.revoke(client) {
		return app.ErrNoClient
	}
	return nil
}

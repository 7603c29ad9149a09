package broker

import (
	"context"
	"errors"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/gateway"
	"daypass/app/session"
	"daypass/app/tools"
)

// renewalWait is how long a request to the gateway waits for credentials that are being renewed.
const renewalWait = 10 * time.Second

// AddGateway implements app.Handover.
func (b *Broker) AddGateway(ctx context.Context, id string, n clients.NewClient) (clients.KeyPair, error) {
	pair, err := b.addGateway(ctx, id, n)
	return pair, b.explained(id, err)
}

func (b *Broker) addGateway(ctx context.Context, id string, n clients.NewClient) (clients.KeyPair, error) {
	if _, err := b.sessions.Credentials(ctx, id); err != nil {
		return clients.KeyPair{}, err
	}
	n.Name = clients.ToolName(n.Name)
	if _, pair, known := b.list.Gateway(id, n); known {
		return b.reachable(id, pair)
	}
	c, pair, err := b.list.AddGateway(id, n)
	if err != nil {
		return clients.KeyPair{}, err
	}
	if n.Scope != nil {
		_, err = b.limited.begin(ctx, c)
	}
	if err == nil {
		err = b.stillListed(ctx, c)
	}
	if err == nil {
		pair, err = b.reachable(id, pair)
	}
	if err != nil {
		b.revoke(c.ID)
		return clients.KeyPair{}, err
	}
	b.keyPairsChanged(c)
	return pair, nil
}

// reachable returns a key pair with where to use it.
func (b *Broker) reachable(id string, pair clients.KeyPair) (clients.KeyPair, error) {
	s, err := sessionOf(b.sessions, id)
	if err != nil {
		return clients.KeyPair{}, err
	}
	pair.Region = tools.Access{Region: s.Region}.SigningRegion()
	pair.Endpoint, err = b.gateway.Open()
	return pair, err
}

// signers finds what the gateway signs the requests of clients with.
type signers struct {
	sessions Sessions
	limited  *limitedCredentials
}

// access returns the credentials for a client. Where they are being renewed, it waits.
func (s signers) access(ctx context.Context, c clients.Client) (tools.Access, error) {
	access, err := s.inMemory(ctx, c)
	if !errors.Is(err, gateway.ErrRenewing) {
		return access, err
	}
	ctx, cancel := context.WithTimeout(ctx, renewalWait)
	defer cancel()
	snapshots := s.sessions.Watch(ctx)
	for errors.Is(err, gateway.ErrRenewing) {
		renewed := s.limited.nextRenewal()
		if access, err = s.inMemory(ctx, c); !errors.Is(err, gateway.ErrRenewing) {
			break
		}
		select {
		case _, open := <-snapshots:
			if !open {
				return access, err
			}
		case <-renewed:
		case <-ctx.Done():
			return access, err
		}
	}
	return access, err
}

// inMemory is access without waiting.
func (s signers) inMemory(ctx context.Context, c clients.Client) (tools.Access, error) {
	of, err := sessionOf(s.sessions, c.Connection)
	if err != nil {
		return tools.Access{}, gateway.ErrSignedOut
	}
	keys, err := s.sessions.Credentials(ctx, c.Connection)
	if err == nil && c.Scope != nil {
		keys, err = s.limited.credentials(c.ID)
	}
	if err != nil {
		s.sessions.NoteWaiting(c.Connection, c.Name)
		return tools.Access{}, waitReason(of)
	}
	return tools.Access{Connection: of.ID, Endpoint: of.Endpoint, Region: of.Region, CAFile: of.CAFile, Credentials: keys}, nil
}

// waitReason returns why a session has no credentials for a client.
func waitReason(s app.Session) error {
	switch s.Phase {
	case session.Active, session.Expired, session.Renewing:
		return gateway.ErrRenewing
	}
	return gateway.ErrSignedOut
}

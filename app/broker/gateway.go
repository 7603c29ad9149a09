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
	s, err := b.session(id)
	if err != nil {
		return clients.KeyPair{}, err
	}
	pair.Region = tools.Access{Region: s.Region}.SigningRegion()
	pair.Endpoint, err = b.gateway.Open()
	return pair, err
}

// accessForGateway returns the credentials to sign a request of a client with. Where they are being renewed, it waits.
func (b *Broker) accessForGateway(ctx context.Context, c clients.Client) (tools.Access, error) {
	access, err := b.gatewayAccess(ctx, c)
	if !errors.Is(err, gateway.ErrRenewing) {
		return access, err
	}
	ctx, cancel := context.WithTimeout(ctx, renewalWait)
	defer cancel()
	snapshots := b.sessions.Watch(ctx)
	for errors.Is(err, gateway.ErrRenewing) {
		renewed := b.limited.nextRenewal()
		if access, err = b.gatewayAccess(ctx, c); !errors.Is(err, gateway.ErrRenewing) {
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

// gatewayAccess is accessForGateway from memory.
func (b *Broker) gatewayAccess(ctx context.Context, c clients.Client) (tools.Access, error) {
	s, err := b.session(c.Connection)
	if err != nil {
		return tools.Access{}, gateway.ErrSignedOut
	}
	keys, err := b.sessions.Credentials(ctx, c.Connection)
	if err == nil && c.Scope != nil {
		keys, err = b.limited.credentials(c.ID)
	}
	if err != nil {
		b.sessions.NoteWaiting(c.Connection, c.Name)
		return tools.Access{}, waitReason(s)
	}
	return tools.Access{Connection: s.ID, Endpoint: s.Endpoint, Region: s.Region, CAFile: s.CAFile, Credentials: keys}, nil
}

// waitReason returns why a session has no credentials for a client.
func waitReason(s app.Session) error {
	switch s.Phase {
	case session.Active, session.Expired, session.Renewing:
		return gateway.ErrRenewing
	}
	return gateway.ErrSignedOut
}

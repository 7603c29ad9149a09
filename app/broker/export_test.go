package broker

import (
	"context"

	"daypass/app/broker/clients"
	"daypass/app/tools"
)

// GatewayCredentials has a client of b's gateway request its credentials.
func GatewayCredentials(ctx context.Context, b *Broker, connection string) (tools.Access, error) {
	return signers{b.sessions, b.limited}.access(ctx, clients.Client{ID: "1", Connection: connection, Name: "kopia"})
}

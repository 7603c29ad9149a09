package broker

import (
	"context"

	"daypass/app/broker/clients"
	"daypass/app/tools"
)

// GatewayCredentials has a client of the gateway request its credentials.
func (b *Broker) GatewayCredentials(ctx context.Context, connection string) (tools.Access, error) {
	return b.accessForGateway(ctx, clients.Client{ID: "1", Connection: connection, Name: "kopia"})
}

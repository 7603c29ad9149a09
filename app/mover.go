package app

import (
	"context"

	"daypass/app/connection"
)

// Mover carries out transfers. Run works until ctx ends; the calls of Transfers may come before it.
type Mover interface {
	Transfers
	Run(ctx context.Context)
}

// Sessions is what a Mover knows of the sessions: the calls are those of Core.
type Sessions interface {
	Watch(ctx context.Context) <-chan Snapshot
	Credentials(ctx context.Context, id string) (Credentials, error)
	Connection(ctx context.Context, id string) (connection.Definition, error)
}

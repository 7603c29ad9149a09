package app

import (
	"context"
	"errors"

	"daypass/app/connection"
)

// Definitions returns the definitions of sessions, without those whose connection has been removed since.
func Definitions(ctx context.Context, core interface {
	Connection(ctx context.Context, id string) (connection.Definition, error)
}, sessions []Session,
) ([]connection.Definition, error) {
	var out []connection.Definition
	for _, s := range sessions {
		def, err := core.Connection(ctx, s.ID)
		switch {
		case errors.Is(err, ErrNoConnection):
		case err != nil:
			return nil, err
		default:
			out = append(out, def)
		}
	}
	return out, nil
}

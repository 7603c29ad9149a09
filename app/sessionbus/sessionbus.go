//go:build unix && !darwin

// Package sessionbus keeps a connection to the desktop's D-Bus. It starts no bus where there is
// none, and finds one that comes late or comes back.
package sessionbus

import (
	"context"
	"errors"
	"time"

	"github.com/godbus/dbus/v5"
)

// pause is how long to wait before looking for the bus again.
const pause = 30 * time.Second

// Follow connects to the session bus and calls work with the connection, whose own context ends when
// the bus goes away, as well as with ctx. When work returns the connection is closed, and Follow
// begins again, until ctx ends.
func Follow(ctx context.Context, work func(ctx context.Context, bus *dbus.Conn)) {
	for ctx.Err() == nil {
		if bus, err := Connect(ctx); err == nil {
			work(bus.Context(), bus)
			_ = bus.Close()
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// Connect opens a connection of the caller's own, which ends with ctx.
func Connect(ctx context.Context) (*dbus.Conn, error) {
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	if err := bus.Auth(nil); err != nil {
		return nil, errors.Join(err, bus.Close())
	}
	if err := bus.Hello(); err != nil {
		return nil, errors.Join(err, bus.Close())
	}
	return bus, nil
}

//go:build unix && !darwin

package sessionbus

import (
	"context"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus/bustest"
)

// No bus is started where there is none.
func TestConnect_startsNoBus(t *testing.T) {
	bus := bustest.Prepare(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	if conn, err := Connect(t.Context()); err == nil {
		t.Errorf("connected to %v", conn.Names())
	}
}

// The end of the bus is noticed.
func TestFollow_noticesEndOfBus(t *testing.T) {
	bus := bustest.New(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	ctx, cancel := context.WithCancel(t.Context())
	began, lost, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		Follow(ctx, func(ctx context.Context, conn *dbus.Conn) {
			close(began)
			<-ctx.Done()
			close(lost)
		})
	}()
	wait(t, began)
	bus.Stop()
	wait(t, lost)
	cancel()
	wait(t, ended)
}

// Follow ends with its context.
func TestFollow_endsWithContext(t *testing.T) {
	bus := bustest.New(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		Follow(ctx, func(inner context.Context, conn *dbus.Conn) {
			cancel()
			<-inner.Done()
		})
	}()
	wait(t, ended)
}

func wait(t *testing.T, happened <-chan struct{}) {
	t.Helper()
	select {
	case <-happened:
	case <-time.After(bustest.Timeout):
		t.Fatal("it does not happen")
	}
}

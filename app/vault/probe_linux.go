package vault

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus"
)

const (
	secretService  = "org.freedesktop.secrets"
	secretPath     = "/org/freedesktop/secrets"
	secretLogin    = secretPath + "/collection/login"
	secretDefault  = secretPath + "/aliases/default"
	secretIsLocked = "org.freedesktop.Secret.Collection.Locked"
	secretList     = "org.freedesktop.Secret.Service.Collections"
)

// reachable fails where there is no session bus. The bus's own library would try to start one, with a
// program that may not be there or may wait for minutes.
func reachable() error {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return nil
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); dir != "" {
		if _, err := os.Stat(filepath.Join(dir, "bus")); err == nil {
			return nil
		}
	}
	return ErrAbsent
}

// probe asks the Secret Service how its collection stands, which unlocks nothing and opens no dialog.
func probe(ctx context.Context) error {
	conn, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return ErrAbsent
	}
	defer conn.Close()
	if err := offered(ctx, conn); err != nil {
		return err
	}
	var locked bool
	path, err := collection(ctx, conn)
	if err == nil {
		err = property(ctx, conn, path, secretIsLocked, &locked)
	}
	switch {
	case ctx.Err() != nil:
		return ErrTimedOut
	case err != nil:
		return classify(err)
	case locked:
		return ErrLocked
	}
	return nil
}

// changes receives for each owner that the service's name gets, and of each session bus that is found.
func changes(ctx context.Context) <-chan struct{} {
	out := make(chan struct{}, 1)
	report := func() {
		select {
		case out <- struct{}{}:
		default: // it is told already
		}
	}
	go sessionbus.Follow(ctx, func(ctx context.Context, bus *dbus.Conn) {
		signals := make(chan *dbus.Signal, 16)
		bus.Signal(signals)
		if bus.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"),
			dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, secretService)) != nil {
			return
		}
		for {
			report()
			select {
			case <-signals:
			case <-ctx.Done():
				return
			}
		}
	})
	return out
}

// offered reports whether somebody has the service's name, or could be started for it.
func offered(ctx context.Context, conn *dbus.Conn) error {
	var owned bool
	bus := conn.BusObject()
	if err := bus.CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, secretService).Store(&owned); err != nil {
		return ErrTimedOut
	}
	if owned {
		return nil
	}
	var names []string
	if err := bus.CallWithContext(ctx, "org.freedesktop.DBus.ListActivatableNames", 0).Store(&names); err != nil {
		return ErrTimedOut
	}
	if !slices.Contains(names, secretService) {
		return ErrAbsent
	}
	return nil
}

// collection is the one that the keyring's library uses: login where there is one, else the default.
func collection(ctx context.Context, conn *dbus.Conn) (dbus.ObjectPath, error) {
	var all []dbus.ObjectPath
	if err := property(ctx, conn, secretPath, secretList, &all); err != nil {
		return "", err
	}
	if slices.Contains(all, secretLogin) {
		return secretLogin, nil
	}
	return secretDefault, nil
}

func property(ctx context.Context, conn *dbus.Conn, path dbus.ObjectPath, name string, into any) error {
	var value dbus.Variant
	dot := strings.LastIndexByte(name, '.')
	call := conn.Object(secretService, path).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, name[:dot], name[dot+1:])
	if err := call.Store(&value); err != nil {
		return err
	}
	return value.Store(into)
}

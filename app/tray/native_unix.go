//go:build linux || freebsd || netbsd || openbsd

package tray

import (
	"context"
	"runtime"

	"fyne.io/systray"
	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus"
)

// systray ties the main goroutine to its thread for the sake of other systems. Here that would only
// cost a change of threads with each of its turns.
func init() { runtime.UnlockOSThread() }

// mnemonic marks the keyboard letter in a label of com.canonical.dbusmenu.
const mnemonic = "_"

func nativeIcon(png []byte) []byte { return png }

// native is the StatusNotifierItem on the session bus.
type native struct{ bus *dbus.Conn }

// start puts the icon on the bus; fill sets its picture and its menu. The first time that comes
// before, so that a panel sees it whole. Later systray still holds the connection of the time before,
// until it has started again.
func (n *native) start(fill func()) error {
	first := n.bus == nil
	if first {
		fill()
	}
	begin, _ := systray.RunWithExternalLoop(nil, nil)
	begin()
	// The connection that systray has opened: there is one for the whole process.
	bus, err := dbus.SessionBus()
	if err != nil {
		return err
	}
	if n.bus = bus; !first {
		fill()
	}
	return nil
}

// stop takes the icon off the bus by closing systray's connection; start opens another. systray's
// own way to stop is for the end of the process.
func (n *native) stop() {
	if n.bus != nil {
		_ = n.bus.Close()
	}
}

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	watcherPath = dbus.ObjectPath("/StatusNotifierWatcher")
)

// presence asks the bus for a tray and listens for one that comes or goes.
func (n *native) presence(ctx context.Context) <-chan bool {
	out := make(chan bool)
	report := func(there bool) {
		select {
		case out <- there:
		case <-ctx.Done():
		}
	}
	go sessionbus.Follow(ctx, func(ctx context.Context, bus *dbus.Conn) {
		defer report(false)
		signals := make(chan *dbus.Signal, 16)
		bus.Signal(signals)
		if watchTrays(bus) != nil {
			return
		}
		for {
			report(hasTray(ctx, bus))
			select {
			case <-signals:
			case <-ctx.Done():
				return
			}
		}
	})
	return out
}

func watchTrays(bus *dbus.Conn) error {
	owner := bus.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcherName))
	if owner != nil {
		return owner
	}
	for _, member := range []string{"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"} {
		if err := bus.AddMatchSignal(dbus.WithMatchInterface(watcherName), dbus.WithMatchMember(member)); err != nil {
			return err
		}
	}
	return nil
}

// hasTray reports whether somebody shows icons. It starts no one who might.
func hasTray(ctx context.Context, bus *dbus.Conn) bool {
	var owned bool
	err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, watcherName).Store(&owned)
	if err != nil || !owned {
		return false
	}
	var host dbus.Variant
	call := bus.Object(watcherName, watcherPath).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get",
		dbus.FlagNoAutoStart, watcherName, "IsStatusNotifierHostRegistered")
	if call.Store(&host) != nil {
		return true // a watcher that does not say
	}
	shown, isBool := host.Value().(bool)
	return shown || !isBool
}

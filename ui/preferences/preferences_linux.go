package preferences

import (
	"context"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus"
)

// The settings of the XDG desktop portal, and those of GNOME that it passes on.
const (
	service        = "org.freedesktop.portal.Desktop"
	path           = "/org/freedesktop/portal/desktop"
	settings       = "org.freedesktop.portal.Settings"
	appearance     = "org.freedesktop.appearance"
	contrast       = "contrast"
	gnomeInterface = "org.gnome.desktop.interface"
	textScaling    = "text-scaling-factor"
	// moreContrast is the value of contrast for those who want more of it.
	moreContrast = 1
)

// Watch calls changed with the desktop's preferences, and again whenever they are others, until ctx ends. It is called
// with the zero Preferences where the desktop has none, and from a goroutine of its own.
func Watch(ctx context.Context, changed func(Preferences)) {
	sessionbus.Follow(ctx, func(ctx context.Context, bus *dbus.Conn) { follow(ctx, bus, changed) })
}

// follow reports the preferences until the bus goes away.
func follow(ctx context.Context, bus *dbus.Conn, changed func(Preferences)) {
	signals := make(chan *dbus.Signal, 16)
	bus.Signal(signals)
	if bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(settings), dbus.WithMatchMember("SettingChanged")) != nil {
		return
	}
	last := read(ctx, bus)
	changed(last)
	for {
		select {
		case s, open := <-signals:
			if !open {
				return
			}
			if next := last.with(s); next != last {
				last = next
				changed(last)
			}
		case <-ctx.Done():
			return
		}
	}
}

func read(ctx context.Context, bus *dbus.Conn) (p Preferences) {
	for _, one := range [][2]string{{appearance, contrast}, {gnomeInterface, textScaling}} {
		var value dbus.Variant
		// ReadOne is newer than Read, which wraps the value once more.
		if bus.Object(service, path).CallWithContext(ctx, settings+".Read", dbus.FlagNoAutoStart, one[0], one[1]).Store(&value) == nil {
			p = p.set(one[0], one[1], value)
		}
	}
	return p
}

// with returns the preferences after a setting has changed.
func (p Preferences) with(s *dbus.Signal) Preferences {
	var namespace, key string
	var value dbus.Variant
	if s.Name != settings+".SettingChanged" || dbus.Store(s.Body, &namespace, &key, &value) != nil {
		return p
	}
	return p.set(namespace, key, value)
}

// set returns the preferences with one of another value; what is not of interest, or of another type, changes nothing.
func (p Preferences) set(namespace, key string, value dbus.Variant) Preferences {
	content := value.Value()
	for inner, wrapped := content.(dbus.Variant); wrapped; inner, wrapped = content.(dbus.Variant) {
		content = inner.Value()
	}
	switch namespace + "." + key {
	case appearance + "." + contrast:
		if level, ok := content.(uint32); ok {
			p.HighContrast = level == moreContrast
		}
	case gnomeInterface + "." + textScaling:
		if factor, ok := content.(float64); ok {
			p.TextSize = textSize(factor)
		}
	}
	return p
}

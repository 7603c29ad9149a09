package preferences

import (
	"context"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus/bustest"
)

// portal has settings that a test changes.
type portal struct {
	bus    *dbus.Conn
	mu     sync.Mutex
	values map[string]any
}

// Read is the portal's.
func (p *portal) Read(namespace, key string) (dbus.Variant, *dbus.Error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if value, ok := p.values[namespace+"."+key]; ok {
		return dbus.MakeVariant(dbus.MakeVariant(value)), nil
	}
	return dbus.Variant{}, dbus.NewError("org.freedesktop.portal.Error.NotFound", nil)
}

func (p *portal) change(t *testing.T, namespace, key string, value any) {
	t.Helper()
	p.mu.Lock()
	p.values[namespace+"."+key] = value
	p.mu.Unlock()
	if err := p.bus.Emit(path, settings+".SettingChanged", namespace, key, dbus.MakeVariant(value)); err != nil {
		t.Fatal(err)
	}
}

func start(t *testing.T, values map[string]any) (*portal, <-chan Preferences) {
	t.Helper()
	bus := bustest.New(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	p := &portal{bus: bus.Connect(), values: values}
	if err := p.bus.Export(p, path, settings); err != nil {
		t.Fatal(err)
	}
	if reply, err := p.bus.RequestName(service, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(reply, err)
	}
	seen := make(chan Preferences, 16)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		Watch(ctx, func(p Preferences) { seen <- p })
	}()
	t.Cleanup(func() { cancel(); <-done })
	return p, seen
}

func TestWatch_changes(t *testing.T) {
	p, seen := start(t, map[string]any{gnomeInterface + "." + textScaling: 1.25})
	if got := <-seen; got != (Preferences{TextSize: 1.25}) {
		t.Errorf("first: %+v", got)
	}
	p.change(t, appearance, contrast, uint32(1))
	if got := <-seen; got != (Preferences{TextSize: 1.25, HighContrast: true}) {
		t.Errorf("more contrast: %+v", got)
	}
	p.change(t, appearance, "color-scheme", uint32(1)) // is of no interest
	p.change(t, gnomeInterface, textScaling, "large")  // is no size
	p.change(t, gnomeInterface, textScaling, 250.0)
	if got := <-seen; got != (Preferences{HighContrast: true}) {
		t.Errorf("a size that cannot be: %+v", got)
	}
	p.change(t, appearance, contrast, uint32(0))
	if got := <-seen; got != (Preferences{}) {
		t.Errorf("less contrast: %+v", got)
	}
}

func TestWatch_desktopWithoutSettings(t *testing.T) {
	_, seen := start(t, map[string]any{})
	if got := <-seen; got != (Preferences{}) {
		t.Errorf("%+v", got)
	}
}

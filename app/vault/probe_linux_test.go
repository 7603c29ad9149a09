package vault_test

import (
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus/bustest"
)

// A keyring that appears is reported.
func TestChanges_reportsKeyring(t *testing.T) {
	bus := bustest.New(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	changes := child("real").Changes(t.Context())
	report := func(what string) {
		t.Helper()
		select {
		case <-changes:
		case <-time.After(bustest.Timeout):
			t.Fatalf("%s is not told", what)
		}
	}
	report("the bus")
	conn := bus.Connect()
	for range 2 {
		if _, err := conn.RequestName("org.freedesktop.secrets", dbus.NameFlagDoNotQueue); err != nil {
			t.Fatal(err)
		}
		report("its coming")
		if _, err := conn.ReleaseName("org.freedesktop.secrets"); err != nil {
			t.Fatal(err)
		}
		report("its going")
	}
}

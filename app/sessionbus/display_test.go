//go:build unix && !darwin

package sessionbus

import (
	"os"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"daypass/app/sessionbus/bustest"
)

// systemd puts a session's manager on the bus that knows these variables.
func systemd(t *testing.T, bus *bustest.Bus, environment ...string) {
	t.Helper()
	conn := bus.Connect()
	_, err := prop.Export(conn, "/org/freedesktop/systemd1", prop.Map{"org.freedesktop.systemd1.Manager": {
		"Environment": {Value: environment, Emit: prop.EmitFalse},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName("org.freedesktop.systemd1", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
}

// A display is found where the environment has none.
func TestFindDisplay_setsEnvironment(t *testing.T) {
	tests := map[string]struct {
		before, after map[string]string
	}{
		"from a console": {
			map[string]string{"DISPLAY": "", "WAYLAND_DISPLAY": "", "XAUTHORITY": "", "PATH": "/bin"},
			map[string]string{"DISPLAY": ":7", "WAYLAND_DISPLAY": "wayland-7", "XAUTHORITY": "/run/x", "PATH": "/bin"},
		},
		"from a desktop": {
			map[string]string{"DISPLAY": ":1", "WAYLAND_DISPLAY": "", "XAUTHORITY": ""},
			map[string]string{"DISPLAY": ":1", "WAYLAND_DISPLAY": "", "XAUTHORITY": ""},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			bus := bustest.New(t)
			systemd(t, bus, "PATH=/evil", "DISPLAY=:7", "WAYLAND_DISPLAY=wayland-7", "XAUTHORITY=/run/x", "odd")
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
			for k, v := range tt.before {
				t.Setenv(k, v)
			}
			FindDisplay(t.Context())
			for k, want := range tt.after {
				if got := os.Getenv(k); got != want {
					t.Errorf("%s is %q, want %q", k, got, want)
				}
			}
		})
	}
}

// No display is found where nobody knows one.
func TestFindDisplay_noneKnown(t *testing.T) {
	for _, bus := range []*bustest.Bus{bustest.New(t), bustest.Prepare(t)} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
		t.Setenv("DISPLAY", "")
		t.Setenv("WAYLAND_DISPLAY", "")
		FindDisplay(t.Context())
		if got := os.Getenv("DISPLAY"); got != "" {
			t.Errorf("found %q", got)
		}
	}
}

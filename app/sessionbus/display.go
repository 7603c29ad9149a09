//go:build unix && !darwin

package sessionbus

import (
	"context"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// displayVariables say where programs with a screen find it.
var displayVariables = []string{"DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"}

// displayTimeout is how long the session's manager may take to answer.
const displayTimeout = 2 * time.Second

// FindDisplay has the programs that this one starts find the user's screen, where it was itself started
// without one, such as over ssh before they logged in: desktops publish their display in the session's systemd.
// Where that knows none, nothing changes.
func FindDisplay(ctx context.Context) {
	if os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, displayTimeout)
	defer cancel()
	bus, err := Connect(ctx)
	if err != nil {
		return
	}
	defer bus.Close()
	var environment dbus.Variant
	manager := bus.Object("org.freedesktop.systemd1", "/org/freedesktop/systemd1")
	call := manager.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", dbus.FlagNoAutoStart,
		"org.freedesktop.systemd1.Manager", "Environment")
	if call.Store(&environment) != nil {
		return
	}
	known, _ := environment.Value().([]string)
	for _, setting := range known {
		name, value, _ := strings.Cut(setting, "=")
		if slices.Contains(displayVariables, name) && os.Getenv(name) == "" {
			_ = os.Setenv(name, value) // the names are good ones
		}
	}
}

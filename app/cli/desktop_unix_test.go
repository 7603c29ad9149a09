//go:build unix && !darwin

package cli

import (
	"errors"
	"testing"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus/bustest"
	"daypass/auth"
)

// portal stands in for the desktop portal's OpenURI: none is installed where tests run.
type portal struct {
	bus    *dbus.Conn
	status uint32
	opened chan string
}

// OpenURI implements org.freedesktop.portal.OpenURI.
func (p portal) OpenURI(_, uri string, _ map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	const request = dbus.ObjectPath("/org/freedesktop/portal/desktop/request/1")
	p.opened <- uri
	if err := p.bus.Emit(request, "org.freedesktop.portal.Request.Response", p.status, map[string]dbus.Variant{}); err != nil {
		return "", dbus.MakeFailedError(err)
	}
	return request, nil
}

// The link is opened where no other user can read it: in no command's arguments.
func TestOpenBrowser_usesPortal(t *testing.T) {
	bus := bustest.New(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	t.Setenv("BROWSER", "")
	t.Setenv("PATH", t.TempDir())
	const link = "https://login.example/authorize?state=s"
	if err := auth.OpenBrowser(link); !errors.Is(err, auth.ErrNoBrowser) {
		t.Errorf("without a portal: %v", err)
	}
	conn, err := dbus.Connect(bus.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for status, want := range map[uint32]error{0: nil, 1: nil, 2: auth.ErrNoBrowser} {
		p := portal{conn, status, make(chan string, 1)}
		if err := conn.Export(p, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.OpenURI"); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.RequestName("org.freedesktop.portal.Desktop", dbus.NameFlagDoNotQueue); err != nil {
			t.Fatal(err)
		}
		if err := auth.OpenBrowser(link); !errors.Is(err, want) {
			t.Errorf("response %d: %v", status, err)
		}
		if opened := <-p.opened; opened != link {
			t.Errorf("it opened %q", opened)
		}
	}
}

//go:build unix && !darwin

package auth

import (
	"context"
	"errors"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	portalName    = "org.freedesktop.portal.Desktop"
	portalPath    = "/org/freedesktop/portal/desktop"
	portalOpen    = "org.freedesktop.portal.OpenURI.OpenURI"
	portalRequest = "org.freedesktop.portal.Request"

	// portalTimeout bounds how long the portal may take to accept a link.
	portalTimeout = 3 * time.Second
	// portalAnswerTimeout is how long the portal may ask the user which browser to use.
	portalAnswerTimeout = 2 * time.Minute
	// portalFailed is the response of a request that ended neither well nor by the user's will.
	portalFailed = 2
)

var errPortal = errors.New("the desktop portal could not open the link")

// openByPortal has the desktop portal open a link, where there is one.
func openByPortal(link string) error {
	bus, err := connectSessionBus()
	if err != nil {
		return err
	}
	answers := make(chan *dbus.Signal, 16)
	bus.Signal(answers)
	request, err := askPortal(bus, link)
	if err != nil {
		return errors.Join(err, bus.Close())
	}
	failed := make(chan bool, 1)
	go func() {
		defer bus.Close() // which would end the request
		failed <- portalHasFailed(answers, request)
	}()
	select {
	case callErr := <-failed:
		if callErr {
			return errPortal
		}
	case <-time.After(browserGrace): // it asks the user
	}
	return nil
}

func connectSessionBus() (*dbus.Conn, error) {
	bus, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(bus.Auth(nil), bus.Hello()); err != nil {
		return nil, errors.Join(err, bus.Close())
	}
	return bus, nil
}

func askPortal(bus *dbus.Conn, link string) (request dbus.ObjectPath, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), portalTimeout)
	defer cancel()
	err = bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(portalRequest), dbus.WithMatchMember("Response"))
	if err != nil {
		return "", err
	}
	call := bus.Object(portalName, portalPath).CallWithContext(ctx, portalOpen, 0, "", link, map[string]dbus.Variant{})
	return request, call.Store(&request)
}

// portalHasFailed waits for the portal's answer to a request.
func portalHasFailed(answers <-chan *dbus.Signal, request dbus.ObjectPath) bool {
	late := time.After(portalAnswerTimeout)
	for {
		select {
		case s, open := <-answers:
			if !open {
				return true
			}
			if s.Path == request && len(s.Body) > 0 {
				return s.Body[0] == uint32(portalFailed)
			}
		case <-late:
			return false
		}
	}
}

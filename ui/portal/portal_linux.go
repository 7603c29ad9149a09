package portal

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"daypass/app/messages"
	"daypass/app/sessionbus"
)

const (
	service     = "org.freedesktop.portal.Desktop"
	path        = "/org/freedesktop/portal/desktop"
	fileChooser = "org.freedesktop.portal.FileChooser"
	request     = "org.freedesktop.portal.Request"
	busItself   = "org.freedesktop.DBus"
)

// The first part of a portal's answer.
const (
	selected uint32 = iota
	canceled
)

// startTimeout is how long the desktop may take to do what needs nobody. It is a variable for tests.
var startTimeout = 10 * time.Second

// Open asks for files or folders, and waits until the user has chosen or ctx ends. Nothing comes where they have
// changed their mind. ErrNone where there is no portal, or one without a dialog for files, or one that has gone or
// does not answer.
func Open(ctx context.Context, r Request) (paths []string, err error) {
	bus, end, err := connect(ctx)
	if err != nil {
		return nil, ErrNone
	}
	defer end()
	token, err := newToken()
	if err != nil {
		return nil, err
	}
	// The place of the answer follows from our name and the token, so that it is listened for before it can come.
	handle := dbus.ObjectPath(path + "/request/" + strings.ReplaceAll(strings.TrimPrefix(bus.Names()[0], ":"), ".", "_") + "/" + token)
	signals := make(chan *dbus.Signal, 8)
	bus.Signal(signals)
	given, err := ask(ctx, bus, r, token)
	if err != nil {
		shut(bus, handle) // it may come late
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	for {
		select {
		case s, open := <-signals:
			switch {
			case !open, portalGone(s):
				return nil, ErrNone
			case s.Name == request+".Response" && (s.Path == handle || s.Path == given):
				return read(s)
			}
		case <-ctx.Done():
			shut(bus, given)
			return nil, ctx.Err()
		}
	}
}

// connect opens a connection that outlives ctx for as long as it takes to close the dialog, until end.
func connect(ctx context.Context) (bus *dbus.Conn, end context.CancelFunc, err error) {
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	late := time.AfterFunc(startTimeout, end)
	defer late.Stop()
	defer context.AfterFunc(ctx, end)()
	if bus, err = sessionbus.Connect(life); err != nil {
		end()
		return nil, nil, err
	}
	return bus, end, nil
}

// ask has the portal open its dialog and gives its name there. It is to be told of the answer, and of the portal's end.
func ask(ctx context.Context, bus *dbus.Conn, r Request, token string) (given dbus.ObjectPath, err error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for _, wanted := range [][]dbus.MatchOption{
		{dbus.WithMatchInterface(request), dbus.WithMatchMember("Response")},
		{dbus.WithMatchInterface(busItself), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service)},
	} {
		if err := bus.AddMatchSignalContext(ctx, wanted...); err != nil {
			return "", err
		}
	}
	call := bus.Object(service, path).CallWithContext(ctx, fileChooser+".OpenFile", 0, r.Parent, r.Title, r.options(token))
	return given, call.Store(&given)
}

// portalGone reports whether a signal says that the portal has left the bus.
func portalGone(s *dbus.Signal) bool {
	var name, before, now string
	return s.Name == busItself+".NameOwnerChanged" && dbus.Store(s.Body, &name, &before, &now) == nil && name == service && before != "" && now == ""
}

// shut has the portal close a dialog.
func shut(bus *dbus.Conn, dialog dbus.ObjectPath) {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	_ = bus.Object(service, dialog).CallWithContext(ctx, request+".Close", dbus.FlagNoAutoStart).Err
}

func newToken() (string, error) {
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", err
	}
	return "daypass" + hex.EncodeToString(random[:]), nil
}

func (r Request) options(token string) map[string]dbus.Variant {
	o := map[string]dbus.Variant{
		"handle_token": dbus.MakeVariant(token), "accept_label": dbus.MakeVariant(r.Accept), "modal": dbus.MakeVariant(true),
		"multiple": dbus.MakeVariant(r.Several), "directory": dbus.MakeVariant(r.Folders),
	}
	if r.Start != "" {
		o["current_folder"] = dbus.MakeVariant(append([]byte(r.Start), 0))
	}
	return o
}

// read reads an answer. What is no file of this computer is left out.
func read(s *dbus.Signal) (paths []string, err error) {
	var code uint32
	var results map[string]dbus.Variant
	if err := dbus.Store(s.Body, &code, &results); err != nil {
		return nil, messages.NewError(err, "window.portal.answer")
	}
	switch code {
	case selected:
	case canceled:
		return nil, nil
	default:
		return nil, ErrNone
	}
	var addresses []string
	uris, there := results["uris"]
	if !there {
		return nil, messages.NewError(nil, "window.portal.answer")
	}
	if err := uris.Store(&addresses); err != nil {
		return nil, messages.NewError(err, "window.portal.answer")
	}
	for _, address := range addresses {
		if u, err := url.Parse(address); err == nil && u.Scheme == "file" && u.Path != "" && !bytes.ContainsRune([]byte(u.Path), 0) {
			paths = append(paths, u.Path)
		}
	}
	return paths, nil
}

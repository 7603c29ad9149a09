package portal

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus"
)

const (
	service     = "org.freedesktop.portal.Desktop"
	path        = "/org/freedesktop/portal/desktop"
	fileChooser = "org.freedesktop.portal.FileChooser"
	request     = "org.freedesktop.portal.Request"
)

// The first part of a portal's answer.
const (
	chosen uint32 = iota
	cancelled
)

// Open asks for files or folders, and waits until the person has chosen or ctx ends. Nothing comes where they have
// changed their mind. ErrNone where there is no portal, or one without a dialog for files.
func Open(ctx context.Context, r Request) (paths []string, err error) {
	bus, err := sessionbus.Connect(context.WithoutCancel(ctx)) // it outlives ctx for as long as it takes to close the dialog
	if err != nil {
		return nil, ErrNone
	}
	defer bus.Close()
	token, err := newToken()
	if err != nil {
		return nil, err
	}
	// The place of the answer follows from our name and the token, so that it is listened for before it can come.
	handle := dbus.ObjectPath(path + "/request/" + strings.ReplaceAll(strings.TrimPrefix(bus.Names()[0], ":"), ".", "_") + "/" + token)
	answers := make(chan *dbus.Signal, 8)
	bus.Signal(answers)
	if err := bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(request), dbus.WithMatchMember("Response")); err != nil {
		return nil, ErrNone
	}
	var given dbus.ObjectPath
	call := bus.Object(service, path).CallWithContext(ctx, fileChooser+".OpenFile", 0, r.Parent, r.Title, r.options(token))
	if err := call.Store(&given); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	for {
		select {
		case s, open := <-answers:
			if !open {
				return nil, ErrNone
			}
			if s.Name == request+".Response" && (s.Path == handle || s.Path == given) {
				return read(s)
			}
		case <-ctx.Done():
			_ = bus.Object(service, given).Call(request+".Close", 0).Err
			return nil, ctx.Err()
		}
	}
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
		return nil, fmt.Errorf("the desktop's dialog answers something odd: %w", err)
	}
	switch code {
	case chosen:
	case cancelled:
		return nil, nil
	default:
		return nil, ErrNone
	}
	var addresses []string
	if err := results["uris"].Store(&addresses); err != nil {
		return nil, fmt.Errorf("the desktop's dialog answers something odd: %w", err)
	}
	for _, address := range addresses {
		if u, err := url.Parse(address); err == nil && u.Scheme == "file" && u.Path != "" && !bytes.ContainsRune([]byte(u.Path), 0) {
			paths = append(paths, u.Path)
		}
	}
	return paths, nil
}

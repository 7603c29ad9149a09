package desktop

import (
	"context"
	"errors"
	"fmt"
	"image"
	"net/url"
	"strconv"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Drop drops files and folders near the corner of the window, as a file manager does: by the XDND protocol,
// version 5.
func (w *Window) Drop(ctx context.Context, paths ...string) error {
	return w.drop(ctx, image.Pt(inside, inside), paths)
}

// DropOn drops files and folders on a text, such as the name of a row.
func (w *Window) DropOn(ctx context.Context, text string, paths ...string) error {
	on, err := w.settled(ctx, byText(text))
	if err != nil {
		return err
	}
	r, err := w.Report()
	if err != nil {
		return err
	}
	return w.drop(ctx, image.Pt(int((on.X+on.W/2)*r.Scale), int((on.Y+on.H/2)*r.Scale)), paths)
}

// drop drops paths on a point of the window, in pixels from its corner.
func (w *Window) drop(ctx context.Context, at image.Point, paths []string) error {
	text, err := w.id(ctx)
	if err != nil {
		return err
	}
	target, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return err
	}
	conn, err := xgb.NewConnDisplay(w.desk.Display)
	if err != nil {
		return err
	}
	defer conn.Close()
	d := &drag{conn: conn, target: xproto.Window(target), atoms: map[string]xproto.Atom{}}
	for _, p := range paths {
		d.uris += (&url.URL{Scheme: "file", Path: p}).String() + "\r\n"
	}
	if err := d.begin(); err != nil {
		return err
	}
	root := xproto.Setup(conn).DefaultScreen(conn).Root
	on, err := xproto.TranslateCoordinates(conn, d.target, root, int16(at.X), int16(at.Y)).Reply()
	if err != nil {
		return err
	}
	return d.drop(uint32(on.DstX)<<16 | uint32(on.DstY))
}

// inside is where in the window things are dropped, in pixels from its corner.
const inside = 120

// drag is a drag of some files from a window that nobody sees.
type drag struct {
	conn           *xgb.Conn
	source, target xproto.Window
	atoms          map[string]xproto.Atom
	uris           string
}

const uriList = "text/uri-list"

// begin makes the window, which owns what is dragged.
func (d *drag) begin() error {
	for _, name := range []string{uriList, "XdndSelection", "XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndActionCopy"} {
		reply, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		d.atoms[name] = reply.Atom
	}
	id, err := xproto.NewWindowId(d.conn)
	if err != nil {
		return err
	}
	d.source = id
	screen := xproto.Setup(d.conn).DefaultScreen(d.conn)
	err = xproto.CreateWindowChecked(d.conn, screen.RootDepth, id, screen.Root, 0, 0, 1, 1, 0, xproto.WindowClassInputOutput, screen.RootVisual, 0, nil).Check()
	if err != nil {
		return err
	}
	return xproto.SetSelectionOwnerChecked(d.conn, id, d.atoms["XdndSelection"], xproto.TimeCurrentTime).Check()
}

// drop enters the window, moves to a place in it and lets go there.
func (d *drag) drop(at uint32) error {
	const version = 5
	err := d.send("XdndEnter", uint32(d.source), version<<24, uint32(d.atoms[uriList]), 0, 0)
	if err == nil {
		err = d.send("XdndPosition", uint32(d.source), 0, at, xproto.TimeCurrentTime, uint32(d.atoms["XdndActionCopy"]))
	}
	if err == nil {
		err = d.await("XdndStatus")
	}
	if err == nil {
		err = d.send("XdndDrop", uint32(d.source), 0, xproto.TimeCurrentTime, 0, 0)
	}
	if err == nil {
		err = d.await("XdndFinished")
	}
	return err
}

func (d *drag) send(kind string, data ...uint32) error {
	e := xproto.ClientMessageEvent{Format: 32, Window: d.target, Type: d.atoms[kind], Data: xproto.ClientMessageDataUnionData32New(data)}
	return xproto.SendEventChecked(d.conn, false, d.target, 0, string(e.Bytes())).Check()
}

// await waits for the window's answer, and gives it what is dragged when it asks.
func (d *drag) await(kind string) error {
	for end := time.Now().Add(Timeout); time.Now().Before(end); {
		e, err := d.conn.PollForEvent()
		if err != nil {
			return err
		}
		switch e := e.(type) {
		case nil:
			time.Sleep(10 * time.Millisecond)
		case xproto.ClientMessageEvent:
			if e.Type == d.atoms[kind] {
				return nil
			}
		case xproto.SelectionRequestEvent:
			if err := d.give(e); err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("timed out waiting for %s: %w", kind, errors.New("the window takes no drops"))
}

func (d *drag) give(e xproto.SelectionRequestEvent) error {
	err := xproto.ChangePropertyChecked(d.conn, xproto.PropModeReplace, e.Requestor, e.Property, e.Target, 8, uint32(len(d.uris)), []byte(d.uris)).Check()
	if err != nil {
		return err
	}
	answer := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: e.Property}
	return xproto.SendEventChecked(d.conn, false, e.Requestor, 0, string(answer.Bytes())).Check()
}

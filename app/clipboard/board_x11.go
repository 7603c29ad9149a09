//go:build unix && !darwin

package clipboard

import (
	"io"
	"log"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"daypass/app/messages"
)

// x11 is the selection CLIPBOARD of X11, by the Inter-Client Communication Conventions Manual, section 2.
// A goroutine of its own takes the events.
type x11 struct {
	conn   *xgb.Conn
	window xproto.Window
	atoms  map[string]xproto.Atom
	closed chan struct{}
	// times are those of changes of our window's properties, answers the properties that hold what was
	// asked of another owner, or none.
	times   chan xproto.Timestamp
	answers chan xproto.Atom

	offered // whose lock is for what follows
	since   xproto.Timestamp
	owner   bool
}

// Atoms besides those of kinds.
const (
	atomClipboard = "CLIPBOARD"
	atomTargets   = "TARGETS"
	atomTimestamp = "TIMESTAMP"
	atomText      = "UTF8_STRING"
	atomProperty  = "DAYPASS_CLIPBOARD"
)

// x11Timeout is how long a server or another program may take to answer.
const x11Timeout = time.Second

func openX11() (board, error) {
	xgb.Logger = log.New(io.Discard, "", 0)
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, messages.NewError(err, "agent.clipboard.display")
	}
	b := &x11{
		conn: conn, atoms: map[string]xproto.Atom{}, closed: make(chan struct{}),
		times: make(chan xproto.Timestamp, 1), answers: make(chan xproto.Atom, 1),
		offered: newOffered(),
	}
	if err := b.prepare(); err != nil {
		conn.Close()
		return nil, messages.NewError(err, "agent.clipboard.display")
	}
	go b.serve()
	return b, nil
}

// prepare makes the window that owns the selection, which is never shown.
func (b *x11) prepare() error {
	for _, name := range append([]string{atomClipboard, atomTargets, atomTimestamp, atomProperty, hint}, kinds...) {
		reply, err := xproto.InternAtom(b.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		b.atoms[name] = reply.Atom
	}
	window, err := xproto.NewWindowId(b.conn)
	if err != nil {
		return err
	}
	b.window = window
	root := xproto.Setup(b.conn).DefaultScreen(b.conn)
	return xproto.CreateWindowChecked(b.conn, 0, window, root.Root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, root.RootVisual,
		xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
}

func (b *x11) put(text string) error {
	b.secret = text
	return b.offer(text)
}

func (b *x11) clear() error { return clear(b, b.secret) }

func (b *x11) offer(text string) error {
	now, err := b.now()
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.text, b.since, b.owner = text, now, true
	drain(b.delivered)
	b.mu.Unlock()
	xproto.SetSelectionOwner(b.conn, b.window, b.atoms[atomClipboard], now)
	reply, err := xproto.GetSelectionOwner(b.conn, b.atoms[atomClipboard]).Reply()
	if err != nil {
		return err
	}
	if reply.Owner != b.window {
		b.mu.Lock()
		b.owner = false
		b.mu.Unlock()
		return messages.NewError(nil, "agent.clipboard.busy")
	}
	return nil
}

// now returns the server's time, which comes with each change of a property.
func (b *x11) now() (xproto.Timestamp, error) {
	drain(b.times) // which is that of something else
	xproto.ChangeProperty(b.conn, xproto.PropModeAppend, b.window, b.atoms[atomProperty], xproto.AtomString, 8, 0, nil)
	select {
	case now := <-b.times:
		return now, nil
	case <-b.closed:
	case <-time.After(x11Timeout):
	}
	return 0, messages.NewError(nil, "agent.clipboard.display")
}

func (b *x11) offering() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.owner
}

func (b *x11) letGo() error {
	now, err := b.now()
	if err != nil || !b.offering() {
		return err
	}
	return xproto.SetSelectionOwnerChecked(b.conn, xproto.WindowNone, b.atoms[atomClipboard], now).Check()
}

func (b *x11) read() string {
	now, err := b.now()
	if err != nil {
		return ""
	}
	drain(b.answers) // which came too late
	xproto.ConvertSelection(b.conn, b.window, b.atoms[atomClipboard], b.atoms[atomText], b.atoms[atomProperty], now)
	select {
	case property := <-b.answers:
		if property == xproto.AtomNone {
			return ""
		}
	case <-b.closed:
		return ""
	case <-time.After(x11Timeout):
		return ""
	}
	reply, err := xproto.GetProperty(b.conn, true, b.window, b.atoms[atomProperty], xproto.GetPropertyTypeAny, 0, MaxSize/4+1).Reply()
	if err != nil {
		return ""
	}
	return string(reply.Value)
}

func (b *x11) lost() <-chan struct{} { return b.closed }

func (b *x11) close() { b.conn.Close() }

func (b *x11) serve() {
	defer close(b.closed)
	for {
		event, err := b.conn.WaitForEvent()
		if event == nil && err == nil {
			return // the connection has ended
		}
		switch e := event.(type) {
		case xproto.SelectionRequestEvent:
			b.answer(e)
		case xproto.SelectionClearEvent:
			b.mu.Lock()
			b.owner = false
			b.mu.Unlock()
		case xproto.SelectionNotifyEvent:
			latest(b.answers, e.Property)
		case xproto.PropertyNotifyEvent:
			latest(b.times, e.Time)
		}
	}
}

// latest puts v into a channel of one slot, in place of what nobody has taken.
func latest[T any](c chan T, v T) {
	drain(c)
	c <- v
}

// drain empties a channel of one slot.
func drain[T any](c chan T) {
	select {
	case <-c:
	default:
	}
}

// answer returns the text to a program that asks for it.
func (b *x11) answer(e xproto.SelectionRequestEvent) {
	property := e.Property
	if property == xproto.AtomNone {
		property = e.Target // a program of before 1989
	}
	if !b.provide(e, property) {
		property = xproto.AtomNone
	}
	reply := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: property}
	xproto.SendEvent(b.conn, false, e.Requestor, 0, string(reply.Bytes()))
}

// provide writes what is asked for into the property of who asks.
func (b *x11) provide(e xproto.SelectionRequestEvent, property xproto.Atom) bool {
	b.mu.Lock()
	text, since := b.text, b.since
	b.mu.Unlock()
	write := func(kind xproto.Atom, format byte, data []byte) bool {
		return xproto.ChangePropertyChecked(b.conn, xproto.PropModeReplace, e.Requestor, property, kind, format,
			uint32(len(data))/uint32(format/8), data).Check() == nil
	}
	if e.Target == b.atoms[atomTargets] {
		var all []byte
		for _, name := range append([]string{atomTargets, atomTimestamp, hint}, kinds...) {
			all = append(all, number(uint32(b.atoms[name]))...)
		}
		return write(xproto.AtomAtom, 32, all)
	}
	if e.Target == b.atoms[atomTimestamp] {
		return write(xproto.AtomInteger, 32, number(uint32(since)))
	}
	for name, atom := range b.atoms {
		if data := content(name, text); atom == e.Target && data != nil {
			written := write(e.Target, 8, data)
			if written && name != hint {
				b.gave(text)
			}
			return written
		}
	}
	return false
}

// number is n as the protocol writes it.
func number(n uint32) []byte {
	data := make([]byte, 4)
	xgb.Put32(data, n)
	return data
}

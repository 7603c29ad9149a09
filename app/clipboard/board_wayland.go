//go:build unix && !darwin

package clipboard

import (
	"io"
	"os"
	"slices"
	"time"

	"daypass/app/messages"
)

// wayland is the clipboard of a compositor that lets programs without a window at it, by the protocol
// ext-data-control-v1 or its forerunner wlr-data-control-unstable-v1, which is the same but for its
// name. A goroutine of its own takes the events.
type wayland struct {
	*wire
	closed chan struct{}
	synced chan struct{}

	offered                   // whose lock is for what follows
	last    uint32            // the last ID given to an object
	globals map[string]uint32 // the compositor's numbers, by interface
	waits   uint32            // the callback that is awaited
	manager uint32
	device  uint32
	source  uint32              // what serves the text while it is on the clipboard; zero when it is not
	sources map[uint32]bool     // with those it replaces, which may still be asked
	offers  map[uint32][]string // the types of what others have put there
	current uint32              // the offer that is on the clipboard; zero for none
}

// The interfaces, and the opcodes of their requests and events that are used.
const (
	seatInterface = "wl_seat"

	displayID   = 1
	displaySync = 0
	getRegistry = 1
	registryID  = 2

	registryBind   = 0
	registryGlobal = 0

	createSource = 0
	getDevice    = 1

	setSelection    = 0
	deviceOffer     = 0
	deviceSelection = 1

	sourceOffer    = 0
	sourceDestroy  = 1
	sourceSend     = 0
	sourceCanceled = 1

	offerReceive = 0
	offerDestroy = 1
	offerKind    = 0
)

var managerInterfaces = []string{"ext_data_control_manager_v1", "zwlr_data_control_manager_v1"}

// waylandTimeout is how long the compositor or another program may take to answer.
const waylandTimeout = time.Second

func openWayland() (board, error) {
	w, err := dialWayland()
	if err != nil {
		return nil, messages.NewError(err, "agent.clipboard.display")
	}
	b := &wayland{
		wire: w, closed: make(chan struct{}), synced: make(chan struct{}, 1), offered: newOffered(), last: registryID,
		globals: map[string]uint32{}, sources: map[uint32]bool{}, offers: map[uint32][]string{},
	}
	go b.serve()
	if err := b.prepare(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *wayland) prepare() error {
	if err := b.send(message{displayID, getRegistry, arguments{}.number(registryID)}); err != nil {
		return err
	}
	if err := b.sync(); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	at := slices.IndexFunc(managerInterfaces, func(name string) bool { return b.globals[name] != 0 })
	if at < 0 || b.globals[seatInterface] == 0 {
		return ErrNone
	}
	seat, err := b.bind(seatInterface)
	if err != nil {
		return err
	}
	if b.manager, err = b.bind(managerInterfaces[at]); err != nil {
		return err
	}
	b.device = b.id()
	return b.send(message{b.manager, getDevice, arguments{}.number(b.device).number(seat)})
}

// id is that of the next object. The caller holds the lock.
func (b *wayland) id() uint32 {
	b.last++
	return b.last
}

// bind makes an object of a global. The caller holds the lock.
func (b *wayland) bind(name string) (uint32, error) {
	id := b.id()
	return id, b.send(message{registryID, registryBind, arguments{}.number(b.globals[name]).text(name).number(1).number(id)})
}

// sync waits until the compositor has done all that it was asked to.
func (b *wayland) sync() error {
	b.mu.Lock()
	b.waits = b.id()
	waits := b.waits
	b.mu.Unlock()
	if err := b.send(message{displayID, displaySync, arguments{}.number(waits)}); err != nil {
		return err
	}
	select {
	case <-b.synced:
		return nil
	case <-b.closed:
	case <-time.After(waylandTimeout):
	}
	return messages.NewError(nil, "agent.clipboard.display")
}

func (b *wayland) put(text string) error {
	b.secret = text
	return b.offer(text)
}

func (b *wayland) clear() error { return clear(b, b.secret) }

func (b *wayland) offer(text string) error {
	b.mu.Lock()
	b.source, b.text = b.id(), text
	source := b.source
	b.sources[source] = true
	drain(b.delivered)
	b.mu.Unlock()
	if err := b.send(message{b.manager, createSource, arguments{}.number(source)}); err != nil {
		return err
	}
	for _, kind := range append([]string{hint}, kinds...) {
		if err := b.send(message{source, sourceOffer, arguments{}.text(kind)}); err != nil {
			return err
		}
	}
	return b.setSelection(source)
}

// setSelection makes a source what is on the clipboard; zero empties it.
func (b *wayland) setSelection(source uint32) error {
	if err := b.send(message{b.device, setSelection, arguments{}.number(source)}); err != nil {
		return err
	}
	return b.sync()
}

func (b *wayland) offering() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.source != 0
}

func (b *wayland) letGo() error {
	if !b.offering() {
		return nil
	}
	return b.setSelection(0)
}

func (b *wayland) read() string {
	b.mu.Lock()
	offer := b.current
	at := slices.IndexFunc(kinds, func(kind string) bool { return slices.Contains(b.offers[offer], kind) })
	b.mu.Unlock()
	if offer == 0 || at < 0 {
		return ""
	}
	from, to, err := os.Pipe()
	if err != nil {
		return ""
	}
	defer from.Close()
	err = b.send(message{offer, offerReceive, arguments{}.text(kinds[at])}, int(to.Fd()))
	_ = to.Close()
	if err != nil {
		return ""
	}
	_ = from.SetReadDeadline(time.Now().Add(waylandTimeout))
	data, err := io.ReadAll(io.LimitReader(from, MaxSize+1))
	if err != nil {
		return ""
	}
	return string(data)
}

func (b *wayland) lost() <-chan struct{} { return b.closed }

func (b *wayland) close() { _ = b.conn.Close() }

func (b *wayland) serve() {
	defer close(b.closed)
	for {
		m, err := b.next()
		if err != nil || m.object == displayID && m.opcode == 0 {
			return // the connection has ended, or the compositor does not take what we say
		}
		b.take(m)
	}
}

// take takes an event.
func (b *wayland) take(m message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, isOffer := b.offers[m.object]
	switch {
	case m.object == registryID && m.opcode == registryGlobal:
		number, name := m.args.takeNumber(), m.args.takeText()
		if b.globals[name] == 0 {
			b.globals[name] = number
		}
	case m.object == b.waits:
		latest(b.synced, struct{}{})
	case b.sources[m.object] && m.opcode == sourceSend:
		b.provide(m.args.takeText())
	case b.sources[m.object] && m.opcode == sourceCanceled:
		b.onCanceled(m.object)
	case m.object == b.device && m.opcode == deviceOffer:
		b.offers[m.args.takeNumber()] = nil
	case m.object == b.device && m.opcode == deviceSelection:
		b.onSelection(m.args.takeNumber())
	case isOffer && m.opcode == offerKind:
		b.offers[m.object] = append(b.offers[m.object], m.args.takeText())
	}
}

// provide writes the text in a type to a program that asks for it. The caller holds the lock.
func (b *wayland) provide(kind string) {
	to := b.file()
	if to == nil {
		return
	}
	text := b.text
	go func() { // which may take the program's time
		_, _ = to.Write(content(kind, text))
		_ = to.Close()
		if kind != hint {
			b.gave(text)
		}
	}()
}

// onCanceled notes that another source, or none, is in place of one of ours. The caller holds the lock.
func (b *wayland) onCanceled(source uint32) {
	delete(b.sources, source)
	_ = b.send(message{source, sourceDestroy, nil})
	if b.source == source {
		b.source = 0
	}
}

// onSelection notes what is on the clipboard from now on. The caller holds the lock.
func (b *wayland) onSelection(offer uint32) {
	if b.current != 0 && b.current != offer {
		delete(b.offers, b.current)
		_ = b.send(message{b.current, offerDestroy, nil})
	}
	b.current = offer
}

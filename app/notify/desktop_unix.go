//go:build unix && !darwin

package notify

import (
	"context"
	"html"
	"log/slog"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"

	"daypass/app/messages"
	"daypass/app/sessionbus"
)

// The Desktop Notifications Specification 1.2: the service, and the keys of our actions, of which
// "default" is the notification itself.
const (
	serviceName  = "org.freedesktop.Notifications"
	servicePath  = dbus.ObjectPath("/org/freedesktop/Notifications")
	openAction   = "default"
	signInAction = "sign-in"
	// appIcon is the name of Daypass's icon in the icon theme, and of its desktop entry.
	appIcon = "daypass"
)

const (
	// callTimeout is how long the service may take to answer; it may have to start first.
	callTimeout = 5 * time.Second
	// stay and usual are times on the screen in the service's terms: until answered, and as usual there.
	stay, usual = int32(0), int32(-1)
)

// freedesktop brings notices to the service on the session bus, one call after the other.
type freedesktop struct {
	log    *slog.Logger
	work   chan func(context.Context, *dbus.Conn)
	ended  chan struct{}
	cancel context.CancelFunc
	used   bool // something was shown

	// ids are the service's numbers of what is on the screen, by session. They belong to the goroutine
	// that works with the bus.
	ids map[string]uint32
}

func newDesktop(ctx context.Context, answers chan<- answer, log *slog.Logger) desktop {
	// It lasts a little longer than ctx: what is on the screen is withdrawn at the end.
	active, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &freedesktop{log: log, work: make(chan func(context.Context, *dbus.Conn), 64), ended: make(chan struct{}), cancel: cancel}
	go func() {
		defer close(f.ended)
		sessionbus.Follow(active, func(ctx context.Context, bus *dbus.Conn) { f.serve(ctx, bus, answers) })
	}()
	return f
}

// serve works with one connection until it ends.
func (f *freedesktop) serve(ctx context.Context, bus *dbus.Conn, answers chan<- answer) {
	f.ids = map[string]uint32{} // what another bus has shown is gone
	signals := make(chan *dbus.Signal, 16)
	bus.Signal(signals)
	match := []dbus.MatchOption{dbus.WithMatchInterface(serviceName), dbus.WithMatchObjectPath(servicePath)}
	if err := bus.AddMatchSignal(match...); err != nil {
		f.log.Warn("no answers to notifications", "error", err)
	}
	for {
		select {
		case do := <-f.work:
			do(ctx, bus)
		case s := <-signals:
			f.onSignal(ctx, s, answers)
		case <-ctx.Done():
			return
		}
	}
}

// later has something done in turn. Where there is no bus, notices wait for it until there are too many.
func (f *freedesktop) later(do func(context.Context, *dbus.Conn)) {
	select {
	case f.work <- do:
	default:
		f.log.Warn("too many notifications wait")
	}
}

func (f *freedesktop) show(n notice) {
	f.used = true
	f.later(func(ctx context.Context, bus *dbus.Conn) {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		if err := f.notify(ctx, bus, n); err != nil {
			f.log.Warn("a notification is not shown", "session", n.id, "error", err)
		}
	})
}

func (f *freedesktop) notify(ctx context.Context, bus *dbus.Conn, n notice) error {
	service := bus.Object(serviceName, servicePath)
	var can []string
	if err := service.CallWithContext(ctx, serviceName+".GetCapabilities", 0).Store(&can); err != nil {
		return err
	}
	body := n.body
	if slices.Contains(can, "body-markup") {
		body = html.EscapeString(body) // servers have a say in it
	}
	var actions []string
	if slices.Contains(can, "actions") {
		actions = []string{openAction, messages.Text("agent.notify.open")}
		if n.signIn {
			actions = append(actions, signInAction, messages.Text("common.sign-in-again"))
		}
	}
	timeout := usual
	if n.signIn {
		timeout = stay
	}
	hints := map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant(appIcon), "urgency": dbus.MakeVariant(byte(1))}
	if shown, err := read(n.severity); err == nil {
		hints["image-data"] = dbus.MakeVariant(shown)
	}
	var number uint32
	err := service.CallWithContext(ctx, serviceName+".Notify", 0,
		"Daypass", f.ids[n.id], appIcon, n.title, body, actions, hints, timeout).Store(&number)
	if err == nil {
		f.ids[n.id] = number
	}
	return err
}

func (f *freedesktop) withdraw(id string) {
	f.later(func(ctx context.Context, bus *dbus.Conn) { f.take(ctx, bus, id) })
}

// take takes a notice off the screen, where it still is.
func (f *freedesktop) take(ctx context.Context, bus *dbus.Conn, id string) {
	number, there := f.ids[id]
	delete(f.ids, id)
	if !there {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if err := bus.Object(serviceName, servicePath).CallWithContext(ctx, serviceName+".CloseNotification", dbus.FlagNoAutoStart, number).Err; err != nil {
		f.log.Debug("a notification is not withdrawn", "session", id, "error", err)
	}
}

// onSignal takes a signal of the service, which reports the notifications of all programs.
func (f *freedesktop) onSignal(ctx context.Context, s *dbus.Signal, answers chan<- answer) {
	if s == nil || len(s.Body) < 2 {
		return
	}
	number, _ := s.Body[0].(uint32)
	id, ours := f.session(number)
	if !ours {
		return
	}
	switch s.Name {
	case serviceName + ".NotificationClosed":
		delete(f.ids, id)
	case serviceName + ".ActionInvoked":
		select {
		case answers <- answer{id: id, signIn: s.Body[1] == signInAction}:
		case <-ctx.Done():
		}
	}
}

func (f *freedesktop) session(number uint32) (id string, ours bool) {
	for id, n := range f.ids {
		if n == number {
			return id, true
		}
	}
	return "", false
}

// closeTimeout is how long the end of the agent may wait for the screen.
const closeTimeout = time.Second

func (f *freedesktop) close() {
	done := make(chan struct{})
	f.later(func(context.Context, *dbus.Conn) { close(done) })
	if f.used {
		select {
		case <-done:
		case <-time.After(closeTimeout):
		}
	}
	f.cancel()
	<-f.ended
}

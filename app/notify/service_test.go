//go:build linux

package notify

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus/bustest"
	"daypass/app/status"
)

// onBus returns our side, on a bus with a service that can do what is listed.
func onBus(t *testing.T, can ...string) (desktop, *bustest.Service, <-chan answer) {
	t.Helper()
	bus := bustest.New(t)
	s := bustest.NewService(t, bus, can...)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	answers := make(chan answer)
	d := newDesktop(t.Context(), answers, slog.New(slog.DiscardHandler))
	return d, s, answers
}

var sample = notice{id: "lake", title: "Sign in to Lake again", body: `<a href="https://evil.example">press</a> & hurry`, severity: status.Warning, signIn: true}

func TestFreedesktop_notice(t *testing.T) {
	d, s, answers := onBus(t, "actions", "body", "body-markup")
	d.show(sample)
	got := s.Shows(1, sample.title)
	if got.App != "Daypass" || got.Icon != "daypass" || got.Timeout != 0 || got.Replaces != 0 || !got.Picture {
		t.Errorf("%+v", got)
	}
	if got.Body != "&lt;a href=&#34;https://evil.example&#34;&gt;press&lt;/a&gt; &amp; hurry" {
		t.Errorf("markup came through: %q", got.Body)
	}
	if strings.Join(got.Actions, "|") != "default|Open Daypass|sign-in|Sign in again" {
		t.Errorf("actions %q", got.Actions)
	}
	s.Press(99, signInAction) // somebody else's
	s.Press(1, signInAction)
	if a := <-answers; a != (answer{"lake", true}) {
		t.Errorf("%+v", a)
	}
	s.Press(1, openAction)
	if a := <-answers; a != (answer{"lake", false}) {
		t.Errorf("%+v", a)
	}
	d.show(notice{id: "lake", title: "Your session for Lake has ended"})
	if got := s.Shows(1, "Your session for Lake has ended"); got.Replaces != 1 || got.Timeout != -1 || len(got.Actions) != 2 {
		t.Errorf("%+v", got)
	}
	d.show(notice{id: "archive", title: "Another"})
	s.Shows(2, "Another")
	d.withdraw("lake")
	s.Dismissed(1)
	d.withdraw("lake")
	d.withdraw("archive")
	d.close() // which waits for what was asked
	if open, ever := s.Count(); open != 0 || ever != 3 {
		t.Errorf("%d open, %d shown", open, ever)
	}
}

// A service without markup gets plain text.
func TestFreedesktop_plainText(t *testing.T) {
	d, s, _ := onBus(t, "body")
	d.show(sample)
	if got := s.Shows(1, sample.title); got.Body != sample.body || len(got.Actions) != 0 {
		t.Errorf("%+v", got)
	}
	d.close()
}

// A notification that the user closed is not closed again.
func TestFreedesktop_closedByUser(t *testing.T) {
	d, s, answers := onBus(t, "actions")
	d.show(sample)
	s.Shows(1, sample.title)
	s.Close(1)
	bustest.Until(t, "the end of it to be heard", func() bool {
		text := make(chan int)
		d.(*freedesktop).later(func(context.Context, *dbus.Conn) { text <- len(d.(*freedesktop).ids) })
		return <-text == 0
	})
	s.Press(1, signInAction) // comes after, and is nobody's
	d.show(notice{id: "lake", title: "Again"})
	if got := s.Shows(2, "Again"); got.Replaces != 0 {
		t.Errorf("%+v", got)
	}
	select {
	case a := <-answers:
		t.Errorf("%+v", a)
	default:
	}
	d.withdraw("lake")
	d.close()
}

// Without a bus nothing waits.
func TestFreedesktop_withoutBusNothingWaits(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bustest.Prepare(t).Address)
	ctx, cancel := context.WithCancel(t.Context())
	d := newDesktop(ctx, make(chan answer), slog.New(slog.DiscardHandler))
	for range 200 {
		d.show(sample)
		d.withdraw("lake")
	}
	cancel()
	d.close()
}

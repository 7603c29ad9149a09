package tray

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/app/settings"
)

// fakeBar is a desktop of which the test says whether it has a tray.
type fakeBar struct {
	there  chan bool
	refuse error
	clicks chan<- click

	mu  sync.Mutex
	log []string
}

func (b *fakeBar) presence(context.Context) <-chan bool { return b.there }

func (b *fakeBar) up(m menu, clicks chan<- click) error {
	b.clicks = clicks
	b.note("up", m)
	return b.refuse
}

func (b *fakeBar) show(m menu) error { b.note("show", m); return nil }
func (b *fakeBar) down() error       { b.note("down", menu{}); return nil }

func (b *fakeBar) note(what string, m menu) {
	if m.stopping {
		what += " stopping"
	}
	for _, e := range m.entries {
		what += " [" + e.title + "]"
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.log = append(b.log, what)
}

// taken returns what was told since the last time.
func (b *fakeBar) taken() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	log := b.log
	b.log = nil
	return log
}

// fakeCore is the agent of a test.
type fakeCore struct {
	snapshots chan app.Snapshot
	calls     []string
	fail      error
}

func (c *fakeCore) call(what, id string) error {
	c.calls = append(c.calls, what+" "+id)
	return c.fail
}

func (c *fakeCore) Watch(context.Context) <-chan app.Snapshot { return c.snapshots }

func (c *fakeCore) SignIn(_ context.Context, id string) error                  { return c.call("sign in", id) }
func (c *fakeCore) AnswerQuestion(context.Context, string, uint64, bool) error { return nil }

func (c *fakeCore) CancelSignIn(_ context.Context, id string) error { return c.call("cancel", id) }
func (c *fakeCore) RenewNow(_ context.Context, id string) error     { return c.call("renew", id) }
func (c *fakeCore) SignOut(_ context.Context, id string) error      { return c.call("sign out", id) }

// desk is a tray at work in a synctest bubble.
type desk struct {
	t      *testing.T
	bar    *fakeBar
	core   *fakeCore
	moving chan bool
	shown  []bool
	last   app.Snapshot
}

func onDesk(t *testing.T, f func(*desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{t: t, bar: &fakeBar{there: make(chan bool)}, core: &fakeCore{snapshots: make(chan app.Snapshot)}, moving: make(chan bool)}
		ctx, end := context.WithCancel(t.Context())
		tr := &tray{
			bar: d.bar, clicks: make(chan click), Options: Options{
				Core: d.core, Moving: d.moving, SetTrayShown: func(shown bool) { d.shown = append(d.shown, shown) },
				OpenWindow: func(context.Context) { _ = d.core.call("open", "") }, Quit: func() { _ = d.core.call("quit", "") },
				Copy: func(_ context.Context, id, format string, after time.Duration) {
					_ = d.core.call("copy", fmt.Sprintf("%s as %s for %v", id, format, after))
				},
			},
		}
		tr.Log = slog.New(slog.DiscardHandler)
		ended := make(chan struct{})
		go func() { tr.run(ctx); close(ended) }()
		f(d)
		end()
		<-ended
	})
}

// session brings a snapshot with one session.
func (d *desk) session(s app.Session) {
	d.last = app.Snapshot{Revision: d.last.Revision + 1, Settings: settings.Default(), Sessions: []app.Session{s}}
	d.send()
}

func (d *desk) send() {
	d.core.snapshots <- d.last
	synctest.Wait()
}

func (d *desk) tray(there bool) {
	d.bar.there <- there
	synctest.Wait()
}

// saw checks what the desktop was told since the last look.
func (d *desk) saw(want ...string) {
	d.t.Helper()
	synctest.Wait()
	if got := d.bar.taken(); !slices.Equal(got, want) {
		d.t.Errorf("the desktop saw %q, want %q", got, want)
	}
}

func active(left time.Duration) app.Session {
	return app.Session{
		ID: "lake", Name: "Lake", Phase: session.Active, ExpiresAt: time.Now().Add(left), RenewAt: time.Now().Add(left - 1),
	}
}

// The icon appears and disappears with the tray.
func TestIcon_followsTray(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.session(active(42*time.Minute + 30*time.Second))
		d.tray(false)
		d.saw()
		d.tray(true)
		d.tray(true)
		d.saw("up [Lake – 42 min left]")
		d.tray(false)
		d.tray(true)
		d.saw("down", "up [Lake – 42 min left]")
		if !slices.Equal(d.shown, []bool{true, false, true}) {
			t.Errorf("told %v", d.shown)
		}
	})
}

// The icon can be turned off.
func TestIcon_followsSetting(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.tray(true)
		d.saw() // nothing is known of the user's choice yet
		d.session(app.Session{Name: "Lake"})
		d.last.Settings.Tray = false
		d.send()
		d.last.Settings.Tray = true
		d.send()
		d.saw("up [Lake – signed out]", "down", "up [Lake – signed out]")
	})
}

// The menu changes with the minutes, and not without need.
func TestMenu_changesByTheMinute(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.tray(true)
		d.session(active(42*time.Minute + 30*time.Second))
		d.saw("up [Lake – 42 min left]")
		d.last.Revision++
		d.send()
		d.saw()
		time.Sleep(59 * time.Second)
		d.saw()
		time.Sleep(2 * time.Second) // the clock began at a whole minute
		d.saw("show [Lake – 41 min left]")
		time.Sleep(10 * time.Minute)
		if seen := d.bar.taken(); len(seen) != 10 {
			t.Errorf("in ten minutes it saw %q", seen)
		}
		d.session(app.Session{Name: "Lake"})
		time.Sleep(24 * time.Hour)
		d.saw("show [Lake – signed out]")
	})
}

// Without a tray time passes unnoticed.
func TestTray_idleWithoutTray(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.session(active(time.Hour))
		time.Sleep(2 * time.Hour)
		d.saw()
		d.tray(true)
		d.saw("up [Lake – expired]")
	})
}

// A tray that refuses the icon is tried again when it comes back.
func TestTray_retriesWhenTrayReturns(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.bar.refuse = errors.New("no room")
		d.tray(true)
		d.session(app.Session{Name: "Lake"})
		d.session(app.Session{Name: "Lake"})
		d.bar.refuse = nil
		d.tray(true)
		d.saw("up [Lake – signed out]", "up [Lake – signed out]")
		if !slices.Equal(d.shown, []bool{true}) {
			t.Errorf("told %v", d.shown)
		}
	})
}

// Each item does what it says.
func TestPerform_eachItem(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.core.fail = errors.New("refused") // which is no reason to stop
		d.tray(true)
		d.session(active(time.Hour))
		for _, do := range []action{doSignIn, doCancel, doRenew, doSignOut} {
			d.bar.clicks <- click{do: do, id: "lake"}
		}
		d.bar.clicks <- click{doCopy, "lake", "env"}
		synctest.Wait()
		d.bar.clicks <- click{do: doOpen}
		synctest.Wait()
		d.bar.clicks <- click{do: doQuit}
		synctest.Wait()
		want := "sign in lake, cancel lake, renew lake, sign out lake, copy lake as env for 45s, open , quit "
		if got := strings.Join(d.core.calls, ", "); got != want {
			t.Errorf("asked for %q", got)
		}
	})
}

// The tray ends with the core.
func TestRun_endsWithCore(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.tray(true)
		d.session(active(time.Hour))
		close(d.core.snapshots)
		d.saw("up [Lake – 1 h left]", "down")
	})
}

func TestWholeMinute_roundsUp(t *testing.T) {
	for after, want := range map[time.Duration]time.Duration{0: 0, 1: time.Minute, time.Minute - 1: time.Minute, 90 * time.Second: 2 * time.Minute} {
		if got := wholeMinute(noon.Add(after)).Sub(noon); got != want {
			t.Errorf("%v: %v, want %v", after, got, want)
		}
	}
	if got := wholeMinute(time.Time{}); !got.IsZero() {
		t.Errorf("never became %v", got)
	}
}

// The item that quits says that running transfers stop, for as long as there are any.
func TestMenu_quitNamesTransfers(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.tray(true)
		d.session(app.Session{ID: "lake", Name: "Lake", Phase: session.SignedOut})
		d.saw("up [Lake – signed out]")
		d.moves(true)
		d.saw("show stopping [Lake – signed out]")
		d.moves(false)
		d.saw("show [Lake – signed out]")
	})
}

// The menu has words that no session changes, so that another language shows it again.
func TestTray_anotherLanguage(t *testing.T) {
	defer messages.Use(language.English)
	onDesk(t, func(d *desk) {
		d.tray(true)
		d.session(app.Session{ID: "lake", Name: "Lake", Phase: session.SignedOut})
		d.saw("up [Lake – signed out]")
		d.send()
		d.saw()
		messages.Use(language.German)
		d.send()
		if seen := d.bar.taken(); len(seen) != 1 || !strings.HasPrefix(seen[0], "show [Lake – ") {
			t.Errorf("%q", seen)
		}
	})
}

func (d *desk) moves(moving bool) {
	d.moving <- moving
	synctest.Wait()
}

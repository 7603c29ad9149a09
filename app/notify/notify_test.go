package notify

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"

	"daypass/app"
	"daypass/app/settings"
)

// screen is a desktop that writes down what it is told.
type screen struct{ log []string }

func (s *screen) show(n notice)      { s.log = append(s.log, "show "+n.title) }
func (s *screen) withdraw(id string) { s.log = append(s.log, "withdraw "+id) }
func (s *screen) close()             { s.log = append(s.log, "close") }

type fakeCore struct {
	snapshots chan app.Snapshot
	signIns   []string
}

func (c *fakeCore) Watch(context.Context) <-chan app.Snapshot { return c.snapshots }

func (c *fakeCore) SignIn(_ context.Context, id string) error {
	c.signIns = append(c.signIns, id)
	return errors.New("refused")
}

// user is somebody with notifications at work in a synctest bubble.
type user struct {
	t       *testing.T
	screen  *screen
	core    *fakeCore
	answers chan answer
	opened  int
	wants   bool
}

func withNotifications(t *testing.T, f func(*user)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := &user{t: t, screen: &screen{}, core: &fakeCore{snapshots: make(chan app.Snapshot)}, answers: make(chan answer), wants: true}
		n := &notifier{desktop: p.screen, answers: p.answers, shown: map[string]bool{}, Options: Options{
			Core: p.core, OpenWindow: func(context.Context) { p.opened++ }, Log: slog.New(slog.DiscardHandler),
		}}
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { n.run(ctx); close(ended) }()
		f(p)
		end()
		<-ended
	})
}

// happens brings snapshots in which the one session is so.
func (p *user) happens(sessions ...app.Session) {
	for _, s := range sessions {
		p.core.snapshots <- app.Snapshot{Sessions: []app.Session{s}, Settings: settings.Settings{Notifications: p.wants}}
	}
	synctest.Wait()
}

func (p *user) sees(want ...string) {
	p.t.Helper()
	if !slices.Equal(p.screen.log, want) {
		p.t.Errorf("the screen was told %q, want %q", p.screen.log, want)
	}
	p.screen.log = nil
}

// A notification is replaced and withdrawn.
func TestNotifier_replacesAndWithdraws(t *testing.T) {
	withNotifications(t, func(p *user) {
		p.happens(good, twice, expired)
		p.sees("show Renewal failed for Lake", "show Credentials for Lake have expired")
		p.happens(good, good)
		p.sees("withdraw lake")
		p.happens(refused)
		p.sees("show Sign in to Lake again")
		close(p.core.snapshots)
		synctest.Wait()
		p.sees("withdraw lake", "close")
	})
}

// Notifications can be turned off.
func TestNotifier_followsSetting(t *testing.T) {
	withNotifications(t, func(p *user) {
		p.happens(good, refused)
		p.sees("show Sign in to Lake again")
		p.wants = false
		p.happens(refused)
		p.sees("withdraw lake")
		p.happens(good, refused)
		p.wants = true
		p.happens(refused)
		p.sees()
		p.happens(lost)
		p.sees("show Your session for Lake has ended")
	})
}

// The button that is pressed is acted on.
func TestNotifier_performsAnswer(t *testing.T) {
	withNotifications(t, func(p *user) {
		p.answers <- answer{"lake", true}
		p.answers <- answer{"lake", false}
		synctest.Wait()
		if !slices.Equal(p.core.signIns, []string{"lake"}) || p.opened != 1 {
			t.Errorf("signed in to %v, opened %d times", p.core.signIns, p.opened)
		}
	})
}

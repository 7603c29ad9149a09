// Package uitest holds what the window's tests and pictures are made with: a core without an agent
// and a storage without a server.
package uitest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/auth/secret"
)

// Core is an app.Core that shows the snapshot it is given and remembers what it was asked.
type Core struct {
	*calls
	*transfers
	*copied

	mu       sync.Mutex
	snapshot app.Snapshot
	watchers map[chan app.Snapshot]context.CancelFunc
	saved    connection.Definition
	hands    hands
	raise    chan app.WindowTarget
}

var _ app.Core = (*Core)(nil)

// NewCore returns a core that shows s.
func NewCore(s app.Snapshot) *Core {
	c := &calls{}
	return &Core{
		calls: c, transfers: &transfers{calls: c}, copied: &copied{calls: c},
		snapshot: s, watchers: map[chan app.Snapshot]context.CancelFunc{}, raise: make(chan app.WindowTarget),
	}
}

// Watch implements app.Core.
func (c *Core) Watch(ctx context.Context) <-chan app.Snapshot {
	ctx, cancel := context.WithCancel(ctx)
	news, out := make(chan app.Snapshot, 1), make(chan app.Snapshot)
	c.mu.Lock()
	c.watchers[news] = cancel
	news <- c.snapshot
	c.mu.Unlock()
	go func() {
		defer close(out)
		for {
			select {
			case s := <-news:
				select {
				case out <- s:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Set shows another snapshot.
func (c *Core) Set(s app.Snapshot) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.snapshot = s
	for news := range c.watchers {
		select {
		case <-news:
		default:
		}
		news <- s
	}
}

// Stop ends every watch, as an agent that goes away does.
func (c *Core) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for news, cancel := range c.watchers {
		cancel()
		delete(c.watchers, news)
	}
}

// Saved is the definition saved last.
func (c *Core) Saved() connection.Definition {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.saved
}

// SignIn implements app.Core.
func (c *Core) SignIn(_ context.Context, id string) error { return c.called("sign-in " + id) }

// SignInByDevice implements app.Core.
func (c *Core) SignInByDevice(_ context.Context, id string) error {
	return c.called("sign-in-by-device " + id)
}

// AnswerQuestion implements app.Core.
func (c *Core) AnswerQuestion(_ context.Context, id string, question uint64, yes bool) error {
	return c.called(fmt.Sprintf("answer %s %d %t", id, question, yes))
}

// CancelSignIn implements app.Core.
func (c *Core) CancelSignIn(_ context.Context, id string) error { return c.called("cancel " + id) }

// SignOut implements app.Core.
func (c *Core) SignOut(_ context.Context, id string) error { return c.called("sign-out " + id) }

// LimitSession implements app.Core.
func (c *Core) LimitSession(_ context.Context, id string, until time.Time) error {
	return c.called("limit " + id + " " + until.UTC().Format(time.RFC3339))
}

// RenewNow implements app.Core.
func (c *Core) RenewNow(_ context.Context, id string) error { return c.called("renew " + id) }

// RemoveConnection implements app.Core.
func (c *Core) RemoveConnection(_ context.Context, id string) error { return c.called("remove " + id) }

// SignInLink implements app.Core.
func (c *Core) SignInLink(_ context.Context, id string) (string, error) {
	return "https://login.example/auth?state=x", c.called("link " + id)
}

// Credentials implements app.Core.
func (c *Core) Credentials(_ context.Context, id string) (app.Credentials, error) {
	return app.Credentials{AccessKeyID: "EXAMPLE", SecretAccessKey: secret.New("x"), SessionToken: secret.New("y")}, c.called("keys " + id)
}

// Connection implements app.Core.
func (c *Core) Connection(_ context.Context, id string) (connection.Definition, error) {
	err := c.called("connection " + id)
	c.mu.Lock()
	defer c.mu.Unlock()
	def := Definition(id)
	def.Keys.Policy = c.hands.policy
	return def, err
}

// SaveConnection implements app.Core.
func (c *Core) SaveConnection(_ context.Context, def connection.Definition) (string, error) {
	c.mu.Lock()
	c.saved = def
	c.mu.Unlock()
	return "research-lake", c.called("save " + def.Name)
}

// Phase returns s in another phase.
func Phase(s app.Session, p session.Phase) app.Session {
	s.Phase = p
	return s
}

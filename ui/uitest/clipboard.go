package uitest

import (
	"context"
	"time"

	"daypass/auth/secret"
)

// copied is the secret that was copied last, and for how long.
type copied struct {
	text  string
	after time.Duration
	fail  error
}

// CopySecret implements app.Core.
func (c *Core) CopySecret(_ context.Context, text secret.Secret, after time.Duration) error {
	if err := c.called("copy"); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.copied.fail == nil {
		c.copied.text, c.copied.after = text.Reveal(), after
	}
	return c.copied.fail
}

// FailCopies makes every copy after it fail with err.
func (c *Core) FailCopies(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copied.fail = err
}

// Copied is the secret that was copied last, and after how long it is cleared.
func (c *Core) Copied() (text string, after time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.copied.text, c.copied.after
}

package uitest

import (
	"context"
	"sync"
	"time"

	"daypass/auth/secret"
)

// copied is the secret that was copied last, and for how long.
type copied struct {
	*calls
	mu      sync.Mutex
	text    string
	after   time.Duration
	copyErr error
}

// CopySecret implements app.Core.
func (c *copied) CopySecret(_ context.Context, text secret.Secret, after time.Duration) error {
	if err := c.called("copy"); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.copyErr == nil {
		c.text, c.after = text.Reveal(), after
	}
	return c.copyErr
}

// FailCopies makes every copy after it fail with err.
func (c *copied) FailCopies(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copyErr = err
}

// Copied is the secret that was copied last, and after how long it is cleared.
func (c *copied) Copied() (text string, after time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text, c.after
}

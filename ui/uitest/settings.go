package uitest

import (
	"context"

	"daypass/app/settings"
)

// SaveSettings implements app.Core: it shows them in a new snapshot.
func (c *Core) SaveSettings(_ context.Context, s settings.Settings) error {
	if err := c.called("settings"); err != nil {
		return err
	}
	c.mu.Lock()
	next := c.snapshot
	c.mu.Unlock()
	next.Settings = s
	c.Set(next)
	return nil
}

// Settings are the settings now.
func (c *Core) Settings() settings.Settings {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.snapshot.Settings
}

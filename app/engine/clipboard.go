package engine

import (
	"context"
	"time"

	"daypass/app"
	"daypass/auth/secret"
)

// CopySecret implements Core.
func (a *Engine) CopySecret(ctx context.Context, text secret.Secret, after time.Duration) error {
	if err := a.running(); err != nil {
		return err
	}
	if a.copySecret == nil {
		return app.ErrNoClipboard
	}
	return a.copySecret(ctx, text, after)
}

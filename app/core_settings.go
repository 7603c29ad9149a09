package app

import (
	"context"

	"daypass/app/settings"
)

// SettingsStore is the part of Core that stores the user's settings. What they are now is in the
// snapshots.
type SettingsStore interface {
	// SaveSettings stores s and applies it. An error of a value is a *settings.ValueError; any other
	// means that it could not be written, or that starting at login could not be arranged. Nothing is
	// changed then.
	SaveSettings(ctx context.Context, s settings.Settings) error
}

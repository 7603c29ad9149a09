package app

import (
	"context"
	"errors"
	"time"

	"daypass/auth/secret"
)

// Clipboard is the part of a Core that copies secrets: the agent holds them on the system's clipboard, so that
// they are cleared even when the window that asked is killed (rule 47).
type Clipboard interface {
	// CopySecret puts text on the clipboard in place of the secret that was copied before. It is cleared after
	// that time if it is still there, or, where after is zero, when the agent ends. ErrNoClipboard where only
	// programs with a window reach the clipboard.
	CopySecret(ctx context.Context, text secret.Secret, after time.Duration) error
}

// ErrNoClipboard means that the agent has no clipboard here.
var ErrNoClipboard = errors.New("this desktop has no clipboard that Daypass can use without a window")

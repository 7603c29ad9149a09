package agent

import (
	"context"
	"errors"
	"testing"
	"time"

	"daypass/app"
	"daypass/auth/secret"
)

func (f *fakeCore) CopySecret(_ context.Context, text secret.Secret, after time.Duration) error {
	return f.called("copy %s for %s", text.Reveal(), after)
}

// A copied secret and its timeout reach the agent over the socket.
func TestRule47_copySecretReachesTheAgent(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	c := connect(t)
	for after, want := range map[time.Duration]string{45 * time.Second: "copy hush for 45s", 0: "copy hush for 0s"} {
		if err := c.CopySecret(t.Context(), secret.New("hush"), after); err != nil || core.lastCall() != want {
			t.Errorf("%v, %s", err, core.lastCall())
		}
	}
	if err := c.CopySecret(t.Context(), secret.New("negative"), -time.Second); err == nil || core.lastCall() == "copy negative for -1s" {
		t.Errorf("a time before now: %v", err)
	}
	core.failWith(app.ErrNoClipboard)
	if err := c.CopySecret(t.Context(), secret.New("hush"), 0); !errors.Is(err, app.ErrNoClipboard) {
		t.Errorf("without a clipboard: %v", err)
	}
}

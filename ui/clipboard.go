package ui

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/auth/secret"
)

// signInLife is how long the link of a sign-in is of use: the time that a sign-in waits for the browser (rule 13).
const signInLife = 5 * time.Minute

// copySecret has the agent hold a text on the clipboard, so that it is cleared even when this window is killed
// (rule 47). after is when it is cleared; zero: when Daypass ends. It runs in a goroutine. On desktops that let
// only windows at the clipboard the window holds it, no longer than it is open.
func (u *Window) copySecret(ctx context.Context, core app.Core, text string, after time.Duration) error {
	err := core.CopySecret(ctx, secret.New(text), after)
	if errors.Is(err, app.ErrNoClipboard) {
		u.Dispatch(func() { u.clip.put(text, after) })
		return nil
	}
	return err
}

// copyNow is copySecret from the UI thread; copied runs there once the text is on the clipboard.
func (u *Window) copyNow(text string, after time.Duration, copied func()) {
	u.agent.Call(func(ctx context.Context, core app.Core) error {
		err := u.copySecret(ctx, core, text, after)
		if err == nil {
			u.Dispatch(copied)
		}
		return err
	})
}

// clipboard is the toolkit's, for where the agent has none: it puts secrets there and clears them. It belongs to
// the UI thread. Of what it has put there it remembers a hash alone.
type clipboard struct {
	board    func() fyne.Clipboard
	dispatch func(func())

	holds bool
	hash  [sha256.Size]byte
	timer *time.Timer
}

// put puts a secret on the clipboard for as long as after says; zero means until the end.
func (c *clipboard) put(secret string, after time.Duration) {
	c.stop()
	c.board().SetContent(secret)
	c.holds, c.hash = true, sha256.Sum256([]byte(secret))
	if after <= 0 {
		return
	}
	var timer *time.Timer
	timer = time.AfterFunc(after, func() {
		c.dispatch(func() {
			if c.timer == timer { // and not that of a secret that was put there since
				c.clear()
			}
		})
	})
	c.timer = timer
}

// clear takes the secret off the clipboard if it is still there, and leaves what anybody else has put
// there since.
func (c *clipboard) clear() {
	c.stop()
	if !c.holds {
		return
	}
	c.holds = false
	if board := c.board(); sha256.Sum256([]byte(board.Content())) == c.hash {
		board.SetContent("")
	}
}

func (c *clipboard) stop() {
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
}

// Package clipboard puts texts and secrets of the window on the clipboard.
package clipboard

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"daypass/app"
	"daypass/auth/secret"
)

// Board is the toolkit's clipboard.
type Board interface {
	SetContent(text string)
	Content() string
}

// Agent is what secrets go through.
type Agent interface {
	Call(ask func(context.Context, app.Core) error)
}

// Clipboard is the window's way to the clipboard. It belongs to the UI thread, except Hold. Of the secrets that the
// window holds itself it remembers a hash alone.
type Clipboard struct {
	board    func() Board
	dispatch func(func())
	agent    Agent

	holds bool
	hash  [sha256.Size]byte
	timer *time.Timer
}

// New returns a clipboard. dispatch runs a function on the UI thread.
func New(board func() Board, agent Agent, dispatch func(func())) *Clipboard {
	return &Clipboard{board: board, agent: agent, dispatch: dispatch}
}

// Copy puts a text that is no secret on the clipboard.
func (c *Clipboard) Copy(text string) { c.board().SetContent(text) }

// Hold has the agent hold a secret on the clipboard, so that it is cleared even when this window is killed (rule 47).
// after is when it is cleared; zero: when Daypass ends. It runs in a goroutine. On desktops that let only windows at
// the clipboard the window holds it, no longer than it is open.
func (c *Clipboard) Hold(ctx context.Context, core app.Core, text string, after time.Duration) error {
	err := core.CopySecret(ctx, secret.New(text), after)
	if errors.Is(err, app.ErrNoClipboard) {
		c.dispatch(func() { c.put(text, after) })
		return nil
	}
	return err
}

// CopySecret is Hold from the UI thread; copied runs there once the text is on the clipboard.
func (c *Clipboard) CopySecret(text string, after time.Duration, copied func()) {
	c.agent.Call(func(ctx context.Context, core app.Core) error {
		err := c.Hold(ctx, core, text, after)
		if err == nil {
			c.dispatch(copied)
		}
		return err
	})
}

// put puts a secret on the clipboard for as long as after says; zero means until the end.
func (c *Clipboard) put(secret string, after time.Duration) {
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
				c.Clear()
			}
		})
	})
	c.timer = timer
}

// Clear takes the secret off the clipboard if it is still there, and leaves what anybody else has put
// there since.
func (c *Clipboard) Clear() {
	c.stop()
	if !c.holds {
		return
	}
	c.holds = false
	if board := c.board(); sha256.Sum256([]byte(board.Content())) == c.hash {
		board.SetContent("")
	}
}

func (c *Clipboard) stop() {
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
}

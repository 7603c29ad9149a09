package ui

import (
	"crypto/sha256"
	"time"

	"fyne.io/fyne/v2"
)

// clipboard puts secrets on the system's clipboard and takes them off again. It belongs to the UI thread.
// Of what it has put there it remembers a hash alone.
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

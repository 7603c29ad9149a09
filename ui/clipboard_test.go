package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestRule31: a secret goes off the clipboard after its time and at the end, and nothing else does.
func TestRule31ASecretGoesOffTheClipboard(t *testing.T) {
	const after = 45 * time.Second
	tests := map[string]struct {
		do   func(c *clipboard, board fyne.Clipboard)
		want string
	}{
		"before its time":       {func(*clipboard, fyne.Clipboard) { time.Sleep(after - 1) }, "hush"},
		"at its time":           {func(*clipboard, fyne.Clipboard) { time.Sleep(after) }, ""},
		"at the end":            {func(c *clipboard, _ fyne.Clipboard) { c.clear() }, ""},
		"twice at the end":      {func(c *clipboard, b fyne.Clipboard) { c.clear(); b.SetContent("hush"); c.clear() }, "hush"},
		"replaced by the other": {func(_ *clipboard, b fyne.Clipboard) { b.SetContent("a recipe"); time.Sleep(time.Hour) }, "a recipe"},
		"replaced, at the end":  {func(c *clipboard, b fyne.Clipboard) { b.SetContent("a recipe"); c.clear() }, "a recipe"},
		"another secret has a time of its own": {func(c *clipboard, _ fyne.Clipboard) {
			time.Sleep(after - 1)
			c.put("hush too", after)
			time.Sleep(after - 1)
		}, "hush too"},
		"another secret, at its time": {func(c *clipboard, _ fyne.Clipboard) {
			time.Sleep(after - 1)
			c.put("hush too", after)
			time.Sleep(after)
		}, ""},
		"never by time": {func(c *clipboard, _ fyne.Clipboard) { c.put("hush too", 0); time.Sleep(24 * time.Hour) }, "hush too"},
		"never by time, at the end": {func(c *clipboard, _ fyne.Clipboard) {
			c.put("hush too", 0)
			c.clear()
		}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				board := test.NewClipboard()
				queue := make(chan func(), 10)
				c := &clipboard{board: func() fyne.Clipboard { return board }, dispatch: func(f func()) { queue <- f }}
				c.put("hush", after)
				tt.do(c, board)
				synctest.Wait()
				for len(queue) > 0 { // the UI thread's turn
					(<-queue)()
				}
				if got := board.Content(); got != tt.want {
					t.Errorf("the clipboard holds %q, want %q", got, tt.want)
				}
				c.stop()
			})
		})
	}
}

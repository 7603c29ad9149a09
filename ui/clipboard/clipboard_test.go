package clipboard

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestRule31: a secret goes off the clipboard after its time and at the end, and nothing else does.
func TestRule31_clipboardIsCleared(t *testing.T) {
	const after = 45 * time.Second
	tests := map[string]struct {
		do   func(c *Clipboard, board fyne.Clipboard)
		want string
	}{
		"before its time":       {func(*Clipboard, fyne.Clipboard) { time.Sleep(after - 1) }, "hush"},
		"at its time":           {func(*Clipboard, fyne.Clipboard) { time.Sleep(after) }, ""},
		"at the end":            {func(c *Clipboard, _ fyne.Clipboard) { c.Clear() }, ""},
		"twice at the end":      {func(c *Clipboard, b fyne.Clipboard) { c.Clear(); b.SetContent("hush"); c.Clear() }, "hush"},
		"replaced by the other": {func(_ *Clipboard, b fyne.Clipboard) { b.SetContent("a recipe"); time.Sleep(time.Hour) }, "a recipe"},
		"replaced, at the end":  {func(c *Clipboard, b fyne.Clipboard) { b.SetContent("a recipe"); c.Clear() }, "a recipe"},
		"another secret has a time of its own": {func(c *Clipboard, _ fyne.Clipboard) {
			time.Sleep(after - 1)
			c.put("hush too", after)
			time.Sleep(after - 1)
		}, "hush too"},
		"another secret, at its time": {func(c *Clipboard, _ fyne.Clipboard) {
			time.Sleep(after - 1)
			c.put("hush too", after)
			time.Sleep(after)
		}, ""},
		"never by time": {func(c *Clipboard, _ fyne.Clipboard) { c.put("hush too", 0); time.Sleep(24 * time.Hour) }, "hush too"},
		"never by time, at the end": {func(c *Clipboard, _ fyne.Clipboard) {
			c.put("hush too", 0)
			c.Clear()
		}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				board := test.NewClipboard()
				queue := make(chan func(), 10)
				c := &Clipboard{board: func() Board { return board }, dispatch: func(f func()) { queue <- f }}
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

//go:build cgo

package native

import (
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// restInterval is how long the toolkit's loop waits at a time while the window is minimized. Whatever else is
// dispatched to it waits as long at most; events of the window end the wait at once.
const restInterval = 200 * time.Millisecond

// WatchMinimized has changed called, on the UI thread, when w is minimized and when it is restored. In between the
// toolkit's loop, which looks for events sixty times a second whatever the window shows, waits for them instead.
//
// Wayland does not say windows that they are minimized: there nothing is called, and the compositor asks for no frames.
func WatchMinimized(w *glfw.Window, changed func(minimized bool)) {
	r := &rest{}
	w.SetIconifyCallback(func(_ *glfw.Window, minimized bool) {
		changed(minimized)
		r.set(minimized)
	})
}

// rest is the toolkit's loop at rest. All of it belongs to the UI thread.
type rest struct{ on, queued bool }

func (r *rest) set(on bool) {
	r.on = on
	r.queue()
}

// queue has the loop wait in its next turn, while it is to rest. Between two waits it does all that it does in a turn.
func (r *rest) queue() {
	if r.on && !r.queued {
		r.queued = true
		fyne.Do(r.wait)
	}
}

func (r *rest) wait() {
	r.queued = false
	if r.on {
		glfw.WaitEventsTimeout(restInterval.Seconds())
		r.queue()
	}
}

//go:build cgo

package native

import (
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// How long the toolkit's loop waits for events at a time, while the window is shown and while it is minimized. What the
// toolkit itself dispatches to the loop from its goroutines is late by as much at most.
const (
	shownRest     = 100 * time.Millisecond
	minimizedRest = 200 * time.Millisecond
)

// drawTime is left to the loop between two waits: one of its turns, in which it paints what has changed, and a little.
const drawTime = 20 * time.Millisecond

// Loop lets the toolkit's loop rest. By itself it looks for events sixty times a second, whatever the window shows; a
// Loop has it wait for them instead, which events of the window and Do end at once.
type Loop struct {
	// minimized belongs to the UI thread.
	minimized bool
	// queueing is set while the next wait is handed to the toolkit.
	queueing atomic.Bool

	mu sync.Mutex
	// queued is how many functions of Do have not ended yet.
	queued int
	// changed is set where one has ended since the last wait, so that there may be something to paint.
	changed bool
	// waiting is set while the loop waits.
	waiting bool
}

// Do runs f on the UI thread, later.
func (l *Loop) Do(f func()) {
	l.mu.Lock()
	l.queued++
	l.mu.Unlock()
	fyne.Do(func() {
		defer l.ran()
		f()
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting { // the toolkit is there, and stays until the wait has ended
		glfw.PostEmptyEvent()
	}
}

func (l *Loop) ran() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queued--
	l.changed = true
}

// Rest begins to let the loop rest. From then on minimized is called, on the UI thread, when w is minimized and when it
// is restored. Wayland does not say windows that they are minimized: there it is never called, and the compositor asks
// for no frames.
func (l *Loop) Rest(w *glfw.Window, minimized func(bool)) {
	w.SetIconifyCallback(func(_ *glfw.Window, is bool) {
		l.minimized = is
		minimized(is)
	})
	l.waitLater()
}

// waitLater has the loop wait once it has painted what there is.
func (l *Loop) waitLater() {
	pause := drawTime
	if l.minimized { // nothing is painted
		pause = 0
	}
	time.AfterFunc(pause, func() {
		l.queueing.Store(true)
		fyne.Do(l.wait)
		l.queueing.Store(false)
	})
}

func (l *Loop) wait() {
	defer l.waitLater()
	if l.queueing.Load() { // the loop has ended, and fyne.Do calls this itself; or the loop was very quick
		return
	}
	if l.begin() {
		glfw.WaitEventsTimeout(l.rest().Seconds())
		l.end()
	}
}

func (l *Loop) rest() time.Duration {
	if l.minimized {
		return minimizedRest
	}
	return shownRest
}

// begin reports whether the loop may wait: nothing is queued, and what has been is painted, if it is to be.
func (l *Loop) begin() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = l.queued == 0 && (!l.changed || l.minimized)
	l.changed = false
	return l.waiting
}

func (l *Loop) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = false
}

package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/memory"
)

// sizeSettles is how long after the window was resized its size is remembered. A window that is maximized is resized
// before or after that is told; by then both are known.
const sizeSettles = time.Second

// windowSize remembers the size of the window. Its methods belong to the UI thread.
type windowSize struct {
	memory    *memory.Store
	dispatch  func(func())
	maximized bool
	now       fyne.Size
	timer     *time.Timer
}

// remembered returns the size that the window had last, or a size for the first time.
func (w *windowSize) remembered() fyne.Size {
	if r := w.memory.Get(); r.Width > 0 {
		return fyne.NewSize(r.Width, r.Height)
	}
	return defaultSize
}

// watched returns content with what notices the size that it gets.
func (w *windowSize) watched(content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(w, content)
}

// MinSize implements fyne.Layout.
func (w *windowSize) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements fyne.Layout.
func (w *windowSize) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(s)
	w.now = s
	w.rememberSoon()
}

// setMaximized notes that the window is maximized, or no longer.
func (w *windowSize) setMaximized(maximized bool) {
	w.maximized = maximized
	w.rememberSoon()
}

// rememberSoon remembers the size a moment later, if it is another one.
func (w *windowSize) rememberSoon() {
	w.stop()
	if w.changed() {
		w.timer = time.AfterFunc(sizeSettles, func() { w.dispatch(w.remember) })
	}
}

func (w *windowSize) stop() {
	if w.timer != nil {
		w.timer.Stop()
	}
}

// close remembers the size that the window is closed with.
func (w *windowSize) close() {
	w.stop()
	w.remember()
}

// changed reports whether the window is not as it is remembered.
func (w *windowSize) changed() bool {
	return w.maximized != w.memory.Get().Maximized || w.own() != w.remembered()
}

// own is the size of the window while it is neither maximized nor minimized: on Windows it has none then.
func (w *windowSize) own() fyne.Size {
	if w.maximized || w.now.Width == 0 || w.now.Height == 0 {
		return w.remembered()
	}
	return w.now
}

func (w *windowSize) remember() {
	if !w.changed() {
		return
	}
	own := w.own()
	w.memory.Update(func(r *memory.Record) { r.Width, r.Height, r.Maximized = own.Width, own.Height, w.maximized })
}

// Maximized reports whether the window is maximized, or was when it was closed last.
func (u *Window) Maximized() bool { return u.size.maximized }

// SetMaximized notes that the window is maximized, or no longer.
func (u *Window) SetMaximized(maximized bool) { u.size.setMaximized(maximized) }

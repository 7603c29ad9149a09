//go:build cgo

// Package mouse tells of the buttons of a mouse that go back and forward, which the toolkit knows nothing of: its driver
// (internal/driver/glfw, convertMouseButton) makes one and the same button, 0, of all beyond the third.
package mouse

import (
	"image"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// Watch has back and forward called, on the UI thread, when these buttons are pressed in w. It adds to the window's
// content a point that is not seen: while it is painted, the window's own handle is that of the current context.
func Watch(w fyne.Window, back, forward func()) {
	var once sync.Once
	probe := canvas.NewRaster(func(width, height int) image.Image {
		once.Do(func() { watch(glfw.GetCurrentContext(), back, forward) })
		return image.NewNRGBA(image.Rect(0, 0, width, height))
	})
	probe.Resize(fyne.NewSquareSize(1)) // nothing smaller is painted
	w.SetContent(container.NewStack(w.Content(), container.NewWithoutLayout(probe)))
}

// watch puts itself before the toolkit's own callback.
func watch(w *glfw.Window, back, forward func()) {
	if w == nil {
		return
	}
	toolkit := w.SetMouseButtonCallback(nil)
	w.SetMouseButtonCallback(func(w *glfw.Window, b glfw.MouseButton, a glfw.Action, m glfw.ModifierKey) {
		switch {
		case b == glfw.MouseButton4 && a == glfw.Press:
			back()
		case b == glfw.MouseButton5 && a == glfw.Press:
			forward()
		case b != glfw.MouseButton4 && b != glfw.MouseButton5 && toolkit != nil:
			toolkit(w, b, a, m)
		}
	})
}

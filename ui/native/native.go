//go:build cgo

// Package native reaches the window below the toolkit's, for what the toolkit knows nothing of.
package native

import (
	"image"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// Watch has use called once, on the UI thread, with the handle of w when that is first painted. It adds to the
// window's content a point that is not seen: while it is painted, the window's handle is that of the current context.
func Watch(w fyne.Window, use func(*glfw.Window)) {
	var once sync.Once
	probe := canvas.NewRaster(func(width, height int) image.Image {
		once.Do(func() {
			if handle := glfw.GetCurrentContext(); handle != nil {
				use(handle)
			}
		})
		return image.NewNRGBA(image.Rect(0, 0, width, height))
	})
	probe.Resize(fyne.NewSquareSize(1)) // nothing smaller is painted
	w.SetContent(container.NewStack(w.Content(), container.NewWithoutLayout(probe)))
}

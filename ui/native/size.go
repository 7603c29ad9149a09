//go:build cgo

package native

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// KeepSize makes w, whose handle is given, no larger than the screen, which may be another one than when its size was
// remembered, and maximizes it if it was. From then on changed is called, on the UI thread, when w is maximized and when
// it no longer is.
func KeepSize(w fyne.Window, handle *glfw.Window, maximized bool, changed func(maximized bool)) {
	handle.SetMaximizeCallback(func(_ *glfw.Window, maximized bool) { changed(maximized) })
	go fyne.Do(func() { // after the frame, in which it would be called at once
		if !open(w) { // the handle is of no window any more
			return
		}
		size := image.Pt(handle.GetSize())
		left, top, right, bottom := handle.GetFrameSize()
		if fits := Fit(size, image.Pt(left+right, top+bottom), screens()); fits != size {
			// By the toolkit, which would otherwise ask for the size that it knows whenever its scale or theme changes.
			scale := w.Canvas().Scale()
			w.Resize(fyne.NewSize(float32(fits.X)/scale, float32(fits.Y)/scale))
		}
		if maximized {
			handle.Maximize()
		}
	})
}

// open reports whether w has not been destroyed.
func open(w fyne.Window) bool { return slices.Contains(fyne.CurrentApp().Driver().AllWindows(), w) }

// screens returns what windows can have of each screen.
func screens() []image.Point {
	var all []image.Point
	for _, m := range glfw.GetMonitors() {
		_, _, width, height := m.GetWorkarea()
		all = append(all, image.Pt(width, height))
	}
	return all
}

// Fit returns the size, at most as large as fits with its frame on one of the screens. It is the size itself where
// nothing is known of the screens.
func Fit(size, frame image.Point, screens []image.Point) image.Point {
	var best image.Point
	for _, s := range screens {
		room := s.Sub(frame)
		if room.X <= 0 || room.Y <= 0 {
			continue
		}
		fits := image.Pt(min(size.X, room.X), min(size.Y, room.Y))
		if fits.X*fits.Y > best.X*best.Y {
			best = fits
		}
	}
	if best == (image.Point{}) {
		return size
	}
	return best
}

package ui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// scaleSample is a distance that is long enough to tell scales apart by the points it takes.
const scaleSample = 1000

// sharpened returns content with what notices that the screen has another scale, which under Wayland is known only
// after the first frame. The toolkit goes on to show the texts and icons that it drew for the old one; it draws all
// of them again when a theme is set.
func sharpened(u *Window, content fyne.CanvasObject) fyne.CanvasObject {
	drawnFor := 0
	probe := canvas.NewRaster(func(w, h int) image.Image {
		scale, _ := u.window.Canvas().PixelCoordinateForPosition(fyne.NewPos(scaleSample, 0))
		if drawnFor != 0 && drawnFor != scale {
			u.Dispatch(func() { u.app.Settings().SetTheme(u.app.Settings().Theme()) })
		}
		drawnFor = scale
		return image.NewNRGBA(image.Rect(0, 0, w, h))
	})
	probe.Resize(fyne.NewSquareSize(1)) // nothing smaller is painted
	return container.NewStack(content, container.NewWithoutLayout(probe))
}

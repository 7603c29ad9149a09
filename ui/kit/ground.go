package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Ground is one plain color under a large part of the window. It is one point that is stretched: the
// toolkit's rectangle works out shadows for each of its points, which without a graphics card costs more
// than twice as much.
type Ground struct {
	widget.BaseWidget
	fill fyne.ThemeColorName
}

// NewGround makes a ground.
func NewGround(fill fyne.ThemeColorName) *Ground {
	g := &Ground{fill: fill}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer implements fyne.Widget.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	point := canvas.NewRaster(func(int, int) image.Image {
		p := image.NewRGBA(image.Rect(0, 0, 1, 1))
		p.Set(0, 0, colorOf(g, g.fill))
		return p
	})
	point.ScaleMode = canvas.ImageScalePixels
	r := &renderer{objects: []fyne.CanvasObject{point}, layout: point.Resize, refresh: point.Refresh}
	r.min = func() fyne.Size { return fyne.Size{} }
	return r
}

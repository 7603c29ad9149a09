package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// Icon is one of our icons in a color of the theme.
type Icon struct {
	widget.BaseWidget
	name    theme.IconName
	color   fyne.ThemeColorName
	size    float32
	picture *iconPicture
}

// NewIcon returns an icon of size by size beside text of the ordinary size.
func NewIcon(name theme.IconName, c fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{name: name, color: c, size: theme.ForText(size), picture: newIconPicture(size)}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes the icon.
func (i *Icon) Set(name theme.IconName, c fyne.ThemeColorName) {
	if i.name != name || i.color != c {
		i.name, i.color = name, c
		i.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{i.picture.raster}}
	r.refresh = func() { i.picture.set(i.name, colorOf(i, i.color)) }
	r.layout = func(s fyne.Size) {
		i.picture.raster.Resize(fyne.NewSquareSize(i.size))
		i.picture.raster.Move(fyne.NewPos((s.Width-i.size)/2, (s.Height-i.size)/2))
	}
	r.min = func() fyne.Size { return fyne.NewSquareSize(i.size) }
	r.refresh()
	return r
}

// iconPicture draws an icon for the points of the screen that it takes.
type iconPicture struct {
	raster *canvas.Raster
	name   theme.IconName
	color  color.Color
}

// newIconPicture returns the picture of no icon, which is size by size beside text of the ordinary size.
func newIconPicture(size float32) *iconPicture {
	p := &iconPicture{}
	p.raster = canvas.NewRaster(func(w, h int) image.Image {
		return theme.DrawIcon(p.name, p.color, image.Pt(w, h), float64(h)/float64(size))
	})
	p.raster.Hidden = true
	return p
}

// set changes the icon; an empty name is none.
func (p *iconPicture) set(name theme.IconName, c color.Color) {
	if name == "" && p.raster.Hidden {
		return
	}
	p.name, p.color = name, c
	p.raster.Hidden = name == ""
	p.raster.Refresh()
}

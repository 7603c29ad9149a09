package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Picture shows an image as large as it fits, but not larger than it is, unless it is one whose dots are
// to be seen.
type Picture struct {
	widget.BaseWidget
	name  string
	image *canvas.Image
	most  fyne.Size
}

// NewPicture makes an empty picture of at most the given size. Its name is for those who do not see it.
func NewPicture(name string, most fyne.Size) *Picture {
	p := &Picture{name: name, most: most, image: &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScaleSmooth}}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows an image. sharp keeps its dots as they are.
func (p *Picture) Set(m image.Image, sharp bool) {
	p.image.Image, p.image.ScaleMode = m, canvas.ImageScaleSmooth
	if sharp {
		p.image.ScaleMode = canvas.ImageScalePixels
	}
	p.Refresh()
}

// fitted is the size at which the image is shown in a width.
func (p *Picture) fitted(width float32) fyne.Size {
	if p.image.Image == nil {
		return fyne.Size{}
	}
	b := p.image.Image.Bounds()
	w, h := float32(b.Dx()), float32(b.Dy())
	scale := min(min(width, p.most.Width)/w, p.most.Height/h)
	if p.image.ScaleMode == canvas.ImageScaleSmooth {
		scale = min(scale, 1)
	} else if scale > 1 {
		scale = float32(int(scale)) // dots of one size
	}
	return fyne.NewSize(w*scale, h*scale)
}

// CreateRenderer implements fyne.Widget.
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{p.image}}
	r.min = func() fyne.Size {
		if p.Size().Width <= 0 {
			return p.fitted(p.most.Width)
		}
		return fyne.NewSize(0, p.fitted(p.Size().Width).Height)
	}
	r.layout = func(s fyne.Size) {
		size := p.fitted(s.Width)
		p.image.Resize(size)
		p.image.Move(fyne.NewPos((s.Width-size.Width)/2, (s.Height-size.Height)/2))
	}
	r.refresh = func() {
		r.layout(p.Size())
		p.image.Refresh()
	}
	return r
}

// AccessibilityLabel implements fyne.Accessible.
func (p *Picture) AccessibilityLabel() string { return p.name }

// AccessibilityRole implements fyne.Accessible.
func (p *Picture) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

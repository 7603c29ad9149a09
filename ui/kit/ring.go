package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// Ring shows a share as part of a circle, full at the start and running out clockwise.
type Ring struct {
	widget.BaseWidget
	share      float32
	color      fyne.ThemeColorName
	track, arc *canvas.Arc
}

// ringSize is the diameter, ringCutout the share of it that is hollow.
const (
	ringSize   = 7 * theme.Grid
	ringCutout = 0.72
)

// NewRing makes a full ring.
func NewRing() *Ring {
	r := &Ring{share: 1, color: theme.ColorOK}
	r.track = canvas.NewArc(0, 360, ringCutout, color.Transparent)
	r.arc = canvas.NewArc(0, 360, ringCutout, color.Transparent)
	r.ExtendBaseWidget(r)
	return r
}

// Set changes the share, from 0 to 1, and the color.
func (r *Ring) Set(share float32, c fyne.ThemeColorName) {
	if r.share != share || r.color != c {
		r.share, r.color = share, c
		r.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (r *Ring) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.track, r.arc}
	w := &renderer{objects: objects}
	w.min = func() fyne.Size { return fyne.NewSquareSize(ringSize) }
	w.layout = func(s fyne.Size) {
		for _, o := range objects {
			o.Resize(fyne.NewSquareSize(ringSize))
			o.Move(fyne.NewPos((s.Width-ringSize)/2, (s.Height-ringSize)/2))
		}
	}
	w.refresh = func() {
		r.track.FillColor = colorOf(r, theme.ColorTrack)
		r.arc.FillColor = colorOf(r, r.color)
		r.arc.StartAngle, r.arc.EndAngle = 360*(1-r.share), 360
		r.track.Refresh()
		r.arc.Refresh()
	}
	w.refresh()
	return w
}

package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// Bar shows a share as a filled part of a line. It moves only when it is set.
type Bar struct {
	widget.BaseWidget
	share       float32
	color       fyne.ThemeColorName
	track, fill *canvas.Rectangle
}

// barHeight is the thickness of the line.
const barHeight = float32(6)

// NewBar makes an empty bar.
func NewBar() *Bar {
	b := &Bar{color: theme.ColorAccentText, track: canvas.NewRectangle(color.Transparent), fill: canvas.NewRectangle(color.Transparent)}
	b.track.CornerRadius, b.fill.CornerRadius = barHeight/2, barHeight/2
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the share, from 0 to 1, and the color.
func (b *Bar) Set(share float32, c fyne.ThemeColorName) {
	share = max(0, min(1, share))
	if b.share != share || b.color != c {
		b.share, b.color = share, c
		b.Refresh()
	}
}

// Share is what it shows.
func (b *Bar) Share() float32 { return b.share }

// CreateRenderer implements fyne.Widget.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{b.track, b.fill}}
	r.min = func() fyne.Size { return fyne.NewSize(10*theme.Grid, barHeight) }
	r.layout = b.place
	r.refresh = func() {
		b.paint()
		b.place(b.Size())
		canvas.Refresh(b)
	}
	b.paint()
	return r
}

func (b *Bar) paint() {
	b.track.FillColor = colorOf(b, theme.ColorTrack)
	b.fill.FillColor = colorOf(b, b.color)
	b.fill.Hidden = b.share == 0
}

func (b *Bar) place(s fyne.Size) {
	y := float32(int((s.Height - barHeight) / 2))
	b.track.Resize(fyne.NewSize(s.Width, barHeight))
	b.track.Move(fyne.NewPos(0, y))
	b.fill.Resize(fyne.NewSize(max(barHeight, s.Width*b.share), barHeight))
	b.fill.Move(fyne.NewPos(0, y))
}

package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Scrolling returns a scroll that the wheel moves wherever in it the pointer is, over a text field too, which
// would keep the wheel for itself, and as far at each click as in other programs.
func Scrolling(s *container.Scroll) *fyne.Container {
	w := &wheel{scroll: s}
	w.ExtendBaseWidget(w)
	return container.NewStack(s, w)
}

// wheel lies over a scroll, invisible, and takes nothing but the wheel.
type wheel struct {
	widget.BaseWidget
	scroll *container.Scroll
}

// CreateRenderer implements fyne.Widget.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	nothing := func() {}
	return &renderer{layout: func(fyne.Size) {}, min: func() fyne.Size { return fyne.Size{} }, refresh: nothing}
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	e.Scrolled = fyne.NewDelta(scrolled(e.Scrolled.DX), scrolled(e.Scrolled.DY))
	w.scroll.Scrolled(e)
}

// A click of the wheel, as the toolkit measures it, and how far it scrolls: three lines of text.
const (
	wheelClick = 25
	clickLines = 72
)

// scrolled returns how far to scroll. Clicks of a wheel come whole, or as one and a half on some Waylands; what a
// touchpad moves comes in other shares and is as long as the finger's way.
func scrolled(by float32) float32 {
	clicks := float64(by) / wheelClick
	if math.Abs(clicks) < 1 || math.Mod(clicks, 0.5) != 0 {
		return by
	}
	return float32(clicks) * clickLines
}

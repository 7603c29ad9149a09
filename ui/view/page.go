package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/kit"
	"daypass/ui/theme"
)

// page is a column of running text in the middle, which scrolls where it is too long.
type page struct {
	object  *fyne.Container
	scroll  *container.Scroll
	measure *kit.Measure
}

// High and low are where a page has its content: at the top, or a little above the middle.
const (
	high = 0
	low  = 0.4
)

func newPage(m *kit.Measure, place float32, column fyne.CanvasObject) *page {
	p := &page{measure: m, scroll: container.NewVScroll(container.New(&middle{measure: m, place: place, margin: theme.Huge}, column))}
	p.object = container.New(&fitted{m}, kit.Scrolling(p.scroll))
	return p
}

// refresh is for when the column has changed.
func (p *page) refresh() { p.object.Refresh() }

// reveal scrolls down to o where it is not in sight.
func (p *page) reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.scroll).Y
	if over := top + o.Size().Height + theme.Large - p.scroll.Size().Height; over > 0 {
		p.scroll.ScrollToOffset(p.scroll.Offset.AddXY(0, min(over, top-theme.Large)))
	}
}

// fitted sets the measure before its content is laid out.
type fitted struct{ measure *kit.Measure }

// MinSize implements fyne.Layout.
func (*fitted) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

// Layout implements fyne.Layout.
func (f *fitted) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	f.measure.Fit(s.Width - 2*theme.Huge)
	objects[0].Resize(s)
}

// middle centres a column of the measure's width.
type middle struct {
	measure *kit.Measure
	place   float32
	margin  float32
}

// MinSize implements fyne.Layout.
func (m *middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height+2*m.margin)
}

// Layout implements fyne.Layout.
func (m *middle) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	size := fyne.NewSize(m.measure.Fit(s.Width-2*theme.Huge), objects[0].MinSize().Height)
	x, y := (s.Width-size.Width)/2, (s.Height-size.Height)*m.place
	objects[0].Resize(size)
	objects[0].Move(fyne.NewPos(float32(int(x)), max(m.margin, float32(int(y)))))
}

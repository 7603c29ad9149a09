package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/theme"
)

// Page is a column of running text in the middle, which scrolls where it is too long.
type Page struct {
	object  *fyne.Container
	scroll  *container.Scroll
	measure *Measure
}

// AtTop and Centered are where a page has its content: at the top, or a little above the middle.
const (
	AtTop    = 0
	Centered = 0.4
)

// FormWidth is the width of a form with text of the ordinary size.
const FormWidth = 116 * theme.Grid

// NewPage returns a page of a column as wide as m allows; position is AtTop or Centered.
func NewPage(m *Measure, position float32, column fyne.CanvasObject) *Page {
	p := &Page{measure: m, scroll: container.NewVScroll(container.New(&middle{measure: m, position: position, margin: theme.Huge}, column))}
	p.object = container.New(&measuredPage{m}, Scrolling(p.scroll))
	return p
}

// Object returns what to put on screen.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Refresh is for when the column has changed.
func (p *Page) Refresh() { p.object.Refresh() }

// Reveal scrolls to o where it is not in sight.
func (p *Page) Reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.scroll).Y
	below := top + o.Size().Height + theme.Large - p.scroll.Size().Height
	switch {
	case top < theme.Large:
		p.scroll.ScrollToOffset(p.scroll.Offset.AddXY(0, max(top-theme.Large, -p.scroll.Offset.Y)))
	case below > 0:
		p.scroll.ScrollToOffset(p.scroll.Offset.AddXY(0, min(below, top-theme.Large)))
	}
}

// ScrollToTop shows the beginning.
func (p *Page) ScrollToTop() { p.scroll.ScrollToTop() }

// InMeasure returns o in line with the column of a page of the same measure.
func InMeasure(m *Measure, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&middle{measure: m, margin: theme.Medium}, o)
}

// measuredPage sets the measure before its content is laid out.
type measuredPage struct{ measure *Measure }

// MinSize implements fyne.Layout.
func (*measuredPage) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

// Layout implements fyne.Layout.
func (f *measuredPage) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	f.measure.Fit(s.Width - 2*theme.Huge)
	objects[0].Resize(s)
}

// middle centers a column of the measure's width.
type middle struct {
	measure  *Measure
	position float32
	margin   float32
}

// MinSize implements fyne.Layout.
func (m *middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height+2*m.margin)
}

// Layout implements fyne.Layout.
func (m *middle) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	size := fyne.NewSize(m.measure.Fit(s.Width-2*theme.Huge), objects[0].MinSize().Height)
	x, y := (s.Width-size.Width)/2, (s.Height-size.Height)*m.position
	objects[0].Resize(size)
	objects[0].Move(fyne.NewPos(float32(int(x)), max(m.margin, float32(int(y)))))
}

package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// listBody holds the frames of a list and takes the wheel.
type listBody struct {
	widget.BaseWidget
	list   *List
	rows   *renderer
	trough *trough
	thumb  *thumb
}

func newListBody(l *List) *listBody {
	b := &listBody{list: l, rows: &renderer{}}
	b.trough, b.thumb = newTrough(b), newThumb(b)
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *listBody) CreateRenderer() fyne.WidgetRenderer {
	b.rows.min = func() fyne.Size { return fyne.Size{} }
	b.rows.layout = func(fyne.Size) {}
	b.rows.refresh = func() {
		for _, o := range b.rows.objects {
			o.Refresh()
		}
	}
	return b.rows
}

func (b *listBody) add(o fyne.CanvasObject) {
	b.rows.objects = append(b.rows.objects, o)
	canvas.Refresh(b)
}

// Tapped implements fyne.Tappable: a click beside the rows gives the list the focus.
func (b *listBody) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(b.list); c != nil {
		c.Focus(b.list)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (b *listBody) TappedSecondary(e *fyne.PointEvent) { b.list.placeMenu(e.AbsolutePosition) }

// Scrolled implements fyne.Scrollable.
func (b *listBody) Scrolled(e *fyne.ScrollEvent) { b.list.scroll(-float64(scrolled(e.Scrolled.DY))) }

// thumbWidth and thumbLeast are the size of the mark that shows where in the list we are.
const (
	thumbWidth = float32(6)
	thumbLeast = float32(32)
)

// place puts the thumb where the list is.
func (b *listBody) place() {
	l, most := b.list, b.list.most()
	setVisible(b.thumb, most > 0)
	setVisible(b.trough, most > 0)
	if most <= 0 {
		return
	}
	view := l.Size().Height
	height := max(thumbLeast, view*view/(view+float32(most)))
	y := float32(l.offset/most) * (view - height)
	b.trough.Resize(fyne.NewSize(troughWidth, view))
	b.trough.Move(fyne.NewPos(l.Size().Width-troughWidth, 0))
	b.thumb.Resize(fyne.NewSize(thumbWidth, height))
	b.thumb.Move(fyne.NewPos(l.Size().Width-thumbWidth-1, y))
}

// troughWidth is the width of the way of the thumb.
const troughWidth = float32(12)

// trough is the way of the thumb: a click in it scrolls by a page towards the click.
type trough struct {
	widget.BaseWidget
	body *listBody
}

var _ desktop.Hoverable = (*trough)(nil)

func newTrough(b *listBody) *trough {
	t := &trough{body: b}
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *trough) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{layout: func(fyne.Size) {}, min: func() fyne.Size { return fyne.NewSize(troughWidth, thumbLeast) }, refresh: func() {}}
}

// Tapped implements fyne.Tappable.
func (t *trough) Tapped(e *fyne.PointEvent) {
	l, thumb := t.body.list, t.body.thumb
	page := float64(max(l.rowHeight, l.Size().Height-l.rowHeight))
	switch top := thumb.Position().Y; {
	case e.Position.Y < top:
		l.scroll(-page)
	case e.Position.Y > top+thumb.Size().Height:
		l.scroll(page)
	}
	t.body.Tapped(e)
}

// MouseIn implements desktop.Hoverable: the row below is not under the pointer.
func (t *trough) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (t *trough) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *trough) MouseOut() {}

// Dragged implements fyne.Draggable: the thumb is narrow, and may be missed by a little.
func (t *trough) Dragged(e *fyne.DragEvent) { t.body.thumb.Dragged(e) }

// DragEnd implements fyne.Draggable.
func (t *trough) DragEnd() {}

// thumb is the handle of the scroll bar.
type thumb struct {
	widget.BaseWidget
	body *listBody
	rect *canvas.Rectangle
}

func newThumb(b *listBody) *thumb {
	t := &thumb{body: b, rect: canvas.NewRectangle(color.Transparent)}
	t.rect.CornerRadius = thumbWidth / 2
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *thumb) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{t.rect}}
	r.min = func() fyne.Size { return fyne.NewSize(thumbWidth, thumbLeast) }
	r.layout = func(s fyne.Size) { t.rect.Resize(s) }
	r.refresh = func() {
		t.rect.FillColor = colorOf(t, fynetheme.ColorNameScrollBar)
		t.rect.Refresh()
	}
	r.refresh()
	return r
}

// Dragged implements fyne.Draggable.
func (t *thumb) Dragged(e *fyne.DragEvent) {
	l := t.body.list
	if track := l.Size().Height - t.Size().Height; track > 0 {
		l.scroll(float64(e.Dragged.DY/track) * l.most())
	}
}

// DragEnd implements fyne.Draggable.
func (t *thumb) DragEnd() {}

// focusRing shows where the keyboard is.
type focusRing struct {
	widget.BaseWidget
	rect *canvas.Rectangle
	on   bool
}

func newFocusRing() *focusRing {
	f := &focusRing{rect: canvas.NewRectangle(color.Transparent)}
	f.rect.CornerRadius = theme.Radius
	f.ExtendBaseWidget(f)
	f.Hide()
	return f
}

func (f *focusRing) set(on bool) {
	f.on = on
	setVisible(f, on)
}

// CreateRenderer implements fyne.Widget.
func (f *focusRing) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{f.rect}}
	r.min = func() fyne.Size { return fyne.Size{} }
	r.layout = func(s fyne.Size) { f.rect.Resize(s) }
	r.refresh = func() {
		f.rect.StrokeWidth, f.rect.StrokeColor = 2, colorOf(f, fynetheme.ColorNameFocus)
		f.rect.Refresh()
	}
	r.refresh()
	return r
}

package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// frame is a row with its background, and takes the clicks.
type frame struct {
	widget.BaseWidget
	list    *List
	content Row
	item    int
	held    fyne.KeyModifier
	back    *Box
	ring    *focusRing
	look    frameLook
}

type frameLook struct{ selected, focused, hovered, lit bool }

var (
	_ desktop.Hoverable      = (*frame)(nil)
	_ fyne.SecondaryTappable = (*frame)(nil)
)

func newFrame(l *List, content Row) *frame {
	f := &frame{list: l, content: content, back: NewBox(theme.ColorClear, theme.Radius), ring: newFocusRing()}
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer implements fyne.Widget.
func (f *frame) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{f.back, f.content, f.ring}}
	r.min = func() fyne.Size { return fyne.NewSize(0, f.list.rowHeight) }
	r.layout = func(s fyne.Size) {
		inner := fyne.NewSize(s.Width-2*theme.Small, s.Height)
		for _, o := range []fyne.CanvasObject{f.back, f.ring} {
			o.Resize(inner)
			o.Move(fyne.NewPos(theme.Small, 0))
		}
		f.content.Resize(fyne.NewSize(s.Width-2*f.list.Inset, s.Height))
		f.content.Move(fyne.NewPos(f.list.Inset, 0))
	}
	r.refresh = func() { f.content.Refresh() }
	return r
}

func (f *frame) mark(selected, focused, lit bool) {
	f.paint(frameLook{selected, focused, f.look.hovered, lit})
}

func (f *frame) hover(on bool) {
	look := f.look
	look.hovered = on
	f.paint(look)
}

func (f *frame) paint(look frameLook) {
	if f.look == look {
		return
	}
	f.look = look
	switch {
	case look.lit, look.selected:
		f.back.SetFill(theme.ColorSelected)
	case look.hovered:
		f.back.SetFill(theme.ColorFill)
	default:
		f.back.SetFill(theme.ColorClear)
	}
	f.ring.set(look.focused)
}

// Tapped implements fyne.Tappable.
func (f *frame) Tapped(*fyne.PointEvent) { f.list.tap(f.item, pickFor(f.held), time.Now()) }

// TappedSecondary implements fyne.SecondaryTappable.
func (f *frame) TappedSecondary(e *fyne.PointEvent) { f.list.menu(f.item, e.AbsolutePosition) }

// MouseIn implements desktop.Hoverable.
func (f *frame) MouseIn(*desktop.MouseEvent) {
	f.list.over = f
	f.hover(true)
}

// MouseMoved implements desktop.Hoverable.
func (f *frame) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (f *frame) MouseOut() {
	if f.list.over == f {
		f.list.over = nil
	}
	f.hover(false)
}

// Parts returns what the row is made of, for the report of widgets.
func (f *frame) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{f.content} }

// RowSelected reports whether the row is the selected one.
func (f *frame) RowSelected() bool { return f.look.selected }

package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// DividerWidth is the width of the strip in which a divider can be taken hold of.
const DividerWidth = 2 * theme.Grid

// Divider is the edge between two parts of a screen, which can be pulled to the left and to the right.
type Divider struct {
	widget.BaseWidget
	// OnPull is called with how far it was pulled, OnReset when it is pressed twice.
	OnPull  func(dx float32)
	OnReset func()
	name    string
	mark    *canvas.Rectangle
	pulled  bool
}

var (
	_ fyne.Draggable      = (*Divider)(nil)
	_ fyne.DoubleTappable = (*Divider)(nil)
	_ desktop.Cursorable  = (*Divider)(nil)
	_ desktop.Hoverable   = (*Divider)(nil)
)

// NewDivider makes a divider. Its name is what a screen reader calls it.
func NewDivider(name string, pull func(dx float32), reset func()) *Divider {
	d := &Divider{name: name, OnPull: pull, OnReset: reset, mark: canvas.NewRectangle(color.Transparent)}
	d.ExtendBaseWidget(d)
	return d
}

// Dragged implements fyne.Draggable.
func (d *Divider) Dragged(e *fyne.DragEvent) {
	d.pulled = true
	d.OnPull(e.Dragged.DX)
	d.light(true)
}

// DragEnd implements fyne.Draggable.
func (d *Divider) DragEnd() {
	d.pulled = false
	d.light(false)
}

// DoubleTapped implements fyne.DoubleTappable.
func (d *Divider) DoubleTapped(*fyne.PointEvent) { d.OnReset() }

// MouseIn implements desktop.Hoverable.
func (d *Divider) MouseIn(*desktop.MouseEvent) { d.light(true) }

// MouseMoved implements desktop.Hoverable.
func (d *Divider) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (d *Divider) MouseOut() { d.light(d.pulled) }

// Cursor implements desktop.Cursorable.
func (d *Divider) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// AccessibilityLabel implements fyne.Accessible.
func (d *Divider) AccessibilityLabel() string { return d.name }

// AccessibilityRole implements fyne.Accessible.
func (d *Divider) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// light shows that it can be pulled.
func (d *Divider) light(on bool) {
	d.mark.FillColor = color.Transparent
	if on {
		d.mark.FillColor = colorOf(d, theme.ColorSecondary)
	}
	d.mark.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (d *Divider) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{d.mark}}
	r.min = func() fyne.Size { return fyne.NewSize(DividerWidth, 0) }
	r.layout = func(s fyne.Size) {
		d.mark.Resize(fyne.NewSize(1, s.Height))
		d.mark.Move(fyne.NewPos(s.Width/2, 0))
	}
	r.refresh = func() {}
	return r
}

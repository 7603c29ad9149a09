package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// EdgeWidth is how wide an edge can be grabbed.
const EdgeWidth = theme.Medium

// Edge is the line between two parts of the window that is dragged to make them wider or narrower.
type Edge struct {
	widget.BaseWidget
	// OnDrag is called with how far the edge was dragged since it was grabbed, and OnGrab before the first of these.
	OnGrab func()
	OnDrag func(by float32)
	// OnFit is called for a double click.
	OnFit func()
	// OnMenu is called for a click with the other button.
	OnMenu func(at fyne.Position)

	id      string
	name    string
	line    *Box
	grabbed bool
	by      float32
}

var (
	_ fyne.Draggable         = (*Edge)(nil)
	_ fyne.DoubleTappable    = (*Edge)(nil)
	_ fyne.SecondaryTappable = (*Edge)(nil)
	_ desktop.Cursorable     = (*Edge)(nil)
	_ desktop.Hoverable      = (*Edge)(nil)
)

// NewEdge makes an edge with an ID. Its name is what a screen reader calls it.
func NewEdge(id, name string) *Edge {
	e := &Edge{id: id, name: name, line: NewBox(theme.ColorClear, 0)}
	e.ExtendBaseWidget(e)
	return e
}

// ID implements Control.
func (e *Edge) ID() string { return e.id }

// Cursor implements desktop.Cursorable.
func (e *Edge) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// Dragged implements fyne.Draggable.
func (e *Edge) Dragged(d *fyne.DragEvent) {
	if !e.grabbed {
		e.grabbed, e.by = true, 0
		e.light(true)
		e.OnGrab()
	}
	e.by += d.Dragged.DX
	e.OnDrag(e.by)
}

// DragEnd implements fyne.Draggable.
func (e *Edge) DragEnd() {
	e.grabbed = false
	e.light(false)
}

// DoubleTapped implements fyne.DoubleTappable.
func (e *Edge) DoubleTapped(*fyne.PointEvent) { e.OnFit() }

// TappedSecondary implements fyne.SecondaryTappable.
func (e *Edge) TappedSecondary(p *fyne.PointEvent) {
	if e.OnMenu != nil {
		e.OnMenu(p.AbsolutePosition)
	}
}

// MouseIn implements desktop.Hoverable.
func (e *Edge) MouseIn(*desktop.MouseEvent) { e.light(true) }

// MouseMoved implements desktop.Hoverable.
func (e *Edge) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (e *Edge) MouseOut() { e.light(e.grabbed) }

// light shows the line.
func (e *Edge) light(on bool) {
	fill := theme.ColorClear
	if on {
		fill = theme.ColorTrack
	}
	e.line.SetFill(fill)
}

// CreateRenderer implements fyne.Widget.
func (e *Edge) CreateRenderer() fyne.WidgetRenderer {
	const thick, above = 2, theme.Grid
	r := &renderer{objects: []fyne.CanvasObject{e.line}}
	r.min = func() fyne.Size { return fyne.NewSize(EdgeWidth, 0) }
	r.layout = func(s fyne.Size) {
		e.line.Resize(fyne.NewSize(thick, s.Height-2*above))
		e.line.Move(fyne.NewPos((s.Width-thick)/2, above))
	}
	r.refresh = func() { e.line.Refresh() }
	return r
}

// AccessibilityLabel implements fyne.Accessible.
func (e *Edge) AccessibilityLabel() string { return e.name }

// AccessibilityRole implements fyne.Accessible.
func (e *Edge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

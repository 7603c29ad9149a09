package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/kit"
)

// The toolkit's bridge to screen readers, which is there on Windows and macOS, goes through containers alone: it meets
// nothing in what scrolls, in rows, or in what lies over the window. So it is shown an outline of the window instead, a
// container with a stand-in for everything in sight, which is made each time the bridge asks for it.

// outlined returns content, which the bridge does not enter, with its outline.
func outlined(u *Window, content fyne.CanvasObject) fyne.CanvasObject {
	o := &outline{u: u, all: container.NewWithoutLayout()}
	return container.NewStack(newClosed(content), o, o.all)
}

// closed is a widget around content, which therefore is nothing that the bridge enters.
type closed struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newClosed(content fyne.CanvasObject) *closed {
	c := &closed{content: content}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *closed) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }

// Parts implements kit.Parts.
func (c *closed) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{c.content} }

// outline draws nothing. The bridge asks it for its role just before it comes to the stand-ins.
type outline struct {
	canvas.Rectangle
	u   *Window
	all *fyne.Container
}

var _ fyne.Accessible = (*outline)(nil)

// AccessibilityLabel implements fyne.Accessible.
func (o *outline) AccessibilityLabel() string { return o.u.window.Title() }

// AccessibilityRole implements fyne.Accessible. It makes the stand-ins.
func (o *outline) AccessibilityRole() fyne.AccessibleRole {
	size := o.u.window.Canvas().Size()
	o.all.Objects = standIns(o.u.Top(), sight{area{width: size.Width, height: size.Height}, false}, false)
	return fyne.AccessibleRoleContainer
}

// standIn is what the bridge is told of one thing on screen. It draws nothing.
type standIn struct {
	canvas.Rectangle
	label string
	role  fyne.AccessibleRole
}

// AccessibilityLabel implements fyne.Accessible.
func (s *standIn) AccessibilityLabel() string { return s.label }

// AccessibilityRole implements fyne.Accessible.
func (s *standIn) AccessibilityRole() fyne.AccessibleRole { return s.role }

// standIns returns those for o and what is in it, as far as it is in sight. The texts of a row are told with the row.
func standIns(o fyne.CanvasObject, sight sight, inRow bool) (all []fyne.CanvasObject) {
	if o == nil || !o.Visible() {
		return nil
	}
	at := areaOf(o).within(sight.area)
	if s := newStandIn(o, at); s != nil && !(inRow && isText(o)) {
		all = append(all, s)
	}
	if scroll, ok := o.(*container.Scroll); ok {
		sight = sight.through(scroll)
	}
	if _, row := o.(interface{ RowSelected() bool }); row {
		inRow = true
	}
	for _, child := range kit.Inside(o) {
		all = append(all, standIns(child, sight, inRow)...)
	}
	return all
}

// newStandIn returns the stand-in for o at a place; nil where there is nothing to tell, or nothing in sight.
func newStandIn(o fyne.CanvasObject, at area) fyne.CanvasObject {
	one, ok := o.(fyne.Accessible)
	if _, box := o.(*fyne.Container); box || !ok || at.width <= 0 || at.height <= 0 || one.AccessibilityLabel() == "" {
		return nil
	}
	s := &standIn{label: one.AccessibilityLabel(), role: one.AccessibilityRole()}
	s.Move(fyne.NewPos(at.x, at.y))
	s.Resize(fyne.NewSize(at.width, at.height))
	return s
}

// isText reports whether o is only words, and no control.
func isText(o fyne.CanvasObject) bool {
	_, control := o.(kit.Named)
	return !control && o.(fyne.Accessible).AccessibilityRole() == fyne.AccessibleRoleText
}

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

// Check is a choice of yes and no.
type Check struct {
	widget.BaseWidget
	// OnSubmitted, where there is one, is called on Enter: the check is part of a form.
	OnSubmitted func()
	// OnFocus, where there is one, is called when the check gets the focus.
	OnFocus func()

	id      string
	changed func(on bool)
	on      bool
	hovered bool

	text *Paragraph
	box  *canvas.Rectangle
	tick *Icon
	ring *focusRing
}

var (
	_ fyne.Focusable    = (*Check)(nil)
	_ desktop.Hoverable = (*Check)(nil)
	_ fyne.Accessible   = (*Check)(nil)
)

func checkBox() float32 { return theme.ForText(18) }

// checkHeight returns the height of a check with one line.
func checkHeight() float32 { return theme.ForText(6 * theme.Grid) }

// CheckInset returns where the words of a Check begin.
func CheckInset() float32 { return checkBox() + theme.Small }

// NewCheck makes a choice as wide as m, in which its words are broken; changed is told what the user chooses.
func NewCheck(id, label string, m *Measure, changed func(on bool)) *Check {
	c := &Check{
		id: id, changed: changed, text: NewParagraph(label, Body, m, CheckInset()), box: canvas.NewRectangle(color.Transparent),
		tick: NewIcon("check", fynetheme.ColorNameForegroundOnPrimary, 16), ring: newFocusRing(),
	}
	c.box.CornerRadius = theme.Grid
	c.ExtendBaseWidget(c)
	return c
}

// ID implements Control.
func (c *Check) ID() string { return c.id }

// On is what is chosen.
func (c *Check) On() bool { return c.on }

// Put shows a choice without telling anyone.
func (c *Check) Put(on bool) {
	if c.on != on {
		c.on = on
		c.Refresh()
	}
}

func (c *Check) turn() {
	c.Put(!c.on)
	c.changed(c.on)
}

// Tapped implements fyne.Tappable.
func (c *Check) Tapped(*fyne.PointEvent) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c)
	}
	c.turn()
}

// FocusGained implements fyne.Focusable.
func (c *Check) FocusGained() {
	c.ring.set(true)
	if c.OnFocus != nil {
		c.OnFocus()
	}
}

// FocusLost implements fyne.Focusable.
func (c *Check) FocusLost() { c.ring.set(false) }

// TypedRune implements fyne.Focusable.
func (c *Check) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	enter := e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
	switch {
	case enter && c.OnSubmitted != nil:
		c.OnSubmitted()
	case e.Name == fyne.KeySpace, enter && !overlaid(c):
		c.turn()
	default:
		pass(c, e)
	}
}

// overlaid reports whether something, such as the sheet that holds o, lies over the window of o.
func overlaid(o fyne.CanvasObject) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	return c != nil && c.Overlays().Top() != nil
}

// MouseIn implements desktop.Hoverable.
func (c *Check) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (c *Check) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *Check) MouseOut() { c.hover(false) }

func (c *Check) hover(on bool) {
	c.hovered = on
	c.Refresh()
}

// Name implements Named.
func (c *Check) Name() string { return c.text.text }

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{c.box, c.tick, c.text, c.ring}}
	r.min = func() fyne.Size {
		more := c.text.MinSize().Height - c.text.lineHeight() // of the lines behind the first
		return fyne.NewSize(CheckInset()+c.text.MinSize().Width, checkHeight()+max(0, more))
	}
	r.layout = c.place
	r.refresh = func() {
		c.paint()
		c.box.Refresh()
	}
	c.paint()
	return r
}

func (c *Check) place(s fyne.Size) {
	c.box.Resize(fyne.NewSquareSize(checkBox()))
	c.box.Move(fyne.NewPos(0, (checkHeight()-checkBox())/2))
	c.tick.Resize(fyne.NewSquareSize(checkBox()))
	c.tick.Move(c.box.Position())
	c.text.Resize(c.text.MinSize())
	c.text.Move(fyne.NewPos(CheckInset(), (checkHeight()-c.text.lineHeight())/2))
	words := min(c.text.width(), measured(c, c.text.text, theme.SizeBody, false).Width)
	c.ring.Resize(fyne.NewSize(CheckInset()+words+2*theme.Grid, s.Height))
	c.ring.Move(fyne.NewPos(-theme.Grid, 0))
}

func (c *Check) paint() {
	fill, edge := fyne.ThemeColorName(theme.ColorClear), theme.ColorSecondary
	if c.hovered {
		fill, edge = theme.ColorFill, fynetheme.ColorNameForeground
	}
	if c.on {
		fill, edge = fynetheme.ColorNamePrimary, fynetheme.ColorNamePrimary
	}
	c.box.FillColor, c.box.StrokeColor, c.box.StrokeWidth = colorOf(c, fill), colorOf(c, edge), 1.5
	setVisible(c.tick, c.on)
}

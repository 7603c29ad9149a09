package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/present"
	"daypass/ui/theme"
)

// Choice is one of several values. It shows the one that is selected, and the others in a menu.
type Choice struct {
	widget.BaseWidget
	// OnFocus, where there is one, is called when the choice gets the focus.
	OnFocus func()

	kit      *Kit
	id, name string
	options  []present.Choice
	value    string
	changed  func(value string)

	// within is the room that there is for it, and least the width that it has at least; nil where others decide that.
	within *Measure
	least  float32

	back *Box
	text *Text
	// lines take the place of text where it is longer than a line; room is their width.
	lines *Paragraph
	room  *Measure
	arrow *Icon
	ring  *focusRing
}

var (
	_ fyne.Focusable    = (*Choice)(nil)
	_ desktop.Hoverable = (*Choice)(nil)
	_ fyne.Accessible   = (*Choice)(nil)
)

// NewChoice makes a choice with an ID. Its name is what a screen reader calls it; changed is told the value that the
// user selects.
func (k *Kit) NewChoice(id, name string, changed func(value string)) *Choice {
	c := &Choice{
		kit: k, id: id, name: name, changed: changed, back: NewBox(fynetheme.ColorNameInputBackground, theme.Radius),
		text: NewText("", Body), arrow: NewIcon("chevron-down", theme.ColorSecondary, 16), ring: newFocusRing(),
	}
	c.room = NewMeasure(theme.ForText(SheetWidth))
	c.lines = NewLabel("", Body, c.room, 0)
	c.ExtendBaseWidget(c)
	return c
}

// Within makes the choice as wide as its longest value, and as least, which grows with text, but no wider than m: there
// the value is broken into lines.
func (c *Choice) Within(m *Measure, least float32) *Choice {
	c.within, c.least = m, least
	return c
}

// ChoiceWidth returns the width in which all of each value can be read.
func ChoiceWidth(options []present.Choice) (widest float32) {
	for _, option := range options {
		widest = max(widest, NewText(option.Label, Body).NaturalWidth()+choiceRest)
	}
	return widest
}

// choiceRest is what of the width of a choice is not its value.
const choiceRest = theme.Small + 9*theme.Grid

// Put shows options, and which of them is selected, without telling anyone.
func (c *Choice) Put(options []present.Choice, value string) {
	c.options, c.value = options, value
	label := present.LabelOf(options, value)
	c.text.Set(label)
	c.lines.Set(label)
	if c.within != nil {
		c.Refresh()
	}
}

// fit breaks the value into lines, where there is no room for it in one and the choice may be higher.
func (c *Choice) fit(width float32) {
	c.room.most = width - choiceRest
	broken := c.within != nil && c.text.NaturalWidth() > c.room.Fit(c.room.most)
	setVisible(c.text, !broken)
	setVisible(c.lines, broken)
}

// minSize is the least size; the width is set where it is within a measure.
func (c *Choice) minSize() fyne.Size {
	if c.within == nil {
		return fyne.NewSize(menuLeast, InputHeight())
	}
	width := min(c.within.Width(), max(c.least, ChoiceWidth(c.options)))
	c.fit(width)
	height := InputHeight()
	if c.lines.Visible() {
		height += c.lines.MinSize().Height - c.lines.lineHeight()
	}
	return fyne.NewSize(width, height)
}

// ID implements Control.
func (c *Choice) ID() string { return c.id }

// Value is the selected value.
func (c *Choice) Value() string { return c.value }

// Label is what the selected value is called.
func (c *Choice) Label() string { return c.text.Text() }

// IsCut reports whether what it shows is shown in part.
func (c *Choice) IsCut() bool { return c.text.Visible() && c.text.IsCut() }

// Name implements Named.
func (c *Choice) Name() string { return c.name }

func (c *Choice) open() {
	var items []Item
	for _, option := range c.options {
		items = append(items, Item{
			ID: RowID(c.id, option.Value), Label: option.Label, Selected: option.Value == c.value, Do: func() { c.choose(option) },
		})
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
	c.kit.showMenu(at.AddXY(0, c.Size().Height+theme.Grid), c.Size().Width, items)
}

func (c *Choice) choose(option present.Choice) {
	if option.Value != c.value {
		c.Put(c.options, option.Value)
		c.changed(option.Value)
	}
}

// Tapped implements fyne.Tappable.
func (c *Choice) Tapped(*fyne.PointEvent) { c.open() }

// FocusGained implements fyne.Focusable.
func (c *Choice) FocusGained() {
	c.ring.set(true)
	if c.OnFocus != nil {
		c.OnFocus()
	}
}

// FocusLost implements fyne.Focusable.
func (c *Choice) FocusLost() { c.ring.set(false) }

// TypedRune implements fyne.Focusable.
func (c *Choice) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown, fyne.KeyUp:
		c.open()
	default:
		pass(c, e)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *Choice) MouseIn(*desktop.MouseEvent) { c.back.SetFill(theme.ColorFillHover) }

// MouseMoved implements desktop.Hoverable.
func (c *Choice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *Choice) MouseOut() { c.back.SetFill(fynetheme.ColorNameInputBackground) }

// CreateRenderer implements fyne.Widget.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{c.back, c.text, c.lines, c.arrow, c.ring}}
	r.min = c.minSize
	r.refresh = func() {
		c.text.Refresh()
		c.lines.Refresh()
	}
	r.layout = func(s fyne.Size) {
		c.back.Resize(s)
		c.ring.Resize(s)
		c.fit(s.Width)
		for _, text := range []fyne.CanvasObject{c.text, c.lines} {
			height := text.MinSize().Height
			text.Resize(fyne.NewSize(s.Width-choiceRest, height))
			text.Move(fyne.NewPos(theme.Small, float32(int((s.Height-height)/2+0.5))))
		}
		c.arrow.Resize(fyne.NewSquareSize(16))
		c.arrow.Move(fyne.NewPos(s.Width-16-theme.Small, (s.Height-16)/2))
	}
	return r
}

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
	kit      *Kit
	id, name string
	options  []present.Choice
	value    string
	changed  func(value string)

	back  *Box
	text  *Text
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
	c.ExtendBaseWidget(c)
	return c
}

// Put shows options, and which of them is selected, without telling anyone.
func (c *Choice) Put(options []present.Choice, value string) {
	c.options, c.value = options, value
	c.text.Set(present.LabelOf(options, value))
}

// ID implements Control.
func (c *Choice) ID() string { return c.id }

// Value is the selected value.
func (c *Choice) Value() string { return c.value }

// Label is what the selected value is called.
func (c *Choice) Label() string { return c.text.Text() }

// IsCut reports whether what it shows is shown in part.
func (c *Choice) IsCut() bool { return c.text.IsCut() }

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
func (c *Choice) FocusGained() { c.ring.set(true) }

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
	r := &renderer{objects: []fyne.CanvasObject{c.back, c.text, c.arrow, c.ring}}
	r.min = func() fyne.Size { return fyne.NewSize(menuLeast, InputHeight()) }
	r.refresh = func() { c.text.Refresh() }
	r.layout = func(s fyne.Size) {
		c.back.Resize(s)
		c.ring.Resize(s)
		height := c.text.MinSize().Height
		c.text.Resize(fyne.NewSize(s.Width-theme.Small-9*theme.Grid, height))
		c.text.Move(fyne.NewPos(theme.Small, float32(int((s.Height-height)/2+0.5))))
		c.arrow.Resize(fyne.NewSquareSize(16))
		c.arrow.Move(fyne.NewPos(s.Width-16-theme.Small, (s.Height-16)/2))
	}
	return r
}

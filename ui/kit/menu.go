package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// Item is a line of a menu. One without a label is a gap.
type Item struct {
	ID, Label string
	// Note stands at the right: a key, or why not.
	Note     string
	Icon     theme.IconName
	Disabled bool
	// Selected marks the line, and has the menu begin there.
	Selected bool
	// Apart keeps the line away from those above it.
	Apart bool
	Do    func()
}

// menuLeast is the least width of a menu.
const menuLeast = 44 * theme.Grid

// ShowMenuBelow shows a menu below o, their right edges in line.
func (k *Kit) ShowMenuBelow(o fyne.CanvasObject, items []Item) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	k.ShowMenu(at.AddXY(o.Size().Width-menuLeast, o.Size().Height+theme.Grid), items)
}

// ShowMenu shows a menu at a place in the window. Arrows and Enter work in it, Escape leaves it.
func (k *Kit) ShowMenu(at fyne.Position, items []Item) {
	k.showMenu(at, menuLeast, items)
}

// showMenu shows a menu of at least the given width.
func (k *Kit) showMenu(at fyne.Position, least float32, items []Item) {
	c, before := k.Canvas(), k.Canvas().Focused()
	var pop *widget.PopUp
	leave := func() {
		pop.Hide()
		k.giveBack(before)
	}
	var lines []*menuLine
	column := Column(0)
	for _, i := range items {
		if i.Label == "" {
			column.Add(Sized(NewText("", Caption), 0, theme.Small))
			continue
		}
		line := &menuLine{item: i, leave: leave, text: NewText(i.Label, Body.Whole()), back: NewBox(theme.ColorClear, theme.Radius)}
		line.ExtendBaseWidget(line)
		lines = append(lines, line)
		if i.Apart {
			column.Add(Sized(NewBox(theme.ColorClear, 0), 0, theme.Small))
		}
		column.Add(line)
	}
	for n, line := range lines {
		line.move = func(by int) { c.Focus(nextEnabled(lines, n, by)) }
	}
	pop = widget.NewPopUp(Inset(menuBody(column, lines, c.Size().Height), theme.Grid, theme.Grid, theme.Grid, theme.Grid), c)
	size := pop.MinSize()
	size.Width = max(size.Width, least)
	at.X = max(0, min(at.X, c.Size().Width-size.Width-theme.Small))
	at.Y = max(0, min(at.Y, c.Size().Height-size.Height-theme.Small))
	pop.ShowAtPosition(at)
	pop.Resize(size)
	first := max(0, slices.IndexFunc(lines, func(l *menuLine) bool { return l.item.Selected }))
	c.Focus(nextEnabled(lines, first-1, 1))
}

// menuBody is the column of a menu; where a window is too low for it, it scrolls to the line that has the focus.
func menuBody(column *fyne.Container, lines []*menuLine, window float32) fyne.CanvasObject {
	room, size := window-2*theme.Small-4*theme.Grid, column.MinSize()
	if size.Height <= room {
		return column
	}
	scroll := container.NewVScroll(column)
	for _, line := range lines {
		line.focused = func() {
			top := line.Position().Y
			if above, below := top-scroll.Offset.Y, top+line.Size().Height-scroll.Size().Height-scroll.Offset.Y; above < 0 || below > 0 {
				scroll.ScrollToOffset(scroll.Offset.AddXY(0, min(above, max(below, 0))))
			}
		}
	}
	return Sized(scroll, size.Width, room)
}

// nextEnabled is the next line that can be pressed, from n on in steps of by.
func nextEnabled(lines []*menuLine, n, by int) *menuLine {
	for range lines {
		n = (n + by + len(lines)) % len(lines)
		if !lines[n].item.Disabled {
			break
		}
	}
	return lines[max(0, n)]
}

// menuLine is one line of a menu.
type menuLine struct {
	hover
	item  Item
	leave func()
	move  func(by int)
	// focused, where there is one, is called when the line gets the focus.
	focused func()
	text    *Text
	back    *Box
}

// ID implements Control.
func (m *menuLine) ID() string { return m.item.ID }

// CreateRenderer implements fyne.Widget.
func (m *menuLine) CreateRenderer() fyne.WidgetRenderer {
	if m.item.Disabled {
		m.text.SetColor(fynetheme.ColorNameDisabled)
	}
	m.hover.changed = func(on bool) {
		fill := theme.ColorClear
		if on && !m.item.Disabled {
			fill = theme.ColorFill
		}
		m.back.SetFill(fill)
	}
	return widget.NewSimpleRenderer(container.NewStack(m.back, Inset(Sized(m.words(), 0, theme.ForText(7*theme.Grid)), 0, theme.Medium, 0, theme.Medium)))
}

// words are the label and the note.
func (m *menuLine) words() fyne.CanvasObject {
	if m.item.Selected {
		return Stretch(theme.Huge, 0, m.text, NewIcon("check", theme.ColorAccentText, 16))
	}
	if m.item.Note == "" {
		return Stretch(0, 0, m.text)
	}
	return Stretch(theme.Huge, 0, m.text, NewText(m.item.Note, Caption.Whole()))
}

// Tapped implements fyne.Tappable.
func (m *menuLine) Tapped(*fyne.PointEvent) { m.press() }

func (m *menuLine) press() {
	if !m.item.Disabled {
		m.leave()
		m.item.Do()
	}
}

// FocusGained implements fyne.Focusable.
func (m *menuLine) FocusGained() {
	m.set(true)
	if m.focused != nil {
		m.focused()
	}
}

// FocusLost implements fyne.Focusable.
func (m *menuLine) FocusLost() { m.set(false) }

// TypedRune implements fyne.Focusable.
func (m *menuLine) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (m *menuLine) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		m.move(1)
	case fyne.KeyUp:
		m.move(-1)
	case fyne.KeyEscape:
		m.leave()
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		m.press()
	}
}

// Disabled implements fyne.Disableable.
func (m *menuLine) Disabled() bool { return m.item.Disabled }

// Enable implements fyne.Disableable; the item alone decides.
func (m *menuLine) Enable() {}

// Disable implements fyne.Disableable; the item alone decides.
func (m *menuLine) Disable() {}

// Name implements Named.
func (m *menuLine) Name() string { return m.item.Label }

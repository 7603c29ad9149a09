package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daypass/app/messages"
	"daypass/ui/theme"
)

// Heading is the head of a column, which orders by it.
type Heading struct {
	widget.BaseWidget
	// OnMenu is called for a click with the other button, and for the key that opens menus.
	OnMenu func(at fyne.Position)

	id      string
	kit     *Kit
	text    *Text
	arrow   *Icon
	ring    *focusRing
	right   bool
	tap     func()
	ordered bool
	// descending is the order where the list is ordered by this column.
	descending bool
}

// arrowSize is the size of the arrow of the order, beside text of the ordinary size, and arrowWidth what it takes.
const arrowSize = 16

func arrowWidth() float32 { return theme.ForText(arrowSize) }

// Heading makes the head of a column, with an ID; right aligns it so.
func (k *Kit) Heading(id, label string, right bool, tap func()) *Heading {
	h := &Heading{id: id, kit: k, text: NewText(label, Caption.Whole()), arrow: NewIcon("", theme.ColorClear, arrowSize), ring: newFocusRing(), right: right, tap: tap}
	h.ExtendBaseWidget(h)
	return h
}

// ID implements Control.
func (h *Heading) ID() string { return h.id }

// SetLabel changes the label; an empty one takes no part in ordering.
func (h *Heading) SetLabel(label string) {
	if h.text.Text() != label {
		h.text.Set(label)
		h.Refresh()
	}
}

// Ordered reports whether the list is ordered by this column.
func (h *Heading) Ordered() bool { return h.ordered }

// SetOrder shows whether the list is ordered by this column, and which way.
func (h *Heading) SetOrder(ordered, descending bool) {
	icon := theme.IconName("sort-up")
	if descending {
		icon = "sort-down"
	}
	if !ordered || h.text.Text() == "" {
		icon = ""
	}
	h.ordered, h.descending = ordered, descending
	h.arrow.Set(icon, theme.ColorSecondary)
}

// Tapped implements fyne.Tappable.
func (h *Heading) Tapped(*fyne.PointEvent) {
	h.kit.regain(h)
	h.press()
}

func (h *Heading) press() {
	if h.text.Text() != "" {
		h.tap()
	}
}

// NaturalWidth returns the width that shows all of the label, with the arrow beside it.
func (h *Heading) NaturalWidth() float32 { return h.text.MinSize().Width + arrowWidth() }

// IsCut reports whether the column has no room for the label.
func (h *Heading) IsCut() bool { return h.text.MinSize().Width > h.Size().Width+1 }

// TappedSecondary implements fyne.SecondaryTappable.
func (h *Heading) TappedSecondary(e *fyne.PointEvent) {
	if h.OnMenu != nil {
		h.OnMenu(e.AbsolutePosition)
	}
}

// openMenu opens the menu below the heading.
func (h *Heading) openMenu() {
	if h.OnMenu != nil {
		h.OnMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(h).AddXY(0, h.Size().Height))
	}
}

// Disabled implements fyne.Disableable, so that a heading without a name is passed over.
func (h *Heading) Disabled() bool { return h.text.Text() == "" }

// Enable implements fyne.Disableable; the label alone decides.
func (h *Heading) Enable() {}

// Disable implements fyne.Disableable; the label alone decides.
func (h *Heading) Disable() {}

// FocusGained implements fyne.Focusable.
func (h *Heading) FocusGained() { h.ring.set(true) }

// FocusLost implements fyne.Focusable.
func (h *Heading) FocusLost() { h.ring.set(false) }

// TypedRune implements fyne.Focusable.
func (h *Heading) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (h *Heading) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		h.press()
	case desktop.KeyMenu:
		h.openMenu()
	case fyne.KeyF10:
		if shiftHeld(false) {
			h.openMenu()
		}
	default:
		pass(h, e)
	}
}

// MouseIn implements desktop.Hoverable.
func (h *Heading) MouseIn(*desktop.MouseEvent) { h.text.SetColor(fynetheme.ColorNameForeground) }

// MouseMoved implements desktop.Hoverable.
func (h *Heading) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (h *Heading) MouseOut() { h.text.SetColor(theme.ColorSecondary) }

// Name implements Named: what pressing it does.
func (h *Heading) Name() string {
	if h.text.Text() == "" {
		return ""
	}
	return messages.Text("window.sort-by", messages.Args{"Column": h.text.Text()})
}

// CreateRenderer implements fyne.Widget.
func (h *Heading) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{h.text, h.arrow, h.ring}}
	r.min = func() fyne.Size { return fyne.NewSize(0, theme.ForText(6*theme.Grid)) }
	r.layout = h.place
	r.refresh = func() { h.place(h.Size()) }
	return r
}

func (h *Heading) place(s fyne.Size) {
	text := h.text.MinSize()
	x := float32(0)
	arrow := x + text.Width
	if h.right {
		x = s.Width - text.Width
		arrow = x - arrowWidth()
	}
	h.text.Resize(text)
	h.text.Move(fyne.NewPos(x, (s.Height-text.Height)/2))
	h.arrow.Resize(fyne.NewSquareSize(arrowWidth()))
	h.arrow.Move(fyne.NewPos(arrow, (s.Height-arrowWidth())/2))
	h.ring.Resize(s.AddWidthHeight(2*theme.Grid, 0))
	h.ring.Move(fyne.NewPos(-theme.Grid, 0))
}

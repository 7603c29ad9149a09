package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// Kind is how much a button stands out.
type Kind int

// The kinds of button.
const (
	// Plain is a filled button.
	Plain Kind = iota
	// Primary is the one that stands out on a screen.
	Primary
	// Quiet has no fill until the pointer is over it.
	Quiet
	// Link is text in the accent.
	Link
	// Danger destroys something.
	Danger
	// Raised is Plain on a tinted ground.
	Raised
)

// InputHeight returns the height of a field or choice in a form.
func InputHeight() float32 { return theme.ForText(9 * theme.Grid) }

// ButtonHeight returns the height of every button and input.
func ButtonHeight() float32 { return theme.ForText(8 * theme.Grid) }

func buttonIcon() float32 { return theme.ForText(buttonIconSize) }

// buttonIconSize is the size of the icon beside text of the ordinary size.
const buttonIconSize = 18

// Button is a push button with a label, an icon or both.
type Button struct {
	widget.BaseWidget
	id          string
	label, hint string
	icon        theme.IconName
	kind        Kind
	tap         func()
	state       buttonState
	leading     bool
	kit         *Kit

	back, ring *canvas.Rectangle
	text       *canvas.Text
	picture    *iconPicture
}

// buttonState is what changes the look of a button. A narrow one leaves its label to the hint, a wide
// one its icon.
type buttonState struct {
	narrow, wide, disabled, hovered, focused, selected, on bool
	expansion                                              expansion
}

var (
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Disableable  = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
	_ fyne.Accessible   = (*Button)(nil)
)

// Button makes a button with an ID and a label. The icon may be empty.
func (k *Kit) Button(id, label string, icon theme.IconName, kind Kind, tap func()) *Button {
	b := &Button{
		id: id, label: label, icon: icon, kind: kind, tap: tap, kit: k,
		back: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent),
		text: &canvas.Text{}, picture: newIconPicture(buttonIconSize),
	}
	b.back.CornerRadius, b.ring.CornerRadius = theme.Radius, theme.Radius
	b.ExtendBaseWidget(b)
	return b
}

// IconButton makes a button of an icon alone; the hint is its name.
func (k *Kit) IconButton(id string, icon theme.IconName, hint string, tap func()) *Button {
	b := k.Button(id, "", icon, Quiet, tap)
	b.hint = hint
	return b
}

// ID implements Control.
func (b *Button) ID() string { return b.id }

// SetID changes the ID of a button that comes to do something else.
func (b *Button) SetID(id string) { b.id = id }

// Label returns the label.
func (b *Button) Label() string { return b.label }

// SetLabel changes the label.
func (b *Button) SetLabel(label string) {
	if b.label != label {
		b.label = label
		b.Refresh()
	}
}

// SetIcon changes the icon.
func (b *Button) SetIcon(icon theme.IconName) {
	if b.icon != icon {
		b.icon = icon
		b.Refresh()
	}
}

// SetKind changes how much it stands out.
func (b *Button) SetKind(kind Kind) {
	if b.kind != kind {
		b.kind = kind
		b.Refresh()
	}
}

// SetHint changes the hint.
func (b *Button) SetHint(hint string) { b.hint = hint }

// SetNarrow shows the icon alone, or the label alone.
func (b *Button) SetNarrow(narrow bool) {
	if b.state.narrow != narrow || b.state.wide == narrow {
		b.state.narrow, b.state.wide = narrow, !narrow
		b.Refresh()
	}
}

// Leading puts the content at the left edge.
func (b *Button) Leading() *Button {
	b.leading = true
	return b
}

// SetOn tells screen readers that what the button turns on is on, for one that shows it by its kind or its icon.
func (b *Button) SetOn(on bool) { b.state.on = on }

// IsSelected reports whether it is the button of what is on screen, or of what is on.
func (b *Button) IsSelected() bool { return b.state.selected || b.state.on }

// SetSelected marks the button of what is on screen.
func (b *Button) SetSelected(selected bool) {
	if b.state.selected != selected {
		b.state.selected = selected
		b.Refresh()
	}
}

// SetExpanded tells whether what the button shows and hides is shown.
func (b *Button) SetExpanded(shown bool) {
	b.state.expansion = collapsed
	if shown {
		b.state.expansion = expanded
	}
}

// SetEnabled enables or disables.
func (b *Button) SetEnabled(enabled bool) {
	if b.state.disabled == enabled {
		b.state.disabled = !enabled
		b.Refresh()
	}
}

// Enable implements fyne.Disableable.
func (b *Button) Enable() { b.SetEnabled(true) }

// Disable implements fyne.Disableable.
func (b *Button) Disable() { b.SetEnabled(false) }

// Disabled implements fyne.Disableable.
func (b *Button) Disabled() bool { return b.state.disabled }

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	b.kit.regain(b)
	b.press()
}

func (b *Button) press() {
	b.kit.Hush()
	if !b.state.disabled && b.tap != nil {
		b.tap()
	}
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.state.focused = true; b.Refresh() }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.state.focused = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.press()
	default:
		pass(b, e)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.state.hovered = true
	b.Refresh()
	if hint := b.shownHint(); hint != "" {
		b.kit.hints.show(b, hint)
	}
}

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() {
	b.state.hovered = false
	b.Refresh()
	b.kit.Hush()
}

// Cursor implements desktop.Cursorable.
func (b *Button) Cursor() desktop.Cursor {
	if b.kind == Link && !b.state.disabled {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

func (b *Button) shownHint() string {
	if b.hint == "" && b.state.narrow {
		return b.label
	}
	return b.hint
}

// Name implements Named: the label, or the hint of an icon.
func (b *Button) Name() string {
	if b.label != "" {
		return b.label
	}
	return b.hint
}

func (b *Button) shownLabel() string {
	if b.state.narrow {
		return ""
	}
	return b.label
}

// WideWidth is the width with the label.
func (b *Button) WideWidth() float32 { return b.widthOf(b.label) }

// IsCut reports whether there is no room for the label.
func (b *Button) IsCut() bool {
	if b.leading {
		return b.Size().Width+1 < b.LeadingWidth()
	}
	return b.Size().Width+1 < b.widthOf(b.shownLabel())
}

// LeadingWidth returns the width that shows all of the label at the left edge.
func (b *Button) LeadingWidth() float32 {
	return b.widthOf(b.shownLabel()) + 2*(theme.Small-b.kind.inset())
}

func (b *Button) widthOf(label string) float32 {
	if label == "" {
		return ButtonHeight()
	}
	width := measured(b, label, theme.SizeBody, b.kind.bold()).Width + 2*b.kind.inset()
	if showsIcon(b) {
		width += buttonIcon() + theme.Grid
	}
	return width
}

// showsIcon reports whether the button has an icon and room for it.
func showsIcon(b *Button) bool { return b.icon != "" && !b.state.wide }

// inset is the space between the edge of a button and its label.
func (k Kind) inset() float32 {
	if k == Link {
		return theme.Grid
	}
	return theme.Medium
}

func (k Kind) bold() bool { return k == Primary }

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{b.back, b.picture.raster, b.text, b.ring}}
	r.min = func() fyne.Size { return fyne.NewSize(b.widthOf(b.shownLabel()), ButtonHeight()) }
	r.layout = b.place
	r.refresh = func() {
		b.paint()
		b.place(b.Size())
		canvas.Refresh(b)
	}
	b.paint()
	return r
}

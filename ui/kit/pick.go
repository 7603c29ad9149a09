package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Pick says how an item of a list of which several can be chosen joins the choice.
type Pick int

// The ways.
const (
	// PickOne chooses the item alone.
	PickOne Pick = iota
	// PickToggle chooses the item as well, or no longer.
	PickToggle
	// PickRange chooses what lies between the item chosen last and this one.
	PickRange
	// PickMore is PickRange besides what is chosen already.
	PickMore
)

// pickFor is what a click means by the keys held with it.
func pickFor(m fyne.KeyModifier) Pick {
	toggle, further := m&fyne.KeyModifierShortcutDefault != 0, m&fyne.KeyModifierShift != 0
	switch {
	case toggle && further:
		return PickMore
	case toggle:
		return PickToggle
	case further:
		return PickRange
	}
	return PickOne
}

// KeyDown implements desktop.Keyable: it notes that Shift is held.
func (l *List) KeyDown(e *fyne.KeyEvent) { l.noteShift(e, true) }

// KeyUp implements desktop.Keyable.
func (l *List) KeyUp(e *fyne.KeyEvent) { l.noteShift(e, false) }

func (l *List) noteShift(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		l.shift = down
	}
}

// keyPick is what an arrow key means now.
func (l *List) keyPick() Pick {
	if l.shiftHeld() {
		return PickRange
	}
	return PickOne
}

func (l *List) shiftHeld() bool { return shiftHeld(l.shift) }

// shiftHeld reports whether Shift is held; otherwise is for a driver that does not tell.
func shiftHeld(otherwise bool) bool {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	}
	return otherwise
}

// marked reports whether item i is shown as chosen.
func (l *List) marked(i int) bool {
	if l.Marked != nil {
		return l.Marked(i)
	}
	return i == l.selected
}

// pick makes item i the current one and tells how it joins the choice.
func (l *List) pick(i int, how Pick) {
	n := l.Count()
	if n == 0 {
		return
	}
	i = max(0, min(i, n-1))
	l.reveal(i)
	changed := i != l.selected
	l.selected = i
	if l.OnPick != nil {
		l.OnPick(i, how)
	}
	l.update()
	if changed && l.OnSelect != nil {
		l.OnSelect(i)
	}
}

// MouseDown implements desktop.Mouseable: it notes the keys that are held with a click.
func (f *frame) MouseDown(e *desktop.MouseEvent) { f.held = e.Modifier }

// MouseUp implements desktop.Mouseable.
func (f *frame) MouseUp(*desktop.MouseEvent) {}

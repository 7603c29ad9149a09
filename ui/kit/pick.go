package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui/selection"
)

// pickFor is what a click means by the keys held with it.
func pickFor(m fyne.KeyModifier) selection.How {
	toggle, further := m&fyne.KeyModifierShortcutDefault != 0, m&fyne.KeyModifierShift != 0
	switch {
	case toggle && further:
		return selection.Extend
	case toggle:
		return selection.Toggle
	case further:
		return selection.Range
	}
	return selection.Only
}

// KeyDown implements desktop.Keyable: it notes that Shift is held.
func (l *List) KeyDown(e *fyne.KeyEvent) { l.noteShift(e, true) }

// KeyUp implements desktop.Keyable.
func (l *List) KeyUp(e *fyne.KeyEvent) { l.noteShift(e, false) }

func (l *listKeys) noteShift(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		l.shift = down
	}
}

// keyPick is what an arrow key means now.
func (l *listKeys) keyPick() selection.How {
	if l.shiftHeld() {
		return selection.Range
	}
	return selection.Only
}

func (l *listKeys) shiftHeld() bool { return shiftHeld(l.shift) }

// shiftHeld reports whether Shift is held; otherwise is for a driver that does not say.
func shiftHeld(otherwise bool) bool {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	}
	return otherwise
}

// marked reports whether item i is shown as selected.
func (l *List) marked(i int) bool {
	if l.Marked != nil {
		return l.Marked(i)
	}
	return i == l.selected
}

// pick makes item i the current one and tells how it joins what is selected.
func (l *List) pick(i int, how selection.How) {
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
	l.Update()
	if changed && l.OnSelect != nil {
		l.OnSelect(i)
	}
}

// MouseDown implements desktop.Mouseable: it notes the keys that are held with a click.
func (f *frame) MouseDown(e *desktop.MouseEvent) { f.held = e.Modifier }

// MouseUp implements desktop.Mouseable.
func (f *frame) MouseUp(*desktop.MouseEvent) {}

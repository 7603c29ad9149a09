package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is a line of input that tells when it is left or given up.
type Entry struct {
	widget.Entry
	// OnEscape is called on Escape, OnLeave when the focus goes elsewhere.
	OnEscape, OnLeave func()
	name              string
}

// NewEntry makes an entry. Its name is what the report and a screen reader call it.
func NewEntry(name, placeholder string) *Entry {
	e := &Entry{name: name}
	e.ExtendBaseWidget(e)
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollHorizontalOnly
	e.SetPlaceHolder(placeholder)
	return e
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && e.OnEscape != nil {
		e.OnEscape()
		return
	}
	e.Entry.TypedKey(k)
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// TypedShortcut implements fyne.Shortcutable. Keys that are no editing are the window's.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if custom, ok := s.(*desktop.CustomShortcut); ok && len(custom.KeyName) == 1 {
		if window, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(interface{ TypedShortcut(fyne.Shortcut) }); ok {
			window.TypedShortcut(s)
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// Put writes a text without telling OnChanged.
func (e *Entry) Put(text string) {
	if e.Text == text {
		return
	}
	changed := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = changed
}

// Name is what the field is called.
func (e *Entry) Name() string { return e.name }

// Mark selects the first n letters and puts the cursor behind them.
func (e *Entry) Mark(n int) {
	e.CursorRow, e.CursorColumn = 0, 0
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	for range n {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	e.Refresh()
}

package kit

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is a line of input that tells when it is left or given up.
type Entry struct {
	widget.Entry
	// OnEscape is called on Escape, OnFocus when the entry gets the focus, and OnLeave when that goes elsewhere.
	OnEscape, OnFocus, OnLeave func()
	// OnDown is called when the cursor is moved down from the field. Completion returns what Tab completes the text
	// to; where there is none, or it returns nothing, Tab moves on.
	OnDown     func()
	Completion func() string
	id, name   string
	filled     bool // by the program, since it had the focus last
}

// NewEntry makes an entry with an ID. Its name is what a screen reader calls it.
func NewEntry(id, name, placeholder string) *Entry {
	e := &Entry{id: id, name: name}
	e.ExtendBaseWidget(e)
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollHorizontalOnly
	e.SetPlaceHolder(placeholder)
	return e
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape && e.OnEscape != nil:
		e.OnEscape()
	case k.Name == fyne.KeyDown && e.OnDown != nil:
		e.OnDown()
	case k.Name == fyne.KeyTab && !e.MultiLine:
		e.complete()
	case k.Name == fyne.KeyEscape, windowKeys[k.Name]:
		pass(e, k)
	default:
		e.Entry.TypedKey(k)
	}
}

// windowKeys are the keys that mean the same wherever the focus is.
var windowKeys = map[fyne.KeyName]bool{fyne.KeyF1: true, fyne.KeyF5: true}

// AcceptsTab implements fyne.Tabbable: Tab moves on from a field of several lines too, and stays where it completes.
func (e *Entry) AcceptsTab() bool { return e.Completion != nil && e.Completion() != "" }

func (e *Entry) complete() {
	if !e.AcceptsTab() {
		return
	}
	e.SetText(e.Completion())
	e.toEnd()
}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	if e.filled {
		e.toEnd()
	}
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus()
	}
}

// toEnd puts the caret behind what was filled in.
func (e *Entry) toEnd() {
	e.filled = false
	e.CursorRow = strings.Count(e.Text, "\n")
	e.CursorColumn = utf8.RuneCountInString(e.Text[strings.LastIndexByte(e.Text, '\n')+1:])
	e.Refresh()
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
	custom, ok := s.(*desktop.CustomShortcut)
	if ok && e.MultiLine && e.OnSubmitted != nil && (custom.KeyName == fyne.KeyReturn || custom.KeyName == fyne.KeyEnter) {
		e.OnSubmitted(e.Text)
		return
	}
	if ok && len(custom.KeyName) == 1 {
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
	e.filled = true
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil && c.Focused() == e {
		e.toEnd()
	}
}

// ID implements Control.
func (e *Entry) ID() string { return e.id }

// Name implements Named.
func (e *Entry) Name() string { return e.name }

// Mark selects the first n letters and puts the caret behind them, or behind all for none.
func (e *Entry) Mark(n int) {
	if n == 0 {
		e.toEnd()
		return
	}
	e.CursorRow, e.CursorColumn = 0, 0
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	for range n {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	e.Refresh()
}

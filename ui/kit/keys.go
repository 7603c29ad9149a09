package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// pass hands a key that a widget has no use for to whatever takes the keys of the window: see Kit.Typed.
func pass(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// Typed passes a key that nothing with the focus takes to the sheet that is open, and reports whether there
// is one. The window's handler of keys calls it first.
func (k *Kit) Typed(e *fyne.KeyEvent) bool {
	if len(k.sheets) == 0 {
		return false
	}
	k.sheets[len(k.sheets)-1].typed(e)
	return true
}

// regain moves the focus, which a click on o took away, back to what Home finds, or else to o.
func (k *Kit) regain(o fyne.Focusable) {
	widget, _ := o.(fyne.CanvasObject)
	c := fyne.CurrentApp().Driver().CanvasForObject(widget)
	if c == nil || c.Focused() != nil {
		return
	}
	k.goHome()
	if c.Focused() == nil {
		c.Focus(o)
	}
}

// goHome moves the focus to what has it when nothing else wants it, unless something lies over the window.
func (k *Kit) goHome() {
	if k.Home != nil && k.Canvas().Overlays().Top() == nil {
		k.Home()
	}
}

// giveBack returns the focus to what had it before something was laid over the window.
func (k *Kit) giveBack(before fyne.Focusable) {
	c := k.Canvas()
	if before != nil {
		c.Focus(before)
	}
	if c.Focused() == nil {
		k.goHome()
	}
}

// Parts is a widget that says what it is made of.
type Parts interface{ Parts() []fyne.CanvasObject }

// Inside returns what an object is made of, as far as it says so.
func Inside(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *widget.PopUp:
		return []fyne.CanvasObject{o.Content}
	case Parts:
		return o.Parts()
	}
	return nil
}

// Contains reports whether o is root or in it, and nothing on the way to it is hidden.
func Contains(root fyne.CanvasObject, o any) bool {
	if root == nil || !root.Visible() {
		return false
	}
	if root == o {
		return true
	}
	for _, child := range Inside(root) {
		if Contains(child, o) {
			return true
		}
	}
	return false
}

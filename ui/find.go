package ui

import (
	"reflect"

	"fyne.io/fyne/v2"

	"daypass/ui/kit"
)

// Find returns the control on screen with an ID; nil where there is none, and where there are several.
func (u *Window) Find(id string) fyne.CanvasObject {
	if found := findAll(u.Top(), id); len(found) == 1 {
		return found[0]
	}
	return nil
}

func findAll(o fyne.CanvasObject, id string) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	var found []fyne.CanvasObject
	if control, ok := o.(kit.Control); ok && control.ID() == id {
		found = append(found, o)
	}
	for _, child := range kit.Inside(o) {
		found = append(found, findAll(child, id)...)
	}
	return found
}

// FindText returns what says text on screen: a label or a button, or an entry that is called so. Of several, one that
// takes the keyboard comes first. Nil where there is none.
func (u *Window) FindText(text string) fyne.CanvasObject {
	usable := func(o fyne.CanvasObject) bool { _, ok := o.(fyne.Focusable); return ok }
	if found := find(u.Top(), text, usable); found != nil {
		return found
	}
	return find(u.Top(), text, anything)
}

func anything(fyne.CanvasObject) bool { return true }

// Top is what the user can reach: the uppermost overlay, or the content.
func (u *Window) Top() fyne.CanvasObject {
	c := u.window.Canvas()
	if o := c.Overlays().Top(); o != nil {
		return overlaid(o)
	}
	return u.content
}

// overlaid is the content of an overlay. The toolkit puts it into a container whose type it keeps to
// itself, but for the field.
func overlaid(o fyne.CanvasObject) fyne.CanvasObject {
	if v := reflect.Indirect(reflect.ValueOf(o)); v.Kind() == reflect.Struct {
		if field := v.FieldByName("Content"); field.IsValid() {
			if content, ok := field.Interface().(fyne.CanvasObject); ok {
				return content
			}
		}
	}
	return o
}

func find(o fyne.CanvasObject, name string, fits func(fyne.CanvasObject) bool) fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	if one, ok := describe(o); ok && fits(o) && (one.Name == name || one.Name == "" && one.Text == name) {
		return o
	}
	for _, child := range kit.Inside(o) {
		if found := find(child, name, fits); found != nil {
			return found
		}
	}
	return nil
}

// FindRow returns the row of a list in sight that shows name. Nil where there is none.
func (u *Window) FindRow(name string) fyne.CanvasObject { return findRow(u.Top(), name) }

func findRow(o fyne.CanvasObject, name string) fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	if _, ok := o.(interface{ RowSelected() bool }); ok && find(o, name, anything) != nil {
		return o
	}
	for _, child := range kit.Inside(o) {
		if found := findRow(child, name); found != nil {
			return found
		}
	}
	return nil
}

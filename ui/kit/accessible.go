package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
)

// The toolkit's accessible interface has room for a name and a role, of which there are button, link, text and
// container. What else a control is, and its state, stand behind the name.

// Named is a control with a name of its own, beside what it tells of its state.
type Named interface{ Name() string }

var (
	_ Named = (*Button)(nil)
	_ Named = (*Check)(nil)
	_ Named = (*Choice)(nil)
	_ Named = (*Entry)(nil)
	_ Named = (*Heading)(nil)
	_ Named = (*List)(nil)
	_ Named = (*menuLine)(nil)
)

// stated returns a name with what is to be said of its state. Empty states are left out; what has no name is not told of.
func stated(name string, states ...string) string {
	if name == "" {
		return ""
	}
	for _, state := range states {
		if state != "" {
			name = messages.Text("window.state.joined", messages.Args{"Name": name, "State": state})
		}
	}
	return name
}

// state returns the words of a state that is there; none otherwise.
func state(is bool, id string) string {
	if !is {
		return ""
	}
	return messages.Text(id)
}

// selectedState and disabledState are the words of states that several kinds of control have.
func selectedState(is bool) string { return state(is, "window.state.selected") }
func disabledState(is bool) string { return state(is, "window.state.disabled") }

// AccessibilityLabel implements fyne.Accessible: the name, and the state.
func (b *Button) AccessibilityLabel() string {
	return stated(b.Name(), selectedState(b.IsSelected()), b.state.expansion.state(), disabledState(b.state.disabled))
}

// AccessibilityRole implements fyne.Accessible.
func (b *Button) AccessibilityRole() fyne.AccessibleRole {
	if b.kind == Link {
		return fyne.AccessibleRoleLink
	}
	return fyne.AccessibleRoleButton
}

// expansion is whether something that a button shows and hides is shown.
type expansion int

const (
	notExpandable expansion = iota
	collapsed
	expanded
)

func (e expansion) state() string {
	switch e {
	case collapsed:
		return messages.Text("window.state.collapsed")
	case expanded:
		return messages.Text("window.state.expanded")
	}
	return ""
}

// AccessibilityLabel implements fyne.Accessible: the name, what it is, and the state.
func (c *Check) AccessibilityLabel() string {
	id := "window.state.unchecked"
	if c.on {
		id = "window.state.checked"
	}
	return stated(c.Name(), messages.Text(id))
}

// AccessibilityRole implements fyne.Accessible.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible: the name, what it is, and the selected value.
func (c *Choice) AccessibilityLabel() string {
	return stated(c.Name(), messages.Text("window.state.choice", messages.Args{"Value": c.Label()}))
}

// AccessibilityRole implements fyne.Accessible.
func (c *Choice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible: the name, what it is, and what is typed, unless that is hidden.
func (e *Entry) AccessibilityLabel() string {
	return stated(e.Name(), e.accessibleContent(), disabledState(e.Disabled()))
}

func (e *Entry) accessibleContent() string {
	switch {
	case e.Text == "":
		return messages.Text("window.state.field-empty")
	case e.Password:
		return messages.Text("window.state.field-hidden")
	}
	return messages.Text("window.state.field", messages.Args{"Value": e.Text})
}

// AccessibilityRole implements fyne.Accessible.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel implements fyne.Accessible: the name, and the order of the list.
func (h *Heading) AccessibilityLabel() string {
	return stated(h.Name(), state(h.ordered && !h.descending, "window.state.ascending"), state(h.ordered && h.descending, "window.state.descending"))
}

// AccessibilityRole implements fyne.Accessible.
func (h *Heading) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible: the name, and the state.
func (m *menuLine) AccessibilityLabel() string {
	return stated(m.Name(), m.item.Note, selectedState(m.item.Selected), disabledState(m.item.Disabled))
}

// AccessibilityRole implements fyne.Accessible.
func (m *menuLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel implements fyne.Accessible: the name, and how many items there are.
func (l *List) AccessibilityLabel() string {
	return stated(l.Name(), messages.Plural("window.state.list", l.Count()))
}

// AccessibilityRole implements fyne.Accessible.
func (l *List) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// AccessibilityLabel implements fyne.Accessible: all that stands in the row, and whether it is selected.
func (f *frame) AccessibilityLabel() string {
	return stated(strings.Join(wordsIn(f.content), ", "), selectedState(f.look.selected))
}

// AccessibilityRole implements fyne.Accessible.
func (f *frame) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// wordsIn returns the texts in o that are shown, without those of controls.
func wordsIn(o fyne.CanvasObject) (words []string) {
	if !o.Visible() {
		return nil
	}
	if one, ok := o.(fyne.Accessible); ok && one.AccessibilityRole() == fyne.AccessibleRoleText {
		if label := one.AccessibilityLabel(); label != "" {
			words = append(words, label)
		}
	}
	for _, child := range Inside(o) {
		words = append(words, wordsIn(child)...)
	}
	return words
}

// AccessibilityLabel implements fyne.Accessible: the share.
func (b *Bar) AccessibilityLabel() string {
	return messages.Text("window.state.progress", messages.Args{"Percent": messages.Current().Format().Percent(float64(b.share))})
}

// AccessibilityRole implements fyne.Accessible.
func (b *Bar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

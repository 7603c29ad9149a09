package connectionsview

import (
	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// field is one value of the form with its label and its help.
type field struct {
	def    connections.Field
	object *fyne.Container
	help   *kit.Paragraph
	fault  *kit.Paragraph

	// entry is where a value is typed, choice where one is selected; a field may have both. check is a switch.
	entry    *kit.Entry
	entryRow fyne.CanvasObject
	choice   *kit.Choice
	check    *kit.Check
}

// formEvents are what a field reports to its form.
type formEvents struct {
	changed, left, submitted func()
	// focused is told of the field that gets the focus.
	focused func(fyne.CanvasObject)
	// chooseFile has a file chosen.
	chooseFile func(chosen func(path string))
}

func newField(k *kit.Kit, d connections.Field, m *kit.Measure, on formEvents) *field {
	f := &field{def: d, help: kit.NewParagraph(d.Help, kit.Caption, m, 0)}
	style := kit.Caption
	style.Color = theme.ColorError
	f.fault = kit.NewParagraph("", style, m, 0)
	f.fault.Hide()
	if d.Kind == connections.Switch {
		f.newCheck(m, on)
		return f
	}
	f.object = kit.Column(theme.Grid, kit.NewParagraph(d.Label, kit.Strong, m, 0))
	if d.Kind == connections.Choice {
		f.addChoice(k, on)
	}
	if d.Kind != connections.Choice || f.takesTyped() {
		f.addEntry(k, on)
	}
	f.object.Add(f.help)
	f.object.Add(f.fault)
	return f
}

func (f *field) newCheck(m *kit.Measure, on formEvents) {
	f.check = kit.NewCheck(f.def.Path, f.def.Label, m, func(bool) { on.changed() })
	f.check.OnSubmitted = on.submitted
	f.check.OnFocus = func() { on.focused(f.object) }
	f.object = kit.Column(0, f.check, kit.Inset(kit.Column(0, f.help, f.fault), 0, 0, 0, kit.CheckInset()))
}

func (f *field) addChoice(k *kit.Kit, on formEvents) {
	f.choice = k.NewChoice(f.def.Path, f.def.Label, func(value string) {
		f.showEntry()
		if value == connections.Typed {
			k.Focus(f.entry)
		}
		on.changed()
	})
	f.choice.OnFocus = func() { on.focused(f.object) }
	f.object.Add(kit.Sized(f.choice, 0, kit.InputHeight()))
}

// linesShown is how many lines of a text are shown.
const linesShown = 4

func (f *field) addEntry(k *kit.Kit, on formEvents) {
	id := f.def.Path
	if f.choice != nil {
		id = kit.PartID(f.def.Path, "typed")
	}
	f.entry = kit.NewEntry(id, f.def.Label, f.def.Example)
	f.entry.Password = f.def.Kind == connections.Masked
	f.entry.OnChanged = func(string) { on.changed() }
	f.entry.OnFocus = func() { on.focused(f.object) }
	f.entry.OnLeave = on.left
	f.entry.OnSubmitted = func(string) { on.submitted() }
	height := kit.InputHeight()
	if f.def.Kind == connections.Lines {
		f.entry.MultiLine = true
		height = theme.ForText(linesShown*5*theme.Grid) + 4*theme.Grid
	}
	f.entryRow = kit.Sized(f.entry, 0, height)
	if f.def.Kind == connections.File {
		open := k.Button(kit.PartID(f.def.Path, "choose"), messages.Text("connections.choose-file"), "", kit.Plain, func() {
			on.chooseFile(func(path string) { f.entry.SetText(path); on.left() })
		})
		f.entryRow = kit.Stretch(theme.Small, 0, f.entryRow, open)
	}
	f.object.Add(f.entryRow)
}

// takesTyped reports whether one of the choices is to enter a value.
func (f *field) takesTyped() bool {
	return present.LabelOf(f.def.Choices, connections.Typed) != ""
}

// isTyped reports whether the value is that of the entry.
func (f *field) isTyped() bool {
	return f.entry != nil && (f.choice == nil || f.choice.Value() == connections.Typed)
}

// showEntry shows the entry where the value is typed.
func (f *field) showEntry() {
	if f.entry != nil && f.choice != nil {
		kit.SetVisible(f.entryRow, f.isTyped())
	}
}

// input is what takes the keyboard.
func (f *field) input() fyne.Focusable {
	switch {
	case f.check != nil:
		return f.check
	case f.isTyped():
		return f.entry
	}
	return f.choice
}

func (f *field) value() string {
	switch {
	case f.check != nil && f.check.On():
		return connections.On
	case f.check != nil:
		return ""
	case f.isTyped() && f.choice != nil && f.entry.Text == "":
		return connections.Typed
	case f.isTyped():
		return f.entry.Text
	}
	return f.choice.Value()
}

func (f *field) put(value string) {
	f.help.Set(f.def.HelpFor(value))
	if f.check != nil {
		f.check.Put(value == connections.On)
		return
	}
	if f.choice == nil {
		f.entry.Put(value)
		return
	}
	options, selected := f.def.Options(value), value
	if present.LabelOf(options, value) == "" {
		selected = connections.Typed
		f.entry.Put(value)
	}
	f.choice.Put(options, selected)
	f.showEntry()
}

// offer changes the choices, and keeps the one that is selected.
func (f *field) offer(options []present.Choice) {
	if f.choice != nil {
		f.choice.Put(options, f.choice.Value())
	}
}

// setError shows a fault in place of the help, and reports whether that is new.
func (f *field) setError(reason string) bool {
	if f.fault.AccessibilityLabel() == reason {
		return false
	}
	f.fault.Set(reason)
	kit.SetVisible(f.help, reason == "" && f.help.AccessibilityLabel() != "")
	return true
}

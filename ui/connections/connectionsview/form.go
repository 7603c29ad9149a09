// Package connectionsview draws the screens on which connections are added and changed.
package connectionsview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// FormCommands are what the user can do in the form.
type FormCommands interface {
	// Check returns what is wrong with a definition, by field.
	Check(def connection.Definition) map[string]string
	// Save saves a definition, and Leave closes the form.
	Save(def connection.Definition)
	Leave()
}

// Form adds or edits a connection. What is typed stays while it is not on screen.
type Form struct {
	kit      *kit.Kit
	commands FormCommands
	object   fyne.CanvasObject
	title    *kit.Paragraph
	text     *kit.Paragraph
	fields   map[string]*field
	stay     *kit.Check
	save     *kit.Button
	page     *kit.Page
	model    connections.Form
	filled   bool
}

// NewForm returns an empty form.
func NewForm(k *kit.Kit, c FormCommands) *Form {
	f := &Form{kit: k, commands: c, fields: map[string]*field{}}
	m := kit.NewMeasure(kit.FormWidth)
	f.title = kit.NewParagraph("", kit.Title, m, 0)
	f.text = kit.NewParagraph("", kit.Secondary, m, 0)
	rows := []fyne.CanvasObject{kit.Column(theme.Grid, f.title, f.text)}
	for _, d := range connections.Fields() {
		one := newField(k, d, m, formEvents{f.changed, func() { f.left(d.Path) }, f.submit})
		f.fields[d.Path] = one
		rows = append(rows, one.object)
	}
	f.stay = kit.NewCheck("login.stay_signed_in", messages.Text("connections.stay-signed-in"), m, func(bool) { f.changed() })
	f.stay.OnSubmitted = f.submit
	f.save = k.Button("form.save", messages.Text("common.save"), "", kit.Primary, f.submit)
	cancel := k.Button("form.cancel", messages.Text("common.cancel"), "", kit.Plain, c.Leave)
	rows = append(rows, f.stay)
	f.page = kit.NewPage(m, kit.AtTop, kit.Column(theme.Large, rows...))
	buttons := kit.InMeasure(m, kit.Line(theme.Small, f.save, cancel))
	foot := container.NewStack(kit.NewGround(theme.ColorSidebar), buttons)
	f.object = kit.Framed(nil, f.page.Object(), foot)
	return f
}

// Object returns what to put on screen.
func (f *Form) Object() fyne.CanvasObject { return f.object }

// Render implements view.Screen: the form shows what is typed.
func (f *Form) Render() {}

// Fill shows a definition to be added or edited.
func (f *Form) Fill(m connections.Form) {
	f.filled = false
	f.model = m
	f.title.Set(m.Title)
	f.text.Set(m.Text)
	f.save.SetLabel(m.Save)
	for path, one := range f.fields {
		one.put(m.Values[path])
	}
	f.stay.Put(m.StaySignedIn)
	f.filled = true
	f.check(func(one *field, _ string) bool { return one.value() != "" })
	f.page.ScrollToTop()
	f.page.Refresh()
}

// Typed returns the form with what is typed.
func (f *Form) Typed() connections.Form {
	m := f.model
	m.Values, m.StaySignedIn = map[string]string{}, f.stay.On()
	for path, one := range f.fields {
		m.Values[path] = one.value()
	}
	return m
}

// Focus puts the cursor in the first field that wants something, or else in the first.
func (f *Form) Focus() {
	problems := f.commands.Check(f.definition())
	first := f.fields[connections.Fields()[0].Path].entry
	for _, d := range connections.Fields() {
		if one := f.fields[d.Path]; one.entry != nil && problems[d.Path] != "" {
			first = one.entry
			break
		}
	}
	f.kit.Focus(first)
}

// ShowError shows what is wrong with one field, as the agent found.
func (f *Form) ShowError(path, reason string) {
	if one := f.fields[path]; one != nil {
		one.setError(reason)
		f.page.Refresh()
	}
}

// definition is what is typed.
func (f *Form) definition() connection.Definition {
	values := map[string]string{}
	for path, one := range f.fields {
		values[path] = one.value()
	}
	return f.model.Definition(values, f.stay.On())
}

// changed hides the faults that are fixed. Nobody is told of a fault while they type.
func (f *Form) changed() {
	if f.filled {
		f.check(func(one *field, problem string) bool { return problem == "" })
	}
}

// left shows what is wrong with a field once it is left; an empty one may still be filled.
func (f *Form) left(path string) {
	one := f.fields[path]
	if !f.filled {
		return
	}
	if tidy := connections.Tidied(path, one.value()); tidy != one.value() {
		one.put(tidy)
	}
	one.help.Set(one.def.HelpFor(one.value()))
	f.check(func(other *field, _ string) bool { return other == one && one.value() != "" })
}

// check shows the faults of what is typed, or that there are none any more, of the fields for which show holds. It
// reports whether there are none at all.
func (f *Form) check(show func(one *field, problem string) bool) bool {
	problems := f.commands.Check(f.definition())
	changed := false
	for path, one := range f.fields {
		if problem := problems[path]; show(one, problem) {
			changed = one.setError(problem) || changed
		}
	}
	if changed {
		f.page.Refresh()
	}
	return len(problems) == 0
}

func always(*field, string) bool { return true }

func (f *Form) submit() {
	if f.check(always) {
		f.commands.Save(f.definition())
	}
}

// field is one entry or choice with its help.
type field struct {
	def    connections.Field
	object *fyne.Container
	entry  *kit.Entry
	choice *kit.Choice
	help   *kit.Paragraph
	fault  *kit.Paragraph
}

// formEvents are what a field reports to its form.
type formEvents struct{ changed, left, submitted func() }

func newField(k *kit.Kit, d connections.Field, m *kit.Measure, on formEvents) *field {
	f := &field{def: d, help: kit.NewParagraph(d.Help, kit.Caption, m, 0)}
	style := kit.Caption
	style.Color = theme.ColorError
	f.fault = kit.NewParagraph("", style, m, 0)
	f.fault.Hide()
	var input fyne.CanvasObject
	if len(d.Choices) > 0 {
		f.choice = k.NewChoice(d.Path, d.Label, func(string) { on.changed() })
		input = f.choice
	} else {
		f.entry = kit.NewEntry(d.Path, d.Label, d.Example)
		f.entry.OnChanged = func(string) { on.changed() }
		f.entry.OnLeave = on.left
		f.entry.OnSubmitted = func(string) { on.submitted() }
		input = f.entry
	}
	f.object = kit.Column(theme.Grid, kit.NewText(d.Label, kit.Strong), kit.Sized(input, 0, kit.InputHeight()), f.help, f.fault)
	return f
}

func (f *field) value() string {
	if f.choice != nil {
		return f.choice.Value()
	}
	return f.entry.Text
}

func (f *field) put(value string) {
	f.help.Set(f.def.HelpFor(value))
	if f.choice == nil {
		f.entry.Put(value)
		return
	}
	f.choice.Put(f.def.Options(value), value)
}

// setError shows a fault in place of the help, and reports whether that is new.
func (f *field) setError(reason string) bool {
	if f.fault.AccessibilityLabel() == reason {
		return false
	}
	f.fault.Set(reason)
	kit.SetVisible(f.help, reason == "")
	return true
}

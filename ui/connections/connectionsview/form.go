// Package connectionsview draws the screens on which connections are added and changed.
package connectionsview

import (
	"maps"

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
	// Check returns what is wrong with the values of a form, by field.
	Check(form connections.Form, values map[string]string) map[string]string
	// Save saves a definition, and Leave closes the form.
	Save(def connection.Definition)
	Leave()
	// ChooseCertificates has the user choose a file of certificate authorities.
	ChooseCertificates(chosen func(path string))
	// TestDefinition checks a definition without saving it.
	TestDefinition(def connection.Definition)
	// ImportLink shows the connection of a link for review.
	ImportLink(link string)
}

// Form adds or edits a connection. What is typed stays while it is not on screen.
type Form struct {
	kit      *kit.Kit
	commands FormCommands
	object   fyne.CanvasObject
	title    *kit.Paragraph
	text     *kit.Paragraph
	// fields are in the order of the screen.
	fields []*field
	// fold shows and hides the advanced fields.
	fold     *kit.Button
	foldRow  fyne.CanvasObject
	advanced *fyne.Container
	save     *kit.Button
	page     *kit.Page
	model    connections.Form
	filled   bool
}

// NewForm returns an empty form.
func NewForm(k *kit.Kit, c FormCommands) *Form {
	f := &Form{kit: k, commands: c, advanced: kit.Column(theme.Large)}
	m := kit.NewMeasure(theme.ForText(kit.FormWidth))
	f.title = kit.NewParagraph("", kit.Title, m, 0)
	f.text = kit.NewParagraph("", kit.Secondary, m, 0)
	column := kit.Column(theme.Large, kit.Column(theme.Grid, f.title, f.text))
	for _, d := range connections.Fields() {
		one := newField(k, d, m, formEvents{
			changed: f.changed, left: func() { f.left(d.Path) }, submitted: f.submit,
			focused: func(o fyne.CanvasObject) { f.page.Reveal(o) }, chooseFile: c.ChooseCertificates,
		})
		f.fields = append(f.fields, one)
		if d.Advanced {
			f.advanced.Add(one.object)
		} else {
			column.Add(one.object)
		}
	}
	f.fold = k.Button("form.advanced", messages.Text("connections.advanced"), "", kit.Link, func() { f.unfold(!f.advanced.Visible()) })
	f.foldRow = kit.Line(0, f.fold)
	column.Add(f.foldRow)
	column.Add(f.advanced)
	f.save = k.Button("form.save", messages.Text("common.save"), "", kit.Primary, f.submit)
	test := k.Button("form.test", messages.Text("connections.test"), "", kit.Plain, f.test)
	test.SetHint(messages.Text("connections.test.hint"))
	cancel := k.Button("form.cancel", messages.Text("common.cancel"), "", kit.Plain, c.Leave)
	f.page = kit.NewPage(m, kit.AtTop, column)
	buttons := kit.InMeasure(m, kit.Line(theme.Small, f.save, test, cancel))
	foot := container.NewStack(kit.NewGround(theme.ColorSidebar), buttons)
	f.object = kit.Framed(nil, f.page.Object(), foot)
	f.unfold(false)
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
	for _, one := range f.fields {
		one.put(m.Values[one.def.Path])
		kit.SetVisible(one.object, m.Shows(one.def.Path))
	}
	kit.SetVisible(f.foldRow, m.Folds())
	f.filled = true
	f.offer()
	f.unfold(m.Unfolded())
	f.check(func(one *field, _ string) bool { return one.value() != "" })
	f.page.ScrollToTop()
	f.page.Refresh()
}

// offer shows the choices that there are with what is typed.
func (f *Form) offer() {
	values := f.values()
	for _, one := range f.fields {
		one.offer(f.model.Options(one.def, values))
	}
}

// unfold shows the advanced fields, or hides them.
func (f *Form) unfold(open bool) {
	kit.SetVisible(f.advanced, open)
	icon := theme.IconName("chevron")
	if open {
		icon = "chevron-down"
	}
	f.fold.SetIcon(icon)
	f.fold.SetExpanded(open)
	f.page.Refresh()
}

// values are what is typed, by field.
func (f *Form) values() map[string]string {
	values := map[string]string{}
	for _, one := range f.fields {
		values[one.def.Path] = one.value()
	}
	return values
}

// Typed returns the form with what is typed.
func (f *Form) Typed() connections.Form {
	m := f.model
	m.Values = f.values()
	return m
}

// Focus puts the cursor in the first field that wants something, or else in the first.
func (f *Form) Focus() {
	if f.focusWrong(f.commands.Check(f.model, f.values())) {
		return
	}
	for _, one := range f.fields {
		if f.model.Shows(one.def.Path) {
			f.kit.Focus(one.input())
			return
		}
	}
}

// focusWrong puts the cursor in the first of the fields that have a problem, and reports whether there is one.
func (f *Form) focusWrong(problems map[string]string) bool {
	for _, one := range f.fields {
		if problems[one.def.Path] == "" {
			continue
		}
		if one.def.Advanced {
			f.unfold(true)
		}
		f.kit.Focus(one.input())
		f.page.Reveal(one.object)
		return true
	}
	return false
}

// ShowError shows what is wrong with one field, as the agent found.
func (f *Form) ShowError(path, reason string) {
	for _, one := range f.fields {
		if one.def.Path == path {
			one.setError(reason)
			f.page.Refresh()
			f.focusWrong(map[string]string{path: reason})
		}
	}
}

// changed hides the faults that are fixed. Nobody is told of a fault while they type.
func (f *Form) changed() {
	if f.filled {
		f.check(func(one *field, problem string) bool { return problem == "" })
		f.page.Refresh()
	}
}

// left shows what is wrong with a field once it is left; an empty one may still be filled.
func (f *Form) left(path string) {
	if !f.filled {
		return
	}
	for _, one := range f.fields {
		if one.def.Path != path {
			continue
		}
		if connection.IsLink(one.value()) {
			f.commands.ImportLink(one.value())
			return
		}
		if tidy := connections.Tidied(path, one.value()); tidy != one.value() {
			one.put(tidy)
		}
		one.help.Set(one.def.HelpFor(one.value()))
		f.offer()
		f.check(func(other *field, _ string) bool { return other == one && one.value() != "" })
	}
}

// check shows the faults of what is typed, or that there are none any more, of the fields for which show holds. It
// returns all of them, by field.
func (f *Form) check(show func(one *field, problem string) bool) map[string]string {
	problems := f.commands.Check(f.model, f.values())
	changed := false
	for _, one := range f.fields {
		if problem := problems[one.def.Path]; show(one, problem) {
			changed = one.setError(problem) || changed
		}
	}
	if changed {
		f.page.Refresh()
	}
	return problems
}

func always(*field, string) bool { return true }

func (f *Form) submit() {
	if f.focusWrong(f.check(always)) {
		return
	}
	def, _ := f.model.Definition(f.values())
	f.commands.Save(def)
}

// test checks what is typed so far. What is left empty does not keep it from that.
func (f *Form) test() {
	problems := f.check(func(one *field, _ string) bool { return one.value() != "" })
	values := f.values()
	maps.DeleteFunc(problems, func(path, _ string) bool { return values[path] == "" })
	if f.focusWrong(problems) {
		return
	}
	def, _ := f.model.Definition(values)
	f.commands.TestDefinition(def)
}

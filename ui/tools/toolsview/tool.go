package toolsview

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
	app "daypass/app/tools"
	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/tools"
)

// toolPage is how to use one tool.
type toolPage struct {
	view     *View
	kit      *kit.Kit
	commands Commands
	measure  *kit.Measure

	object  *fyne.Container
	head    *fyne.Container
	buttons *fyne.Container
	result  *kit.Paragraph
	change  *fyne.Container
	yes     *kit.Button
	notes   *fyne.Container
	drawn   tools.Page
}

func newToolPage(v *View) *toolPage {
	p := &toolPage{view: v, kit: v.kit, commands: v.commands, measure: v.measure}
	p.head, p.change, p.notes = kit.Column(theme.Medium), kit.Column(theme.Medium), kit.Column(theme.Grid)
	p.buttons, p.result = kit.Wrapped(p.measure), kit.NewParagraph("", kit.Secondary, p.measure, 0)
	p.object = kit.Column(theme.Medium, p.head, p.buttons, p.result, p.change, p.notes)
	return p
}

// render shows how to use a tool; nil is no tool. Its buttons stay while only what they led to changes. It reports
// whether there is a new question.
func (p *toolPage) render(m *tools.Page) (asks bool) {
	kit.SetVisible(p.object, m != nil)
	if m == nil {
		p.drawn = tools.Page{}
		return false
	}
	before := p.drawn
	p.drawn = *m
	p.result.Set(m.Result)
	kit.SetVisible(p.change, m.Change != nil)
	if m.Change != nil && !reflect.DeepEqual(m.Change, before.Change) {
		p.setChange(m.Change)
		asks = m.Change.CanApply
	}
	now := *m
	now.Result, before.Result, now.Change, before.Change = "", "", nil, nil
	if !reflect.DeepEqual(now, before) {
		p.setSnippet(m)
		p.setNotes(m)
		p.setButtons(m)
	}
	return asks
}

func (p *toolPage) setSnippet(m *tools.Page) {
	title := kit.NewParagraph(m.Name, kit.Strong, p.measure, 0)
	state := kit.WithSeverity(m.Severity, kit.NewParagraph(m.State, kit.Secondary, p.measure, kit.SeverityInset()))
	lead := kit.NewParagraph(m.Lead, kit.Body, p.measure, 0)
	p.head.Objects = []fyne.CanvasObject{
		kit.Column(0, title, state), kit.Column(theme.Small, lead, kit.CodeBox(kit.NewCode(m.Snippet, p.measure, 2*kit.CodePadding))),
	}
}

func (p *toolPage) setButtons(m *tools.Page) {
	step := func(s app.Step) func() { return func() { p.commands.Preview(s) } }
	kind := kit.Primary
	p.buttons.Objects = nil
	if m.CanInstall {
		p.buttons.Add(p.kit.Button("tool.install", messages.Text("tools.set-up"), "", kit.Primary, step(app.StepAdd)))
		kind = kit.Plain
	}
	p.buttons.Add(p.kit.Button("tool.copy", messages.Text("common.copy"), "copy", kind, p.commands.CopySnippet))
	if m.CanRemove {
		p.buttons.Add(p.kit.Button("tool.remove", messages.Text("tools.remove"), "", kit.Plain, step(app.StepRemove)))
	}
	if m.Format != "" {
		p.buttons.Add(p.kit.Button("tool.copy-with-credentials", messages.Text("tools.copy-with-credentials"), "", kit.Plain, p.commands.CopyCredentials))
	}
}

func (p *toolPage) setNotes(m *tools.Page) {
	p.notes.Objects = []fyne.CanvasObject{kit.NewParagraph(m.Lasts, kit.Body, p.measure, 0)}
	for _, note := range append(slices.Clone(m.Notes), m.CopyNote) {
		if note != "" {
			p.notes.Add(kit.NewParagraph(note, kit.Secondary, p.measure, 0))
		}
	}
}

// setChange shows what a step would change, and asks.
func (p *toolPage) setChange(m *tools.ChangeModel) {
	p.change.Objects = []fyne.CanvasObject{kit.NewParagraph(m.Title, kit.Strong, p.measure, 0)}
	if m.Busy {
		p.change.Add(kit.NewParagraph(messages.Text("tools.change.reading"), kit.Secondary, p.measure, 0))
	}
	for _, f := range m.Files {
		file := kit.Column(theme.Grid, kit.NewParagraph(f.Path, kit.Body, p.measure, 0))
		if f.Note != "" {
			file.Add(kit.NewParagraph(f.Note, kit.Caption, p.measure, 0))
		}
		file.Add(kit.CodeBox(kit.NewDiff(f.Diff, p.measure, 2*kit.CodePadding)))
		p.change.Add(file)
	}
	if m.Note != "" {
		p.change.Add(kit.NewParagraph(m.Note, kit.Body, p.measure, 0))
	}
	p.yes = p.kit.Button("tool.apply", m.Yes, "", kit.Primary, p.commands.Apply)
	kit.SetVisible(p.yes, m.CanApply)
	p.change.Add(kit.Wrapped(p.measure, p.yes, p.kit.Button("tool.cancel", messages.Text("common.cancel"), "", kit.Plain, p.commands.Cancel)))
}

// ask brings the question into sight.
func (p *toolPage) ask() {
	p.view.page.Reveal(p.change)
	p.kit.Focus(p.yes)
}

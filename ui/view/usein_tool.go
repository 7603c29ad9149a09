package view

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"

	"daypass/app/tools"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// setTool shows how to use a tool. Its buttons stay while only what they led to changes.
func (u *useIn) setTool(m *present.ToolPage) {
	kit.SetVisible(u.use, m != nil)
	if m == nil {
		return
	}
	before := present.ToolPage{}
	if u.drawn.Tool != nil {
		before = *u.drawn.Tool
	}
	u.said.Set(m.Said)
	kit.SetVisible(u.change, m.Change != nil)
	if m.Change != nil && !reflect.DeepEqual(m.Change, before.Change) {
		u.setChange(m.Change)
	}
	now := *m
	now.Said, before.Said, now.Change, before.Change = "", "", nil, nil
	if !reflect.DeepEqual(now, before) {
		u.setSnippet(m)
		u.setWords(m)
		u.setButtons(m)
	}
}

func (u *useIn) setSnippet(m *present.ToolPage) {
	title := kit.NewParagraph(m.Name, kit.Strong, u.measure, 0)
	state := kit.WithSeverity(m.Mark, kit.NewParagraph(m.State, kit.Secondary, u.measure, kit.SeverityInset))
	lead := kit.NewParagraph(m.Lead, kit.Body, u.measure, 0)
	u.tool.Objects = []fyne.CanvasObject{
		kit.Column(0, title, state), kit.Column(theme.Small, lead, kit.CodeBox(kit.NewCode(m.Snippet, u.measure, 2*kit.CodePadding))),
	}
}

func (u *useIn) setButtons(m *present.ToolPage) {
	in := u.env.Intents
	step := func(s tools.Step) func() { return func() { in.PreviewStep(s) } }
	kind := kit.Primary
	u.buttons.Objects = nil
	if m.CanSetUp {
		u.buttons.Add(u.env.Kit.Button("Set up…", "", kit.Primary, step(tools.StepAdd)))
		kind = kit.Plain
	}
	u.buttons.Add(u.env.Kit.Button("Copy", "copy", kind, in.CopySnippet))
	if m.CanTakeOut {
		u.buttons.Add(u.env.Kit.Button("Take out again…", "", kit.Plain, step(tools.StepRemove)))
	}
	if m.Format != "" {
		u.buttons.Add(u.env.Kit.Button("Copy with keys", "", kit.Plain, in.CopyKeys))
	}
}

func (u *useIn) setWords(m *present.ToolPage) {
	u.words.Objects = []fyne.CanvasObject{kit.NewParagraph(m.Lasts, kit.Body, u.measure, 0)}
	for _, note := range append(slices.Clone(m.Notes), m.KeysNote) {
		if note != "" {
			u.words.Add(kit.NewParagraph(note, kit.Secondary, u.measure, 0))
		}
	}
}

// setChange shows what a step would do, and asks.
func (u *useIn) setChange(m *present.ChangePage) {
	u.change.Objects = []fyne.CanvasObject{kit.NewParagraph(m.Title, kit.Strong, u.measure, 0)}
	if m.Busy {
		u.change.Add(kit.NewParagraph("Reading the files.", kit.Secondary, u.measure, 0))
	}
	for _, f := range m.Files {
		file := kit.Column(theme.Grid, kit.NewParagraph(f.Path, kit.Body, u.measure, 0))
		if f.Note != "" {
			file.Add(kit.NewParagraph(f.Note, kit.Caption, u.measure, 0))
		}
		file.Add(kit.CodeBox(kit.NewDiff(f.Diff, u.measure, 2*kit.CodePadding)))
		u.change.Add(file)
	}
	if m.Note != "" {
		u.change.Add(kit.NewParagraph(m.Note, kit.Body, u.measure, 0))
	}
	u.yes = u.env.Kit.Button(m.Yes, "", kit.Primary, u.env.Intents.DoStep)
	kit.SetVisible(u.yes, m.CanDo)
	u.change.Add(kit.Line(theme.Small, u.yes, u.env.Kit.Button("Cancel", "", kit.Plain, u.env.Intents.DropStep)))
}

// ask brings the question into sight.
func (u *useIn) ask() {
	u.page.Reveal(u.change)
	u.env.Kit.Focus(u.yes)
}

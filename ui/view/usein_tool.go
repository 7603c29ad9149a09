package view

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/handover"
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
	state := marked(m.Mark, kit.NewParagraph(m.State, kit.Secondary, u.measure, markedInset))
	lead := kit.NewParagraph(m.Lead, kit.Body, u.measure, 0)
	u.tool.Objects = []fyne.CanvasObject{
		kit.Column(0, title, state), kit.Column(theme.Small, lead, codeBox(kit.NewCode(m.Snippet, u.measure, 2*usePadding))),
	}
}

// codeBox puts a ground below a snippet.
func codeBox(code *kit.Code) fyne.CanvasObject {
	return container.NewStack(kit.NewBox(theme.ColorSidebar, theme.Radius), kit.Inset(code, usePadding, usePadding, usePadding, usePadding))
}

func (u *useIn) setButtons(m *present.ToolPage) {
	in := u.env.Intents
	step := func(s handover.Step) func() { return func() { in.PreviewStep(s) } }
	kind := kit.Primary
	u.buttons.Objects = nil
	if m.CanSetUp {
		u.buttons.Add(u.env.Kit.Button("Set up…", "", kit.Primary, step(handover.StepAdd)))
		kind = kit.Plain
	}
	u.buttons.Add(u.env.Kit.Button("Copy", "copy", kind, in.CopySnippet))
	if m.CanTakeOut {
		u.buttons.Add(u.env.Kit.Button("Take out again…", "", kit.Plain, step(handover.StepRemove)))
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
		file.Add(codeBox(kit.NewDiff(f.Diff, u.measure, 2*usePadding)))
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
	u.page.reveal(u.change)
	u.env.Canvas().Focus(u.yes)
}

func newWrapped(m *kit.Measure, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapped{measure: m, gap: theme.Small}, objects...)
}

// wrapped puts objects side by side, and goes on below where there is no room.
type wrapped struct {
	measure *kit.Measure
	gap     float32
}

// MinSize implements fyne.Layout.
func (w *wrapped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, w.each(objects, w.measure.Width(), func(fyne.CanvasObject, fyne.Position) {}))
}

// Layout implements fyne.Layout.
func (w *wrapped) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w.each(objects, s.Width, func(o fyne.CanvasObject, at fyne.Position) {
		o.Resize(o.MinSize())
		o.Move(at)
	})
}

// each calls put with the place of each object, and gives the height of all.
func (w *wrapped) each(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position)) float32 {
	var x, y, height float32
	for _, o := range objects {
		least := o.MinSize()
		if x > 0 && x+least.Width > width {
			x, y = 0, y+height+w.gap
		}
		put(o, fyne.NewPos(x, y))
		x, height = x+least.Width+w.gap, least.Height
	}
	return y + height
}

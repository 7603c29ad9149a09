package view

import (
	"slices"

	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// limit is where keys for less are made. What is typed stays while the rest changes.
type limit struct {
	env     Env
	measure *kit.Measure
	object  *fyne.Container
	title   *kit.Paragraph
	text    *kit.Paragraph
	refused *fyne.Container
	form    *fyne.Container

	places  *fyne.Container
	entry   *kit.Entry
	add     *kit.Button
	choose  *kit.Button
	fault   *kit.Paragraph
	write   *kit.Check
	life    *kit.Choice
	program *kit.Entry
	problem *kit.Paragraph
	policy  *kit.Code
	length  *kit.Paragraph
	command *kit.Code
	copied  *kit.Text

	policyPart, commandPart, madePart fyne.CanvasObject
	make                              *kit.Button
	made, note, said                  *kit.Paragraph
	drawn                             present.LimitPage
}

func newLimit(env Env, m *kit.Measure) *limit {
	l := &limit{env: env, measure: m, title: kit.NewParagraph("", kit.Strong, m, 0), text: kit.NewParagraph("", kit.Secondary, m, 0)}
	l.refused = kit.Column(0)
	l.form = kit.Column(theme.Large, l.newPlaces(), l.newChoices(), l.newPolicy(), l.newCommand(), l.newGrant())
	l.object = kit.Column(theme.Large, kit.Column(0, l.title, l.text), l.refused, l.form)
	return l
}

func (l *limit) newPlaces() fyne.CanvasObject {
	l.places = kit.Column(0)
	l.entry = kit.NewEntry("Bucket or folder", "measurements/2026/")
	l.entry.OnSubmitted = func(string) { l.addPlace() }
	l.add = l.env.Kit.Button("Add", "", kit.Plain, l.addPlace)
	l.choose = l.env.Kit.Button("Choose a bucket", "chevron-down", kit.Plain, l.openBuckets)
	look := kit.Caption
	look.Color = theme.ColorBad
	l.fault = kit.NewParagraph("", look, l.measure, 0)
	row := kit.Stretch(theme.Small, 0, kit.Sized(l.entry, 0, 9*theme.Grid), l.add)
	return kit.Column(theme.Small, kit.NewText("Buckets and folders", kit.Body), l.places, row, l.fault, kit.Line(0, l.choose))
}

func (l *limit) addPlace() {
	if l.env.Intents.AddPlace(l.entry.Text) {
		l.entry.Put("")
	}
}

func (l *limit) openBuckets() {
	var items []kit.Item
	for _, b := range l.drawn.Buckets {
		items = append(items, kit.Item{Label: b, Do: func() { l.env.Intents.AddPlace(b) }})
	}
	l.env.Kit.ShowMenuBelow(l.choose, items)
}

const limitLifeWidth = 60 * theme.Grid

func (l *limit) newChoices() fyne.CanvasObject {
	l.write = kit.NewCheck("May write and delete there too", func(bool) { l.tell() })
	help := kit.NewParagraph("Without this the keys only list and read.", kit.Caption, l.measure, kit.CheckInset)
	l.life = l.env.Kit.NewChoice("Life of the keys", nil, func(string) { l.tell() })
	life := kit.Column(theme.Grid, kit.NewText("A set of keys lives", kit.Body), kit.Line(0, kit.Sized(l.life, limitLifeWidth, 9*theme.Grid)),
		kit.NewParagraph("Whoever takes a copy of the keys can use them this long. The program itself gets new ones.", kit.Caption, l.measure, 0))
	return kit.Column(theme.Medium, kit.Column(0, l.write, kit.Inset(help, 0, 0, 0, kit.CheckInset)), life)
}

func (l *limit) tell() { l.env.Intents.LimitTo(l.write.On(), l.life.Chosen(), l.program.Text) }

func (l *limit) newPolicy() fyne.CanvasObject {
	l.problem = kit.NewParagraph("", kit.Secondary, l.measure, 0)
	l.policy = kit.NewCode("", l.measure, 2*kit.CodePadding)
	l.length = kit.NewParagraph("", kit.Caption, l.measure, 0)
	l.policyPart = kit.Column(theme.Grid, kit.CodeBox(l.policy), l.length)
	return kit.Column(theme.Grid, kit.NewText("The policy that goes to the server", kit.Body), l.problem, l.policyPart)
}

func (l *limit) newCommand() fyne.CanvasObject {
	l.command = kit.NewCode("", l.measure, 2*kit.CodePadding)
	l.copied = kit.NewText("Copied.", kit.Secondary.Whole())
	copy := l.env.Kit.Button("Copy", "copy", kit.Plain, l.env.Intents.CopyCommand)
	l.commandPart = kit.Column(theme.Small, kit.NewText("Run a program with such keys from a terminal", kit.Body), kit.CodeBox(l.command), kit.Line(theme.Small, copy, l.copied))
	return l.commandPart
}

// shells are the shells for which the token can be copied.
var shells = []struct{ format, label string }{{"env", "Copy for sh, bash, zsh"}, {"fish", "for fish"}, {"powershell", "for PowerShell"}}

func (l *limit) newGrant() fyne.CanvasObject {
	l.program = kit.NewEntry("Name of the program", "train.py")
	l.program.OnChanged = func(string) { l.tell() }
	l.make = l.env.Kit.Button("Make keys", "", kit.Primary, l.env.Intents.MakeLimited)
	l.made, l.note, l.said = kit.NewParagraph("", kit.Body, l.measure, 0), kit.NewParagraph("", kit.Caption, l.measure, 0), kit.NewParagraph("", kit.Secondary, l.measure, 0)
	var copies []fyne.CanvasObject
	for _, s := range shells {
		copies = append(copies, l.env.Kit.Button(s.label, "", kit.Plain, func() { l.env.Intents.CopyLimited(s.format) }))
	}
	buttons := kit.Wrapped(l.measure, copies...)
	l.madePart = kit.Column(theme.Small, l.made, buttons, l.said, l.note)
	row := kit.Stretch(theme.Small, 0, kit.Sized(l.program, 0, 9*theme.Grid), l.make)
	return kit.Column(theme.Small, kit.NewText("Or give them to a program that is started otherwise", kit.Body), row, l.madePart)
}

func (l *limit) render(m present.LimitPage) {
	l.title.Set(m.Title)
	l.text.Set(m.Text)
	if m.Refused != l.drawn.Refused {
		l.refused.Objects = problemBox(m.Refused, l.measure)
	}
	kit.SetVisible(l.refused, m.Refused.Title != "")
	kit.SetVisible(l.form, m.Refused.Title == "")
	if !slices.Equal(m.Places, l.drawn.Places) {
		l.setPlaces(m.Places)
	}
	l.fault.Set(m.Fault)
	kit.SetVisible(l.choose, len(m.Buckets) > 0)
	l.write.Put(m.Write)
	l.life.Put(m.Lives, m.Life)
	l.program.Put(m.Program)
	l.problem.Set(m.Problem)
	l.policy.Set(m.Policy)
	l.length.Set(m.Length)
	l.command.Set(m.Command)
	kit.SetVisible(l.policyPart, m.Policy != "")
	kit.SetVisible(l.copied, m.Copied)
	kit.SetVisible(l.commandPart, m.Command != "")
	l.make.SetEnabled(m.CanMake)
	l.make.SetLabel(map[bool]string{true: "Asking the server", false: "Make keys"}[m.Making])
	l.made.Set(m.Made)
	l.note.Set(m.Note)
	l.said.Set(m.Said)
	kit.SetVisible(l.madePart, m.Made != "")
	l.drawn = m
}

func (l *limit) setPlaces(places []string) {
	l.places.Objects = nil
	for i, p := range places {
		drop := l.env.Kit.IconButton("close", "Take out "+p, func() { l.env.Intents.DropPlace(i) })
		l.places.Add(kit.Stretch(theme.Small, 1, kit.NewIcon("folder", theme.ColorSecondary, 18), kit.NewText(p, kit.Body), drop))
	}
	l.places.Refresh()
}

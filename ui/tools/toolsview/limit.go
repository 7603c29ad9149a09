package toolsview

import (
	"slices"

	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/tools"
)

// LimitCommands are what the user can do in the form for limited credentials.
type LimitCommands interface {
	// AddLocation adds a bucket or folder, and reports whether text names one; RemoveLocation removes the nth.
	AddLocation(text string) bool
	RemoveLocation(n int)
	// SetOptions sets whether the credentials may write, how long they are valid and the name of the program.
	SetOptions(write bool, lifetime, program string)
	// Issue issues a token, CopyToken copies it for a shell, CopyCommand what runs a program with such credentials.
	Issue()
	CopyToken(shell string)
	CopyCommand()
}

// limitForm is the form for limited credentials. What is typed stays while the rest changes.
type limitForm struct {
	kit      *kit.Kit
	commands LimitCommands
	measure  *kit.Measure
	object   *fyne.Container
	title    *kit.Paragraph
	text     *kit.Paragraph
	refused  *fyne.Container
	form     *fyne.Container

	locations *fyne.Container
	entry     *kit.Entry
	add       *kit.Button
	bucket    *kit.Button
	fault     *kit.Paragraph
	write     *kit.Check
	lifetime  *kit.Choice
	program   *kit.Entry
	problem   *kit.Paragraph
	policy    *kit.Code
	length    *kit.Paragraph
	command   *kit.Code
	copied    *kit.Text

	policyPart, commandPart, issuedPart fyne.CanvasObject
	issue                               *kit.Button
	issued, note, result                *kit.Paragraph
	drawn                               tools.LimitModel
}

func newLimitForm(k *kit.Kit, c LimitCommands, m *kit.Measure) *limitForm {
	f := &limitForm{kit: k, commands: c, measure: m, title: kit.NewParagraph("", kit.Strong, m, 0), text: kit.NewParagraph("", kit.Secondary, m, 0)}
	f.refused = kit.Column(0)
	f.form = kit.Column(theme.Large, f.newLocations(), f.newChoices(), f.newPolicy(), f.newCommand(), f.newToken())
	f.object = kit.Column(theme.Large, kit.Column(0, f.title, f.text), f.refused, f.form)
	return f
}

func (f *limitForm) newLocations() fyne.CanvasObject {
	f.locations = kit.Column(0)
	f.entry = kit.NewEntry("limit.location", "Bucket or folder", "measurements/2026/")
	f.entry.OnSubmitted = func(string) { f.addLocation() }
	f.add = f.kit.Button("limit.add", "Add", "", kit.Plain, f.addLocation)
	f.bucket = f.kit.Button("limit.choose-bucket", "Choose a bucket", "chevron-down", kit.Plain, f.openBuckets)
	look := kit.Caption
	look.Color = theme.ColorBad
	f.fault = kit.NewParagraph("", look, f.measure, 0)
	row := kit.Stretch(theme.Small, 0, kit.Sized(f.entry, 0, 9*theme.Grid), f.add)
	return kit.Column(theme.Small, kit.NewText("Buckets and folders", kit.Body), f.locations, row, f.fault, kit.Line(0, f.bucket))
}

func (f *limitForm) addLocation() {
	if f.commands.AddLocation(f.entry.Text) {
		f.entry.Put("")
	}
}

func (f *limitForm) openBuckets() {
	var items []kit.Item
	for _, b := range f.drawn.Buckets {
		items = append(items, kit.Item{ID: kit.RowID("bucket", b), Label: b, Do: func() { f.commands.AddLocation(b) }})
	}
	f.kit.ShowMenuBelow(f.bucket, items)
}

const lifetimeWidth = 60 * theme.Grid

func (f *limitForm) newChoices() fyne.CanvasObject {
	f.write = kit.NewCheck("limit.write", "May write and delete there too", func(bool) { f.changed() })
	help := kit.NewParagraph("Without this the keys only list and read.", kit.Caption, f.measure, kit.CheckInset)
	f.lifetime = f.kit.NewChoice("limit.lifetime", "Life of the keys", func(string) { f.changed() })
	lifetime := kit.Column(theme.Grid, kit.NewText("A set of keys lives", kit.Body), kit.Line(0, kit.Sized(f.lifetime, lifetimeWidth, 9*theme.Grid)),
		kit.NewParagraph("Whoever takes a copy of the keys can use them this long. The program itself gets new ones.", kit.Caption, f.measure, 0))
	return kit.Column(theme.Medium, kit.Column(0, f.write, kit.Inset(help, 0, 0, 0, kit.CheckInset)), lifetime)
}

func (f *limitForm) changed() {
	f.commands.SetOptions(f.write.On(), f.lifetime.Value(), f.program.Text)
}

func (f *limitForm) newPolicy() fyne.CanvasObject {
	f.problem = kit.NewParagraph("", kit.Secondary, f.measure, 0)
	f.policy = kit.NewCode("", f.measure, 2*kit.CodePadding)
	f.length = kit.NewParagraph("", kit.Caption, f.measure, 0)
	f.policyPart = kit.Column(theme.Grid, kit.CodeBox(f.policy), f.length)
	return kit.Column(theme.Grid, kit.NewText("The policy that goes to the server", kit.Body), f.problem, f.policyPart)
}

func (f *limitForm) newCommand() fyne.CanvasObject {
	f.command = kit.NewCode("", f.measure, 2*kit.CodePadding)
	f.copied = kit.NewText("Copied.", kit.Secondary.Whole())
	copy := f.kit.Button("limit.copy-command", "Copy", "copy", kit.Plain, f.commands.CopyCommand)
	f.commandPart = kit.Column(theme.Small, kit.NewText("Run a program with such keys from a terminal", kit.Body), kit.CodeBox(f.command), kit.Line(theme.Small, copy, f.copied))
	return f.commandPart
}

// shells are the shells for which the token can be copied.
var shells = []struct{ format, label string }{{"env", "Copy for sh, bash, zsh"}, {"fish", "for fish"}, {"powershell", "for PowerShell"}}

func (f *limitForm) newToken() fyne.CanvasObject {
	f.program = kit.NewEntry("limit.program", "Name of the program", "train.py")
	f.program.OnChanged = func(string) { f.changed() }
	f.issue = f.kit.Button("limit.issue", "Make keys", "", kit.Primary, f.commands.Issue)
	f.issued, f.note, f.result = kit.NewParagraph("", kit.Body, f.measure, 0), kit.NewParagraph("", kit.Caption, f.measure, 0), kit.NewParagraph("", kit.Secondary, f.measure, 0)
	var copies []fyne.CanvasObject
	for _, s := range shells {
		copies = append(copies, f.kit.Button(kit.RowID("limit.copy", s.format), s.label, "", kit.Plain, func() { f.commands.CopyToken(s.format) }))
	}
	buttons := kit.Wrapped(f.measure, copies...)
	f.issuedPart = kit.Column(theme.Small, f.issued, buttons, f.result, f.note)
	row := kit.Stretch(theme.Small, 0, kit.Sized(f.program, 0, 9*theme.Grid), f.issue)
	return kit.Column(theme.Small, kit.NewText("Or give them to a program that is started otherwise", kit.Body), row, f.issuedPart)
}

func (f *limitForm) render(m tools.LimitModel) {
	f.title.Set(m.Title)
	f.text.Set(m.Text)
	if m.Refused != f.drawn.Refused {
		f.refused.Objects = problemBox(m.Refused, f.measure)
	}
	kit.SetVisible(f.refused, m.Refused.Title != "")
	kit.SetVisible(f.form, m.Refused.Title == "")
	if !slices.Equal(m.Locations, f.drawn.Locations) {
		f.setLocations(m.Locations)
	}
	f.fault.Set(m.Fault)
	kit.SetVisible(f.bucket, len(m.Buckets) > 0)
	f.write.Put(m.Write)
	f.lifetime.Put(m.Lifetimes, m.Lifetime)
	f.program.Put(m.Program)
	f.problem.Set(m.Problem)
	f.policy.Set(m.Policy)
	f.length.Set(m.Length)
	f.command.Set(m.Command)
	kit.SetVisible(f.policyPart, m.Policy != "")
	kit.SetVisible(f.copied, m.Copied)
	kit.SetVisible(f.commandPart, m.Command != "")
	f.issue.SetEnabled(m.CanIssue)
	f.issue.SetLabel(map[bool]string{true: "Asking the server", false: "Make keys"}[m.Issuing])
	f.issued.Set(m.Issued)
	f.note.Set(m.Note)
	f.result.Set(m.Result)
	kit.SetVisible(f.issuedPart, m.Issued != "")
	f.drawn = m
}

func (f *limitForm) setLocations(places []string) {
	f.locations.Objects = nil
	for i, p := range places {
		drop := f.kit.IconButton(kit.RowID("limit.remove", p), "close", "Take out "+p, func() { f.commands.RemoveLocation(i) })
		f.locations.Add(kit.Stretch(theme.Small, 1, kit.NewIcon("folder", theme.ColorSecondary, 18), kit.NewText(p, kit.Body), drop))
	}
	f.locations.Refresh()
}

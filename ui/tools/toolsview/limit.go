package toolsview

import (
	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/tools"
)

// LimitCommands are what the user can do in the form for limited credentials.
type LimitCommands interface {
	locationCommands
	// SetOptions sets whether the credentials may write, how long they are valid and the name of the program.
	SetOptions(write bool, lifetime, program string)
	// Issue issues a token, CopyToken copies it for a shell, CopyCommand what runs a program with such credentials.
	Issue()
	CopyToken(shell string)
	CopyCommand()
}

// limitForm is the form for limited credentials. What is typed stays while the rest changes.
type limitForm struct {
	measure *kit.Measure
	object  *fyne.Container
	title   *kit.Paragraph
	text    *kit.Paragraph
	refused *fyne.Container
	form    *fyne.Container

	locations *limitLocations
	options   *limitOptions
	policy    *limitPolicy
	command   *limitCommand
	token     *limitToken
	drawn     tools.LimitModel
}

func newLimitForm(k *kit.Kit, c LimitCommands, m *kit.Measure) *limitForm {
	f := &limitForm{measure: m, title: kit.NewParagraph("", kit.Strong, m, 0), text: kit.NewParagraph("", kit.Secondary, m, 0)}
	f.refused = kit.Column(0)
	f.locations = newLimitLocations(k, "limit", c, m)
	f.options = newLimitOptions(k, m)
	f.policy = newLimitPolicy(m)
	f.command = newLimitCommand(k, c, m)
	f.token = newLimitToken(k, c, m)
	changed := func() { c.SetOptions(f.options.write.On(), f.options.lifetime.Value(), f.token.program.Text) }
	f.options.changed, f.token.changed = changed, changed
	f.form = kit.Column(theme.Large, f.locations.object, f.options.object, f.policy.object, f.command.object, f.token.object)
	f.object = kit.Column(theme.Large, kit.Column(0, f.title, f.text), f.refused, f.form)
	return f
}

func (f *limitForm) render(m tools.LimitModel) {
	f.title.Set(m.Title)
	f.text.Set(m.Text)
	if m.Refused != f.drawn.Refused {
		f.refused.Objects = problemBox(m.Refused, f.measure)
	}
	kit.SetVisible(f.refused, m.Refused.Title != "")
	kit.SetVisible(f.form, m.Refused.Title == "")
	f.locations.render(tools.LocationsModel{Locations: m.Locations, Fault: m.Fault, Buckets: m.Buckets})
	f.options.render(m)
	f.policy.render(m)
	f.command.render(m)
	f.token.render(m)
	f.drawn = m
}

// limitOptions are what the credentials may do, and for how long.
type limitOptions struct {
	object   fyne.CanvasObject
	write    *kit.Check
	lifetime *kit.Choice
	changed  func()
}

// lifetimeWidth is the least width of the choice.
const lifetimeWidth = 60 * theme.Grid

func newLimitOptions(k *kit.Kit, m *kit.Measure) *limitOptions {
	o := &limitOptions{}
	o.write = kit.NewCheck("limit.write", messages.Text("tools.limit.write"), m, func(bool) { o.changed() })
	help := kit.NewParagraph(messages.Text("tools.limit.write.help"), kit.Caption, m, kit.CheckInset())
	o.lifetime = k.NewChoice("limit.lifetime", messages.Text("tools.limit.lifetime"), func(string) { o.changed() })
	lifetime := kit.Column(theme.Grid, kit.NewLabel(messages.Text("tools.limit.lifetime"), kit.Body, m, 0), kit.Line(0, o.lifetime.Within(m, theme.ForText(lifetimeWidth))),
		kit.NewParagraph(messages.Text("tools.limit.lifetime.help"), kit.Caption, m, 0))
	o.object = kit.Column(theme.Medium, kit.Column(0, o.write, kit.Inset(help, 0, 0, 0, kit.CheckInset())), lifetime)
	return o
}

func (o *limitOptions) render(m tools.LimitModel) {
	o.write.Put(m.Write)
	o.lifetime.Put(m.Lifetimes, m.Lifetime)
}

// limitPolicy is the session policy, or why there is none.
type limitPolicy struct {
	object  fyne.CanvasObject
	problem *kit.Paragraph
	box     fyne.CanvasObject
	policy  *kit.Code
	length  *kit.Paragraph
}

func newLimitPolicy(m *kit.Measure) *limitPolicy {
	p := &limitPolicy{problem: kit.NewParagraph("", kit.Secondary, m, 0), policy: kit.NewCode("", m, 2*kit.CodePadding)}
	p.length = kit.NewParagraph("", kit.Caption, m, 0)
	p.box = kit.Column(theme.Grid, kit.CodeBox(p.policy), p.length)
	p.object = kit.Column(theme.Grid, kit.NewLabel(messages.Text("tools.limit.policy"), kit.Body, m, 0), p.problem, p.box)
	return p
}

func (p *limitPolicy) render(m tools.LimitModel) {
	p.problem.Set(m.Problem)
	p.policy.Set(m.Policy)
	p.length.Set(m.Length)
	kit.SetVisible(p.box, m.Policy != "")
}

// limitCommand is the command that runs a program with such credentials.
type limitCommand struct {
	object  fyne.CanvasObject
	command *kit.Code
	copied  *kit.Text
}

func newLimitCommand(k *kit.Kit, c LimitCommands, m *kit.Measure) *limitCommand {
	l := &limitCommand{command: kit.NewCode("", m, 2*kit.CodePadding), copied: kit.NewText(messages.Text("tools.note.copied"), kit.Secondary.Whole())}
	copy := k.Button("limit.copy-command", messages.Text("common.copy"), "copy", kit.Plain, c.CopyCommand)
	l.object = kit.Column(theme.Small, kit.NewLabel(messages.Text("tools.limit.command"), kit.Body, m, 0), kit.CodeBox(l.command), kit.Line(theme.Small, copy, l.copied))
	return l
}

func (l *limitCommand) render(m tools.LimitModel) {
	l.command.Set(m.Command)
	kit.SetVisible(l.copied, m.Copied)
	kit.SetVisible(l.object, m.Command != "")
}

// limitToken issues a token for a program that is started otherwise, and copies it.
type limitToken struct {
	object               fyne.CanvasObject
	program              *kit.Entry
	issue                *kit.Button
	box                  fyne.CanvasObject
	issued, note, result *kit.Paragraph
	changed              func()
}

// shells are the shells for which the token can be copied, and the IDs of the labels of their buttons.
var shells = []struct{ format, label string }{
	{"env", "tools.limit.copy.sh"}, {"fish", "tools.limit.copy.fish"}, {"powershell", "tools.limit.copy.powershell"},
}

func newLimitToken(k *kit.Kit, c LimitCommands, m *kit.Measure) *limitToken {
	t := &limitToken{program: kit.NewEntry("limit.program", messages.Text("tools.limit.program"), "train.py")}
	t.program.OnChanged = func(string) { t.changed() }
	t.issue = k.Button("limit.issue", messages.Text("tools.limit.create"), "", kit.Primary, c.Issue)
	t.issued, t.note, t.result = kit.NewParagraph("", kit.Body, m, 0), kit.NewParagraph("", kit.Caption, m, 0), kit.NewParagraph("", kit.Secondary, m, 0)
	var copies []fyne.CanvasObject
	for _, s := range shells {
		copies = append(copies, k.Button(kit.RowID("limit.copy", s.format), messages.Text(s.label), "", kit.Plain, func() { c.CopyToken(s.format) }))
	}
	t.box = kit.Column(theme.Small, t.issued, kit.Wrapped(m, copies...), t.result, t.note)
	row := kit.Stretch(theme.Small, 0, kit.Sized(t.program, 0, kit.InputHeight()), t.issue)
	t.object = kit.Column(theme.Small, kit.NewLabel(messages.Text("tools.limit.token"), kit.Body, m, 0), row, t.box)
	return t
}

func (t *limitToken) render(m tools.LimitModel) {
	t.program.Put(m.Program)
	t.issue.SetEnabled(m.CanIssue)
	label := messages.Text("tools.limit.create")
	if m.Issuing {
		label = messages.Text("tools.limit.creating")
	}
	t.issue.SetLabel(label)
	t.issued.Set(m.Issued)
	t.note.Set(m.Note)
	t.result.Set(m.Result)
	kit.SetVisible(t.box, m.Issued != "")
}

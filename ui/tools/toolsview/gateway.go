package toolsview

import (
	"slices"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/tools"
)

// GatewayCommands are what the user can do in the form for key pairs.
type GatewayCommands interface {
	locationCommands
	// SetOptions sets the name of the program, and whether the pair is limited and may write.
	SetOptions(program string, limited, write bool)
	// Create makes the key pair, and CopyField copies a field of it.
	Create()
	CopyField(id string)
}

// gatewayForm is the form for key pairs. What is typed stays while the rest changes.
type gatewayForm struct {
	object      *fyne.Container
	title, text *kit.Paragraph
	program     *kit.Entry
	create      *kit.Button
	limits      *gatewayLimits
	pair        *gatewayPair
}

func newGatewayForm(k *kit.Kit, c GatewayCommands, m *kit.Measure) *gatewayForm {
	f := &gatewayForm{title: kit.NewParagraph("", kit.Strong, m, 0), text: kit.NewParagraph("", kit.Secondary, m, 0)}
	f.program = kit.NewEntry("gateway.program", messages.Text("tools.limit.program"), "restic")
	f.create = k.Button("gateway.create", messages.Text("tools.gateway.create"), "", kit.Primary, c.Create)
	changed := func() { c.SetOptions(f.program.Text, f.limits.limited.On(), f.limits.write.On()) }
	f.program.OnChanged = func(string) { changed() }
	f.limits = newGatewayLimits(k, c, m, changed)
	f.pair = newGatewayPair(k, c, m)
	name := kit.Column(theme.Small, kit.NewLabel(messages.Text("tools.limit.program"), kit.Body, m, 0), kit.Sized(f.program, 0, kit.InputHeight()))
	f.object = kit.Column(theme.Large, kit.Column(0, f.title, f.text), name, f.limits.object, kit.Line(0, f.create), f.pair.object)
	return f
}

func (f *gatewayForm) render(m tools.GatewayModel) {
	f.title.Set(m.Title)
	f.text.Set(m.Text)
	f.program.Put(m.Program)
	f.create.SetEnabled(m.CanCreate)
	label := messages.Text("tools.gateway.create")
	if m.Creating {
		label = messages.Text("tools.limit.creating")
	}
	f.create.SetLabel(label)
	f.limits.render(m)
	f.pair.render(m)
}

// gatewayLimits are what a key pair reaches.
type gatewayLimits struct {
	object         *fyne.Container
	limited, write *kit.Check
	locations      *limitLocations
	problem        *kit.Paragraph
	narrow         *fyne.Container
}

func newGatewayLimits(k *kit.Kit, c GatewayCommands, m *kit.Measure, changed func()) *gatewayLimits {
	l := &gatewayLimits{locations: newLimitLocations(k, "gateway", c, m), problem: kit.NewParagraph("", kit.Secondary, m, 0)}
	l.limited = kit.NewCheck("gateway.limited", messages.Text("tools.gateway.limited"), m, func(bool) { changed() })
	l.write = kit.NewCheck("gateway.write", messages.Text("tools.limit.write"), m, func(bool) { changed() })
	l.narrow = kit.Column(theme.Medium, l.locations.object, l.write, l.problem)
	l.object = kit.Column(theme.Medium, l.limited, l.narrow)
	return l
}

func (l *gatewayLimits) render(m tools.GatewayModel) {
	kit.SetVisible(l.object, m.CanLimit)
	l.limited.Put(m.Limited)
	l.write.Put(m.Write)
	l.locations.render(m.Locations)
	l.problem.Set(m.Problem)
	kit.SetVisible(l.problem, m.Problem != "")
	kit.SetVisible(l.narrow, m.Limited)
}

// gatewayPair is what to enter in the program.
type gatewayPair struct {
	kit                   *kit.Kit
	commands              GatewayCommands
	measure               *kit.Measure
	object, fields        *fyne.Container
	created, result, note *kit.Paragraph
	drawn                 []tools.Field
}

func newGatewayPair(k *kit.Kit, c GatewayCommands, m *kit.Measure) *gatewayPair {
	p := &gatewayPair{kit: k, commands: c, measure: m, fields: kit.Column(theme.Medium)}
	p.created, p.result, p.note = kit.NewParagraph("", kit.Body, m, 0), kit.NewParagraph("", kit.Secondary, m, 0), kit.NewParagraph("", kit.Caption, m, 0)
	p.object = kit.Column(theme.Medium, p.created, p.fields, p.result, p.note)
	return p
}

func (p *gatewayPair) render(m tools.GatewayModel) {
	p.created.Set(m.Created)
	p.result.Set(m.Result)
	p.note.Set(m.Note)
	if !slices.Equal(m.Fields, p.drawn) {
		p.fields.Objects = nil
		for _, f := range m.Fields {
			p.fields.Add(p.field(f))
		}
		p.drawn = m.Fields
	}
	kit.SetVisible(p.object, m.Created != "")
}

// field returns a field with its label above it, and the button that copies it beside it.
func (p *gatewayPair) field(f tools.Field) fyne.CanvasObject {
	words := kit.Column(0, kit.NewParagraph(f.Label, kit.Caption, p.measure, kit.ButtonHeight()), kit.NewParagraph(f.Value, kit.Body, p.measure, kit.ButtonHeight()))
	if f.Copy == "" {
		return words
	}
	button := p.kit.IconButton(kit.RowID("gateway.copy", f.ID), "copy", f.Copy, func() { p.commands.CopyField(f.ID) })
	return kit.Stretch(theme.Small, 0, words, button)
}

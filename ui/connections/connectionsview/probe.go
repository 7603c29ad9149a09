package connectionsview

import (
	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// ProbeCommands are what the user can do while a probe is shown.
type ProbeCommands interface {
	// ContinueProbe shows the form with what was found, AllowHosts asks the hosts too that an answer named, and LeaveProbe
	// ends the probe.
	ContinueProbe()
	AllowHosts()
	LeaveProbe()
}

// Probe is a sheet with the steps of a probe as they come.
type Probe struct {
	kit      *kit.Kit
	commands ProbeCommands
	sheet    *kit.Sheet
	text     *kit.Paragraph
	measure  *kit.Measure
	steps    *fyne.Container
	leave    *kit.Button
	allow    *kit.Button
	proceed  *kit.Button
}

// NewProbe returns what shows nothing until Render.
func NewProbe(k *kit.Kit, c ProbeCommands) *Probe { return &Probe{kit: k, commands: c} }

// Render shows m, and opens the sheet for it.
func (p *Probe) Render(m connections.Probe) {
	if p.sheet == nil {
		p.open(m)
	}
	p.text.Set(m.Text)
	p.steps.Objects = nil
	for _, s := range m.Steps {
		p.steps.Add(p.step(s))
	}
	p.leave.SetLabel(messages.Text("common.close"))
	if m.Busy {
		p.leave.SetLabel(messages.Text("common.cancel"))
	}
	for button, label := range map[*kit.Button]string{p.allow: m.Allow, p.proceed: m.Continue} {
		kit.SetVisible(button, label != "")
		button.SetLabel(label)
	}
	p.steps.Refresh()
	p.sheet.Fit()
	if m.Continue != "" {
		p.kit.Focus(p.proceed)
	}
}

// Hide puts the sheet away.
func (p *Probe) Hide() {
	if p.sheet != nil {
		p.sheet.Leave()
	}
}

func (p *Probe) open(m connections.Probe) {
	p.sheet = p.kit.NewWideSheet(m.Title)
	p.measure = kit.NewMeasure(p.sheet.Width())
	p.text = p.sheet.AddText(m.Text, kit.Secondary)
	p.steps = kit.Column(theme.Small)
	p.sheet.Add(p.steps)
	p.sheet.OnLeave = func() {
		p.sheet = nil
		p.commands.LeaveProbe()
	}
	p.leave = p.kit.Button("probe.close", messages.Text("common.cancel"), "", kit.Plain, p.Hide)
	p.allow = p.kit.Button("probe.allow", "", "", kit.Plain, p.commands.AllowHosts)
	p.proceed = p.kit.Button("probe.continue", "", "", kit.Primary, p.commands.ContinueProbe)
	p.allow.Hide()
	p.proceed.Hide()
	p.sheet.Show(p.leave, p.leave, p.allow, p.proceed)
}

// step is one line: what was checked, at which host, and what was found.
func (p *Probe) step(s connections.ProbeStep) fyne.CanvasObject {
	words := kit.Column(0, kit.NewParagraph(s.Title, kit.Body, p.measure, kit.SeverityInset()))
	for _, line := range []string{s.Text, s.Where} {
		if line != "" {
			words.Add(kit.NewParagraph(line, kit.Caption, p.measure, kit.SeverityInset()))
		}
	}
	return kit.WithSeverity(s.Severity, words)
}

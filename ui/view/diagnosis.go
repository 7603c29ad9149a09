package view

import (
	"reflect"

	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// diagnosis is the details of a connection.
type diagnosis struct {
	env     Env
	page    *kit.Page
	measure *kit.Measure
	title   *kit.Paragraph
	text    *kit.Paragraph
	content *fyne.Container
	copy    *kit.Button
	again   *kit.Button
	drawn   present.Diagnosis
}

const (
	diagnosisWidth = 160 * theme.Grid
	// factName is the width of the names in a table.
	factName = 44 * theme.Grid
)

func newDiagnosis(env Env) *diagnosis {
	d := &diagnosis{env: env, measure: kit.NewMeasure(diagnosisWidth), content: kit.Column(theme.Huge)}
	d.title = kit.NewParagraph("", kit.Title, d.measure, 0)
	d.text = kit.NewParagraph("", kit.Secondary, d.measure, 0)
	d.copy = env.Kit.Button("Copy report", "", kit.Primary, func() { env.Intents.Copy(d.drawn.Report) })
	d.again = env.Kit.Button("Check again", "", kit.Plain, func() { env.Intents.Do(d.drawn.ID, present.DoDetails) })
	leave := env.Kit.Button("Close", "", kit.Plain, func() { env.Intents.Show(present.ShowSession) })
	head := kit.Column(theme.Grid, d.title, d.text)
	d.page = kit.NewPage(d.measure, kit.AtTop, kit.Column(theme.Large, head, kit.Line(theme.Small, d.copy, d.again, leave), d.content))
	return d
}

func (d *diagnosis) render(m present.Diagnosis) {
	if reflect.DeepEqual(m, d.drawn) {
		return
	}
	d.title.Set(m.Title)
	d.text.Set(m.Text)
	d.copy.SetEnabled(m.Report != "")
	d.again.SetEnabled(!m.Busy)
	d.content.Objects = nil
	if checks := d.checks(m.Checks); len(checks) > 0 {
		d.content.Add(kit.Column(theme.Medium, checks...))
	}
	for _, t := range m.Tables {
		rows := []fyne.CanvasObject{kit.NewText(t.Title, kit.Strong)}
		for _, f := range t.Facts {
			rows = append(rows, d.fact(f))
		}
		d.content.Add(kit.Column(theme.Small, rows...))
	}
	if m.ID != d.drawn.ID {
		d.page.ScrollToTop()
	}
	d.drawn = m
	d.page.Refresh()
}

func (d *diagnosis) checks(all []present.CheckLine) []fyne.CanvasObject {
	const inset = 16 + theme.Small
	var rows []fyne.CanvasObject
	for _, c := range all {
		mark := kit.NewSeverityIcon(16)
		mark.SetSeverity(c.Mark)
		words := kit.Column(0, kit.NewParagraph(c.Title, kit.Body, d.measure, inset))
		if c.Detail != "" {
			words.Add(kit.NewParagraph(c.Detail, kit.Caption, d.measure, inset))
		}
		if c.Admin != "" {
			words.Add(kit.NewParagraph("For the administrator: "+c.Admin, kit.Caption, d.measure, inset))
		}
		rows = append(rows, kit.Beside(16, theme.Small, kit.Sized(mark, 16, 5*theme.Grid), words))
	}
	return rows
}

// fact is a line of a table; what is long goes on below.
func (d *diagnosis) fact(f present.Fact) fyne.CanvasObject {
	const inset = factName + theme.Large
	value := kit.Column(0, kit.NewParagraph(f.Value, kit.Body, d.measure, inset))
	if f.Note != "" {
		value.Add(kit.NewParagraph(f.Note, kit.Caption, d.measure, inset))
	}
	return kit.Beside(factName, theme.Large, kit.Sized(kit.NewText(f.Name, kit.Secondary), 0, 5*theme.Grid), value)
}

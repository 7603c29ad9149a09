// Package diagnosisview draws the screen with the details of a connection.
package diagnosisview

import (
	"reflect"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/diagnosis"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// Commands are what the user can do on the screen.
type Commands interface {
	// CopyReport copies all of it as text.
	CopyReport()
	// Again checks the connection again, and Leave closes the screen.
	Again()
	Leave()
}

// View is the screen.
type View struct {
	page    *kit.Page
	measure *kit.Measure
	title   *kit.Paragraph
	text    *kit.Paragraph
	content *fyne.Container
	copy    *kit.Button
	again   *kit.Button
	drawn   diagnosis.Model
}

const (
	diagnosisWidth = 160 * theme.Grid
	// factName is the width of the names in a table.
	factName = 44 * theme.Grid
)

// New returns the screen, which shows nothing until Render.
func New(k *kit.Kit, c Commands) *View {
	d := &View{measure: kit.NewMeasure(theme.ForText(diagnosisWidth)), content: kit.Column(theme.Huge)}
	d.title = kit.NewParagraph("", kit.Title, d.measure, 0)
	d.text = kit.NewParagraph("", kit.Secondary, d.measure, 0)
	d.copy = k.Button("diagnosis.copy-report", messages.Text("diagnosis.copy-report"), "", kit.Primary, c.CopyReport)
	d.again = k.Button("diagnosis.check-again", messages.Text("diagnosis.check-again"), "", kit.Plain, c.Again)
	leave := k.Button("diagnosis.close", messages.Text("common.close"), "", kit.Plain, c.Leave)
	head := kit.Column(theme.Grid, d.title, d.text)
	d.page = kit.NewPage(d.measure, kit.AtTop, kit.Column(theme.Large, head, kit.Line(theme.Small, d.copy, d.again, leave), d.content))
	return d
}

// Object returns what to put on screen.
func (d *View) Object() fyne.CanvasObject { return d.page.Object() }

// Render shows m.
func (d *View) Render(m diagnosis.Model) {
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

func (d *View) checks(all []diagnosis.Check) []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, c := range all {
		words := kit.Column(0, kit.NewParagraph(c.Title, kit.Body, d.measure, kit.SeverityInset()))
		if c.Detail != "" {
			words.Add(kit.NewParagraph(c.Detail, kit.Caption, d.measure, kit.SeverityInset()))
		}
		if c.Admin != "" {
			words.Add(kit.NewParagraph(present.ForAdministrator(c.Admin), kit.Caption, d.measure, kit.SeverityInset()))
		}
		rows = append(rows, kit.WithSeverity(c.Severity, words))
	}
	return rows
}

// fact is a line of a table; what is long goes on below.
func (d *View) fact(f diagnosis.Fact) fyne.CanvasObject {
	inset := theme.ForText(factName) + theme.Large
	value := kit.Column(0, kit.NewParagraph(f.Value, kit.Body, d.measure, inset))
	if f.Note != "" {
		value.Add(kit.NewParagraph(f.Note, kit.Caption, d.measure, inset))
	}
	return kit.Beside(theme.ForText(factName), theme.Large, kit.NewParagraph(f.Name, kit.Secondary, kit.NewMeasure(theme.ForText(factName)), 0), value)
}

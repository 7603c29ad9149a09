package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"daypass/app"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// question asks what to do where a name is taken: once by itself, and again when it is asked for.
type question struct {
	env  Env
	seen map[string]bool
	open *kit.Sheet
	id   string
}

func newQuestion(env Env) *question { return &question{env: env, seen: map[string]bool{}} }

// render shows a new question, unless something else is being asked, and puts away one that is
// answered elsewhere.
func (q *question) render(c *present.Conflict) {
	if q.open != nil && (c == nil || c.ID != q.id) {
		q.open.Leave()
		q.open = nil
	}
	if c != nil && !q.seen[c.ID] && q.open == nil && q.env.Kit.Canvas().Overlays().Top() == nil {
		q.ask(c)
	}
}

func (q *question) ask(c *present.Conflict) {
	if c == nil {
		return
	}
	q.seen[c.ID], q.id = true, c.ID
	all := kit.NewCheck(c.ForAll, func(bool) {})
	kit.SetVisible(all, c.ForAll != "")
	sheet := q.env.Kit.NewSheet(c.Title)
	sheet.OnLeave = func() { q.open = nil }
	answer := func(choice app.ConflictPolicy) func() {
		return func() {
			sheet.Leave()
			q.env.Intents.Answer(c.Transfer, app.ConflictAnswer{Question: c.ID, Choice: choice, ForAll: c.ForAll != "" && all.On()})
		}
	}
	sheet.AddText(c.Text, kit.Secondary)
	sheet.Add(kit.Column(theme.Grid, kit.NewText(c.Facts[0], kit.Body), kit.NewText(c.Facts[1], kit.Body)))
	sheet.Add(all)
	skip := q.env.Kit.Button("Skip", "", kit.Plain, answer(app.Skip))
	both := q.env.Kit.Button("Keep both", "", kit.Plain, answer(app.KeepBoth))
	replace := q.env.Kit.Button("Replace", "", kit.Danger, answer(app.Replace))
	replace.SetEnabled(c.CanReplace)
	later := q.env.Kit.Button("Later", "", kit.Quiet, sheet.Leave)
	q.open = sheet
	sheet.Show(skip, later, skip, both, replace)
}

// failuresHeight is the most that a list of failures takes of the screen.
const failuresHeight = 88 * theme.Grid

// showFailures lists what a transfer did not move.
func showFailures(env Env, f present.Failures) {
	sheet := env.Kit.NewSheet(f.Title)
	sheet.AddText(f.Text, kit.Secondary)
	measure := kit.NewMeasure(kit.SheetWidth - 2*theme.Medium)
	rowHeight := failureHeight(f.Lines, measure)
	list := kit.NewList(rowHeight, func() int { return len(f.Lines) }, func() kit.Row { return newFailureRow(f.Lines, measure) })
	list.Inset = theme.Medium
	height := min(float32(len(f.Lines))*rowHeight, failuresHeight)
	sheet.Add(kit.Sized(list, kit.SheetWidth, height))
	if f.More != "" {
		sheet.Add(kit.NewText(f.More, kit.Caption))
	}
	done := env.Kit.Button("Close", "", kit.Plain, sheet.Leave)
	sheet.Show(done, done)
}

// failureHeight is the height of a row in which the longest cause has room.
func failureHeight(lines []present.FailureLine, m *kit.Measure) float32 {
	row := newFailureRow(lines, m)
	var most float32
	for i := range lines {
		row.Bind(i)
		most = max(most, row.why.MinSize().Height)
	}
	return row.name.MinSize().Height + most + 3*theme.Grid
}

// failureRow is one file that was not moved.
type failureRow struct {
	widget.BaseWidget
	lines []present.FailureLine
	name  *kit.Text
	why   *kit.Paragraph
}

func newFailureRow(lines []present.FailureLine, m *kit.Measure) *failureRow {
	r := &failureRow{lines: lines, name: kit.NewText("", kit.Body.InMiddle()), why: kit.NewParagraph("", kit.Caption, m, 0)}
	r.ExtendBaseWidget(r)
	return r
}

// Parts tells the widget report what the row is made of.
func (r *failureRow) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{r.name, r.why} }

// CreateRenderer implements fyne.Widget.
func (r *failureRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.Stretch(0, 0, kit.Column(0, r.name, r.why)))
}

// Bind implements kit.Row.
func (r *failureRow) Bind(i int) {
	r.name.Set(r.lines[i].Name)
	r.why.Set(r.lines[i].Why)
}

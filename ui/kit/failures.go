package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"daypass/app/messages"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// failuresHeight returns the greatest height of a list of failures.
func failuresHeight() float32 { return theme.ForText(88 * theme.Grid) }

// ShowFailures lists what a transfer or a change did not do.
func (k *Kit) ShowFailures(f present.Failures) {
	sheet := k.NewSheet(f.Title)
	sheet.AddText(f.Text, Secondary)
	measure := NewMeasure(sheet.Width() - 2*theme.Medium)
	rowHeight := failureHeight(f.Lines, measure)
	list := NewList(f.Title, rowHeight, func() int { return len(f.Lines) }, func() Row { return newFailureRow(f.Lines, measure) })
	list.Inset = theme.Medium
	height := min(float32(len(f.Lines))*rowHeight, failuresHeight())
	sheet.Add(Sized(list, sheet.Width(), height))
	if f.More != "" {
		sheet.Add(NewText(f.More, Caption))
	}
	done := k.Button("close", messages.Text("common.close"), "", Plain, sheet.Leave)
	sheet.Show(done, done)
}

// failureHeight is the height of a row in which the longest cause has room.
func failureHeight(lines []present.FailureLine, m *Measure) float32 {
	row := newFailureRow(lines, m)
	var height float32
	for i := range lines {
		row.Bind(i)
		height = max(height, row.why.MinSize().Height)
	}
	return row.name.MinSize().Height + height + 3*theme.Grid
}

// failureRow is one file that failed.
type failureRow struct {
	widget.BaseWidget
	lines []present.FailureLine
	name  *Text
	why   *Paragraph
}

func newFailureRow(lines []present.FailureLine, m *Measure) *failureRow {
	r := &failureRow{lines: lines, name: NewText("", Body.InMiddle()), why: NewParagraph("", Caption, m, 0)}
	r.ExtendBaseWidget(r)
	return r
}

// Parts returns what the row is made of, for the report of widgets.
func (r *failureRow) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{r.name, r.why} }

// CreateRenderer implements fyne.Widget.
func (r *failureRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Stretch(0, 0, Column(0, r.name, r.why)))
}

// Bind implements Row.
func (r *failureRow) Bind(i int) {
	r.name.Set(r.lines[i].Name)
	r.why.Set(r.lines[i].Why)
}

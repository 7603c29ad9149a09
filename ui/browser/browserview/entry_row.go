package browserview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// entryRow is one bucket, folder or object in a list.
type entryRow struct {
	widget.BaseWidget
	entry  func(i int) browser.EntryRow
	cells  *kit.Cells
	row    *fyne.Container
	icon   *kit.Icon
	name   *kit.Text
	values []*kit.Text
}

// newEntryRow makes a row laid out as cells are.
func newEntryRow(cells *kit.Cells, entry func(i int) browser.EntryRow) *entryRow {
	r := &entryRow{entry: entry, cells: cells, icon: kit.NewIcon("", theme.ColorSecondary, 18), name: kit.NewText("", kit.Body.InMiddle())}
	objects := []fyne.CanvasObject{kit.Stretch(theme.Small, 1, r.icon, r.name)}
	for _, c := range browser.Columns[1:] {
		style := kit.Secondary
		if c.Right {
			style = style.Right()
		}
		text := kit.NewText("", style)
		r.values, objects = append(r.values, text), append(objects, text)
	}
	r.row = container.New(cells, objects...)
	r.ExtendBaseWidget(r)
	return r
}

// Parts returns what the row is made of, for the report of widgets.
func (r *entryRow) Parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{r.name}
	for _, text := range r.values {
		parts = append(parts, text)
	}
	return parts
}

// CreateRenderer implements fyne.Widget.
func (r *entryRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.row) }

// realign lays the row out again after its cells have changed.
func (r *entryRow) realign() { r.cells.Layout(r.row.Objects, r.row.Size()) }

// naturalWidth returns the width that column i would need to show all of its text.
func (r *entryRow) naturalWidth(i int) float32 {
	if i > 0 {
		return r.values[i-1].NaturalWidth()
	}
	return r.icon.MinSize().Width + theme.Small + r.name.NaturalWidth()
}

// Grabs implements kit.Grip: a row is grabbed at its icon or its name.
func (r *entryRow) Grabs(x float32) bool {
	return x < min(r.naturalWidth(0), r.row.Objects[0].Size().Width)
}

// Bind implements kit.Row.
func (r *entryRow) Bind(i int) {
	m := r.entry(i)
	color := theme.ColorSecondary
	if m.Folder {
		color = theme.ColorAccentText
	}
	r.icon.Set(theme.IconName(m.Icon), color)
	r.name.Set(m.Name)
	for i, text := range r.values {
		value := ""
		if i < len(m.Values) {
			value = m.Values[i]
		}
		text.Set(value)
	}
}

package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/view/kit"
)

// entryRow is one bucket, folder or object in a list.
type entryRow struct {
	widget.BaseWidget
	entry                func(i int) present.EntryRow
	icon                 *kit.Icon
	name, size, modified *kit.Text
}

func newEntryRow(entry func(i int) present.EntryRow) *entryRow {
	r := &entryRow{entry: entry, icon: kit.NewIcon("", theme.ColorSecondary, 18), name: kit.NewText("", kit.Body.InMiddle())}
	r.size, r.modified = kit.NewText("", kit.Secondary.Right()), kit.NewText("", kit.Secondary)
	r.ExtendBaseWidget(r)
	return r
}

// Parts tells the widget report what the row is made of.
func (r *entryRow) Parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.name, r.size, r.modified}
}

// CreateRenderer implements fyne.Widget.
func (r *entryRow) CreateRenderer() fyne.WidgetRenderer {
	name := kit.Stretch(theme.Small, 1, r.icon, r.name)
	return widget.NewSimpleRenderer(container.New(&kit.Cells{Widths: columnWidths}, name, r.size, r.modified))
}

// Grabs implements kit.Grip: a row is grabbed at its icon or its name.
func (r *entryRow) Grabs(x float32) bool {
	return x < r.icon.MinSize().Width+theme.Small+min(r.name.NaturalWidth(), r.name.Size().Width)
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
	r.size.Set(m.Size)
	r.modified.Set(m.Modified)
}

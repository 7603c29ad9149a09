package transfersview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/transfers"
)

// transferRow is one transfer.
type transferRow struct {
	widget.BaseWidget
	panel        *View
	way, icon    *kit.Icon
	title, where *kit.Text
	text         *kit.Text
	meter        *meter
	buttons      []*kit.Button
	row          transfers.Row
}

// maxActions is how many buttons a row can have.
const maxActions = 3

// actionIcons are the icons of a row's buttons; what is not here shows its label. Each stands for one thing: a square
// stops what runs, a cross only removes the row.
var actionIcons = map[transfers.Command]theme.IconName{
	transfers.Pause: "pause", transfers.Resume: "resume", transfers.Retry: "refresh",
	transfers.Cancel: "stop", transfers.Clear: "close", transfers.ShowFailures: "info", transfers.OpenFolder: "folder",
}

func newTransferRow(t *View) *transferRow {
	r := &transferRow{panel: t, way: kit.NewIcon("", theme.ColorSecondary, 18), icon: kit.NewSeverityIcon(14), meter: newMeter(rowMeter)}
	r.title, r.where = kit.NewText("", kit.Body.InMiddle()), kit.NewText("", kit.Caption)
	r.text = kit.NewText("", kit.Caption)
	for n := range maxActions {
		b := t.kit.Button("", "", "", kit.Quiet, func() { t.press(r.row.Actions[n]) })
		r.buttons = append(r.buttons, b)
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *transferRow) objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.way, r.icon, r.title, r.where, r.text, r.meter.object}
	for _, b := range r.buttons {
		objects = append(objects, b)
	}
	return objects
}

// Parts returns what the row is made of, for the report of widgets.
func (r *transferRow) Parts() []fyne.CanvasObject { return r.objects() }

// CreateRenderer implements fyne.Widget.
func (r *transferRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(&transferCells{r}, r.objects()...))
}

// Bind implements kit.Row.
func (r *transferRow) Bind(i int) {
	row := r.panel.rows[i]
	r.row = row
	r.way.Set(theme.IconName(row.Icon), theme.ColorSecondary)
	r.icon.SetSeverity(row.Severity)
	r.title.Set(row.Title)
	r.where.Set(row.Where)
	r.text.Set(row.Text)
	r.meter.render(row.Meter)
	for n, b := range r.buttons {
		kit.SetVisible(b, n < len(row.Actions))
		if n < len(row.Actions) {
			r.setButton(b, row.Actions[n])
		}
	}
	r.Refresh()
}

func (r *transferRow) setButton(b *kit.Button, a transfers.Action) {
	icon := actionIcons[a.Command]
	b.SetID(kit.RowID("transfer."+string(a.Command), a.ID))
	b.SetIcon(icon)
	b.SetHint(a.Label)
	if icon != "" {
		b.SetLabel("")
		b.SetKind(kit.Quiet)
		return
	}
	b.SetLabel(a.Label)
	b.SetKind(kit.Link)
}

// transferCells puts a transfer into three columns: what and where, how far it is, its buttons.
type transferCells struct{ r *transferRow }

const (
	rowMeter = 30 * theme.Grid
	// minTransferName is the width that a transfer's name keeps beside the numbers.
	minTransferName = 44 * theme.Grid
)

// transferButtons returns the width of the buttons of a transfer.
func transferButtons() float32 { return maxActions * kit.ButtonHeight() }

// MinSize implements fyne.Layout.
func (*transferCells) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(minTransferName, transferRowHeight())
}

// Layout implements fyne.Layout.
func (c *transferCells) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	r := c.r
	x, right := r.way.MinSize().Width+theme.Small, s.Width
	for i := len(r.buttons) - 1; i >= 0; i-- {
		if b := r.buttons[i]; b.Visible() {
			right -= b.MinSize().Width
			kit.Center(b, right, b.MinSize(), s.Height)
		}
	}
	end := min(right, s.Width-transferButtons()) - theme.Medium
	r.meter.setNarrow(end-r.meter.width(false)-theme.Large < x+minTransferName)
	middle := end - r.meter.width(r.meter.narrow)
	upper, lower := theme.Small+1, theme.Small+r.title.MinSize().Height+3
	kit.Center(r.way, 0, r.way.MinSize(), s.Height)
	name := max(0, middle-theme.Large-x)
	place(r.title, x, upper, name)
	place(r.where, x, lower, name)
	r.meter.object.Resize(fyne.NewSize(end-middle, r.title.MinSize().Height))
	r.meter.object.Move(fyne.NewPos(middle, upper))
	text := lower
	if !r.row.Meter.Shown {
		text = (s.Height - r.text.MinSize().Height) / 2
	}
	r.icon.Resize(fyne.NewSize(14, r.text.MinSize().Height))
	r.icon.Move(fyne.NewPos(middle, text))
	place(r.text, middle+14+theme.Grid, text, max(0, end-middle-14-theme.Grid))
}

// place puts a text at a position.
func place(t *kit.Text, x, y, width float32) {
	t.Resize(fyne.NewSize(width, t.MinSize().Height))
	t.Move(fyne.NewPos(float32(int(x)), float32(int(y))))
}

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
	text         *kit.Paragraph
	measure      *kit.Measure // of text
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
	r.measure = kit.NewMeasure(theme.ForText(kit.MessageWidth))
	r.text = kit.NewLabel("", kit.Caption, r.measure, 0)
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

// transferCells puts a transfer into three columns: what and where, how far it is, its buttons. Large text has how far it
// is below.
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
	kit.Center(r.way, 0, r.way.MinSize(), s.Height)
	end := min(right, s.Width-transferButtons()) - theme.Medium
	if stacked() {
		c.stack(x, end)
		return
	}
	r.meter.setNarrow(end-r.meter.width(false)-theme.Large < x+minTransferName)
	middle := end - r.meter.width(r.meter.narrow)
	c.placeName(x, max(0, middle-theme.Large-x))
	upper, lower := theme.Small+1, theme.Small+r.title.MinSize().Height+3
	r.meter.object.Resize(fyne.NewSize(end-middle, r.title.MinSize().Height))
	r.meter.object.Move(fyne.NewPos(middle, upper))
	text := lower
	if !r.row.Meter.Shown {
		c.fitText(end - middle)
		text = max(0, (s.Height-r.text.MinSize().Height)/2)
	}
	c.placeText(middle, text, end-middle)
}

// stack puts all of a transfer below each other.
func (c *transferCells) stack(x, end float32) {
	r := c.r
	c.placeName(x, end-x)
	y := r.where.Position().Y + r.where.MinSize().Height
	if r.row.Meter.Shown {
		r.meter.setNarrow(r.meter.width(false) > end-x)
		height := r.title.MinSize().Height
		r.meter.object.Resize(fyne.NewSize(end-x, height))
		r.meter.object.Move(fyne.NewPos(x, y))
		y += height
	}
	c.placeText(x, y, end-x)
}

// needed returns the height that a transfer has room in, once it was laid out.
func (r *transferRow) needed() float32 {
	if !stacked() {
		return transferRowHeight()
	}
	return r.text.Position().Y + r.text.MinSize().Height + theme.Small
}

// placeName places what is transferred, and where.
func (c *transferCells) placeName(x, width float32) {
	place(c.r.title, x, theme.Small+1, width)
	place(c.r.where, x, theme.Small+c.r.title.MinSize().Height+3, width)
}

// textInset returns where the text begins behind its icon.
func textInset() float32 { return theme.ForText(14) + theme.Grid }

// fitText breaks the text into lines that have room in a width.
func (c *transferCells) fitText(width float32) { c.r.measure.Fit(width - textInset()) }

// placeText places the text and its icon.
func (c *transferCells) placeText(x, y, width float32) {
	r := c.r
	c.fitText(width)
	size := r.text.MinSize()
	r.icon.Resize(fyne.NewSize(theme.ForText(14), r.text.LineHeight()))
	r.icon.Move(fyne.NewPos(x, y))
	r.text.Resize(size)
	r.text.Move(fyne.NewPos(float32(int(x+textInset())), float32(int(y))))
}

// place puts a text at a position.
func place(t *kit.Text, x, y, width float32) {
	t.Resize(fyne.NewSize(width, t.MinSize().Height))
	t.Move(fyne.NewPos(float32(int(x)), float32(int(y))))
}

package view

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// TransferIntents is what a person can want of transfers.
type TransferIntents interface {
	// Transfer does something to one transfer, or to all that it makes sense for where id is empty.
	Transfer(id string, do present.TransferDo)
	// OpenTransfers unfolds the panel, or folds it.
	OpenTransfers(open bool)
	// Answer answers the question of a transfer.
	Answer(id string, answer app.ConflictAnswer)
}

// transfers is the panel at the foot of the window: one line, or a list.
type transfers struct {
	env      Env
	object   *fyne.Container
	line     *fyne.Container
	fold     *kit.Button
	mark     *kit.Icon
	title    *kit.Text
	note     *kit.Text
	meter    *meter
	do       *kit.Button
	clear    *kit.Button
	clears   bool // where there is room, clear is shown
	list     *kit.List
	listBox  *fyne.Container
	height   *tall
	question *question
	rows     []present.TransferRow
	drawn    present.Transfers
}

const (
	transferLineHeight = 10 * theme.Grid
	transferRowHeight  = 15 * theme.Grid
	transferRowsShown  = 4
)

func newTransfers(env Env) *transfers {
	t := &transfers{env: env, mark: kit.NewSeverityIcon(16), meter: newMeter(lineMeter)}
	t.question = newQuestion(env)
	t.fold = env.Kit.IconButton("sort-up", "Show all transfers", func() { env.Intents.OpenTransfers(!t.drawn.Open) })
	t.title, t.note = kit.NewText("", kit.Body), kit.NewText("", kit.Caption.Whole())
	t.do = env.Kit.Button("", "", kit.Link, func() { t.press(t.drawn.Line.Do) })
	t.clear = env.Kit.Button("Clear finished", "", kit.Link, func() { env.Intents.Transfer("", present.ClearTransfer) })
	t.line = container.New(&transferLine{t}, t.fold, t.mark, t.title, t.note, t.meter.object, t.do, t.clear)
	t.list = kit.NewList(transferRowHeight, func() int { return len(t.rows) }, func() kit.Row { return newTransferRow(t) })
	t.list.Inset = theme.Huge
	t.height = &tall{}
	t.listBox = container.New(t.height, t.list)
	t.listBox.Hide()
	head := kit.Sized(kit.Inset(t.line, 0, theme.Huge, 0, theme.Large), 0, transferLineHeight)
	t.object = container.NewStack(kit.NewGround(theme.ColorSidebar), kit.Framed(head, t.listBox, nil))
	t.object.Hide()
	return t
}

// render shows m, and reports whether the panel takes another height now.
func (t *transfers) render(m present.Transfers) (resized bool) {
	t.question.render(m.Question)
	if reflect.DeepEqual(m, t.drawn) {
		return false // nothing is drawn while nothing moves
	}
	resized = t.drawn.Shown != m.Shown || t.drawn.Open != m.Open || m.Open && len(m.Rows) != len(t.drawn.Rows)
	t.drawn = m
	kit.SetVisible(t.object, m.Shown)
	if !m.Shown {
		return resized
	}
	t.renderLine(m)
	if !sameRows(m.Rows, t.rows) {
		t.rows = m.Rows
		t.list.Update()
	}
	if resized {
		t.fit(m)
	}
	return resized
}

func sameRows(a, b []present.TransferRow) bool {
	return slices.EqualFunc(a, b, func(x, y present.TransferRow) bool {
		return x.ID == y.ID && x.Mark == y.Mark && x.Title == y.Title && x.Where == y.Where && x.Text == y.Text &&
			x.Meter == y.Meter && slices.Equal(x.Actions, y.Actions)
	})
}

// fit gives the list room for a few rows; more are scrolled.
func (t *transfers) fit(m present.Transfers) {
	rows := min(len(m.Rows), transferRowsShown)
	t.height.height = float32(rows)*transferRowHeight + theme.Small
	kit.SetVisible(t.listBox, m.Open)
	t.object.Refresh()
}

func (t *transfers) renderLine(m present.Transfers) {
	icon, hint := theme.IconName("sort-up"), "Show all transfers"
	if m.Open {
		icon, hint = "sort-down", "Fold the transfers"
	}
	t.fold.SetIcon(icon)
	t.fold.SetHint(hint)
	t.mark.SetSeverity(m.Line.Mark)
	t.title.Set(m.Line.Title)
	t.note.Set(m.Line.Note)
	kit.SetVisible(t.note, m.Line.Note != "")
	t.meter.render(m.Line.Meter)
	t.do.SetLabel(m.Line.Do.Label)
	kit.SetVisible(t.do, m.Line.Do.Label != "")
	t.clears = m.Line.CanClear && (m.Open || !m.Line.Meter.Shown)
	t.line.Refresh()
}

// press does what a button of the panel says.
func (t *transfers) press(a present.TransferAction) {
	if a.Do == present.AskTransfer {
		t.question.ask(t.drawn.Question)
		return
	}
	t.env.Intents.Transfer(a.ID, a.Do)
}

// transferLine lays out the folded line: the title takes what is left, the meter goes where there
// is no room for it.
type transferLine struct{ t *transfers }

const (
	lineMeter = 40 * theme.Grid
	// roomForNumbers is the width from which the speed and the time left are shown.
	roomForNumbers = 640
)

// MinSize implements fyne.Layout.
func (l *transferLine) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(50*theme.Grid, kit.ButtonHeight)
}

// Layout implements fyne.Layout.
func (l *transferLine) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	title := l.t.title
	narrow := s.Width < roomForNumbers
	l.t.meter.setNarrow(narrow)
	kit.SetVisible(l.t.clear, l.t.clears && !(narrow && l.t.drawn.Line.Meter.Shown))
	right := s.Width
	for i := len(objects) - 1; i >= 0 && objects[i] != title; i-- {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if o == l.t.note {
			least.Width = min(least.Width, max(0, right/2))
		}
		right -= least.Width
		centre(o, right, least, s.Height)
		right -= theme.Medium
	}
	x := float32(0)
	for _, o := range []fyne.CanvasObject{l.t.fold, l.t.mark} {
		centre(o, x, o.MinSize(), s.Height)
		x += o.MinSize().Width + theme.Small
	}
	centre(title, x, fyne.NewSize(max(0, right-x), title.MinSize().Height), s.Height)
}

// centre puts o at x, in the middle of a height.
func centre(o fyne.CanvasObject, x float32, size fyne.Size, height float32) {
	o.Resize(size)
	o.Move(fyne.NewPos(float32(int(x)), float32(int((height-size.Height)/2+0.5))))
}

// tall gives its content a height that can change.
type tall struct{ height float32 }

// MinSize implements fyne.Layout.
func (t *tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, t.height) }

// Layout implements fyne.Layout.
func (t *tall) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }

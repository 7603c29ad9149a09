// Package transfersview draws the panel of transfers.
package transfersview

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app"
	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/transfers"
)

// Commands are what the user can do in the panel.
type Commands interface {
	// Do does something to one transfer, or to all that it makes sense for where id is empty.
	Do(id string, command transfers.Command)
	// Open expands the panel, or collapses it.
	Open(open bool)
	// Answer answers the question of a transfer.
	Answer(id string, answer app.ConflictAnswer)
}

// View is the panel: one line, or a list.
type View struct {
	kit      *kit.Kit
	commands Commands
	object   *fyne.Container
	line     *line
	list     *kit.List
	listBox  *fyne.Container
	height   *tall
	question *question
	rows     []transfers.Row
	drawn    transfers.Model
	fitted   fittedRows
}

// fittedRows is the height that the rows of the list need in a width of it.
type fittedRows struct{ width, height float32 }

// line is the line that the collapsed panel consists of.
type line struct {
	object *fyne.Container
	fold   *kit.Button
	icon   *kit.Icon
	title  *kit.Text
	note   *kit.Text
	meter  *meter
	do     *kit.Button
	clear  *kit.Button
	clears bool // where there is room, clear is shown
	drawn  transfers.Line
}

const transferRowsShown = 4

// LineHeight returns the height of the collapsed panel.
func LineHeight() float32 { return theme.ForText(10 * theme.Grid) }

// transferRowHeight returns the height of a transfer in the list.
func transferRowHeight() float32 {
	if stacked() {
		return theme.ForText(22 * theme.Grid)
	}
	return theme.ForText(15 * theme.Grid)
}

// stacked reports whether text is so large that all of a transfer stands below each other.
func stacked() bool { return theme.ForText(1) > 1.4 }

// New returns the panel, which is hidden while there are no transfers.
func New(k *kit.Kit, c Commands) *View {
	t := &View{kit: k, commands: c, question: newQuestion(k, c)}
	t.line = newLine(t)
	t.list = kit.NewList(messages.Text("transfers.list"), transferRowHeight(), func() int { return len(t.rows) }, func() kit.Row { return newTransferRow(t) })
	t.list.Inset = theme.Huge
	t.list.OnSeen = t.fitRows
	t.height = &tall{}
	t.listBox = container.New(t.height, t.list)
	t.listBox.Hide()
	head := kit.Sized(kit.Inset(t.line.object, 0, theme.Huge, 0, theme.Large), 0, LineHeight())
	t.object = container.NewStack(kit.NewGround(theme.ColorSidebar), kit.Framed(head, t.listBox, nil))
	t.object.Hide()
	return t
}

func newLine(v *View) *line {
	l := &line{icon: kit.NewSeverityIcon(16), meter: newMeter(lineMeter)}
	l.fold = v.kit.IconButton("transfers.fold", "sort-up", messages.Text("transfers.expand"), func() { v.commands.Open(!v.drawn.Open) })
	l.title, l.note = kit.NewText("", kit.Body), kit.NewText("", kit.Caption.Whole())
	l.do = v.kit.Button("", "", "", kit.Link, func() { v.press(l.drawn.Action) })
	l.clear = v.kit.Button("transfers.clear", messages.Text("transfers.clear"), "", kit.Link, func() { v.commands.Do("", transfers.Clear) })
	l.object = container.New(&lineLayout{l}, l.fold, l.icon, l.title, l.note, l.meter.object, l.do, l.clear)
	return l
}

// Object returns what to put on screen.
func (t *View) Object() fyne.CanvasObject { return t.object }

// Render shows m, and reports whether the panel takes another height now.
func (t *View) Render(m transfers.Model) (resized bool) {
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
	t.line.render(m)
	if !sameRows(m.Rows, t.rows) {
		t.rows = m.Rows
		t.list.Update()
	}
	if resized {
		t.fit(m)
	}
	return resized
}

func sameRows(a, b []transfers.Row) bool {
	return slices.EqualFunc(a, b, func(x, y transfers.Row) bool {
		return x.ID == y.ID && x.Severity == y.Severity && x.Title == y.Title && x.Where == y.Where && x.Text == y.Text &&
			x.Meter == y.Meter && slices.Equal(x.Actions, y.Actions)
	})
}

// fit makes room for a few rows of the list; more are scrolled.
func (t *View) fit(m transfers.Model) {
	rows := min(len(m.Rows), transferRowsShown)
	t.height.height = float32(rows)*transferRowHeight() + theme.Small
	kit.SetVisible(t.listBox, m.Open)
	t.object.Refresh()
}

// fitRows sets the height of the rows to what those seen so far need: in a narrow window large text has more lines. A list has
// rows of one height.
func (t *View) fitRows(int) {
	if width := t.list.Size().Width; width != t.fitted.width {
		t.fitted = fittedRows{width, transferRowHeight()}
	}
	for _, r := range t.list.Rows() {
		t.fitted.height = max(t.fitted.height, r.(*transferRow).needed())
	}
	t.list.SetRowHeight(t.fitted.height)
}

func (l *line) render(m transfers.Model) {
	icon, hint := theme.IconName("sort-up"), messages.Text("transfers.expand")
	if m.Open {
		icon, hint = "sort-down", messages.Text("transfers.collapse")
	}
	l.drawn = m.Line
	l.fold.SetIcon(icon)
	l.fold.SetHint(hint)
	l.fold.SetExpanded(m.Open)
	l.icon.SetSeverity(m.Line.Severity)
	l.title.SetShorter(m.Line.Shorter...)
	l.title.Set(m.Line.Title)
	l.note.Set(m.Line.Note)
	kit.SetVisible(l.note, m.Line.Note != "")
	l.meter.render(m.Line.Meter)
	l.do.SetID(kit.PartID("transfers", string(m.Line.Action.Command)))
	l.do.SetLabel(m.Line.Action.Label)
	kit.SetVisible(l.do, m.Line.Action.Label != "")
	l.clears = m.Line.CanClear && (m.Open || !m.Line.Meter.Shown)
	l.object.Refresh()
}

// press does what a button of the panel says.
func (t *View) press(a transfers.Action) {
	if a.Command == transfers.Ask {
		t.question.ask(t.drawn.Question)
		return
	}
	t.commands.Do(a.ID, a.Command)
}

// lineLayout lays out the line: the title takes what is left, the meter goes where there is no room for it.
type lineLayout struct{ l *line }

const (
	lineMeter = 40 * theme.Grid
	// roomForNumbers is the width from which the speed and the time left are shown, roomForNote that from which the note
	// is, and roomForMeter that from which there is a meter.
	roomForNumbers = 640
	roomForNote    = 480
	roomForMeter   = 400
	// maxLineTitle is the most of the title that the rest makes room for.
	maxLineTitle = 44 * theme.Grid
)

// MinSize implements fyne.Layout.
func (l *lineLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(50*theme.Grid, kit.ButtonHeight())
}

// Layout implements fyne.Layout.
func (l *lineLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	title := l.l.title
	narrow := s.Width < theme.ForText(roomForNumbers)
	l.l.meter.setNarrow(narrow)
	kit.SetVisible(l.l.clear, l.l.clears && !(narrow && l.l.drawn.Meter.Shown))
	kit.SetVisible(l.l.note, l.l.drawn.Note != "" && s.Width >= theme.ForText(roomForNote))
	kit.SetVisible(l.l.meter.object, l.l.drawn.Meter.Shown && s.Width >= theme.ForText(roomForMeter))
	for _, o := range []fyne.CanvasObject{l.l.note, l.l.clear, l.l.meter.object} {
		if l.free(objects, s.Width) < min(title.NaturalWidth(), theme.ForText(maxLineTitle)) {
			kit.SetVisible(o, false)
		}
	}
	right := s.Width
	for i := len(objects) - 1; i >= 0 && objects[i] != title; i-- {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if o == l.l.note {
			least.Width = min(least.Width, max(0, right/2))
		}
		right -= least.Width
		kit.Center(o, right, least, s.Height)
		right -= theme.Medium
	}
	x := float32(0)
	for _, o := range []fyne.CanvasObject{l.l.fold, l.l.icon} {
		kit.Center(o, x, o.MinSize(), s.Height)
		x += o.MinSize().Width + theme.Small
	}
	kit.Center(title, x, fyne.NewSize(max(0, right-x), title.MinSize().Height), s.Height)
}

// free returns the width that is left for the title.
func (l *lineLayout) free(objects []fyne.CanvasObject, width float32) float32 {
	for _, o := range objects {
		if o.Visible() && o != l.l.title {
			width -= o.MinSize().Width + theme.Medium
		}
	}
	return width
}

// tall is a layout with a height that can change.
type tall struct{ height float32 }

// MinSize implements fyne.Layout.
func (t *tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, t.height) }

// Layout implements fyne.Layout.
func (t *tall) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }

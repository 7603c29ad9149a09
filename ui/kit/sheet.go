package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// SheetWidth is the width of the content of a sheet with text of the ordinary size; see Sheet.Width.
const SheetWidth = 112 * theme.Grid

// Sheet is a title, some content and buttons above the window.
type Sheet struct {
	// OnLeave is called when the sheet is put away, however that came about.
	OnLeave func()

	kit     *Kit
	canvas  fyne.Canvas
	before  fyne.Focusable
	measure *Measure
	column  *fyne.Container
	buttons *fyne.Container
	pop     *widget.PopUp
	first   fyne.Focusable
	confirm *Button
}

// NewSheet makes a sheet that is not shown yet.
func (k *Kit) NewSheet(title string) *Sheet { return k.newSheet(title, SheetWidth) }

// NewWideSheet makes a sheet for what needs room.
func (k *Kit) NewWideSheet(title string) *Sheet {
	return k.newSheet(title, 170*theme.Grid)
}

func (k *Kit) newSheet(title string, width float32) *Sheet {
	c := k.Canvas()
	width = min(theme.ForText(width), roomForSheet(c))
	s := &Sheet{kit: k, canvas: c, before: c.Focused(), measure: NewMeasure(width), column: Column(theme.Medium)}
	s.AddText(title, Strong)
	return s
}

// roomForSheet returns how wide the content of a sheet can be.
func roomForSheet(c fyne.Canvas) float32 { return c.Size().Width - 2*theme.Large - 2*theme.Small }

// Width returns the width of the content.
func (s *Sheet) Width() float32 { return s.measure.Width() }

// Add adds content below what is there.
func (s *Sheet) Add(o fyne.CanvasObject) { s.column.Add(o) }

// NewText makes running text of the sheet's width.
func (s *Sheet) NewText(text string, look Look) *Paragraph {
	return NewParagraph(text, look, s.measure, 0)
}

// NewCheck makes a check of the sheet's width.
func (s *Sheet) NewCheck(id, label string, changed func(on bool)) *Check {
	return NewCheck(id, label, s.measure, changed)
}

// AddText adds running text.
func (s *Sheet) AddText(text string, look Look) *Paragraph {
	p := s.NewText(text, look)
	s.Add(p)
	return p
}

// Focus focuses o instead of a button when the sheet is shown.
func (s *Sheet) Focus(o fyne.Focusable) { s.first = o }

// Show opens the sheet with its buttons at the right, the focus on first. Wherever in it the focus is, Escape
// leaves it, and Enter presses the primary button, or the only one.
func (s *Sheet) Show(first *Button, buttons ...*Button) {
	s.buttons = container.New(&sheetButtons{s})
	for _, b := range buttons {
		if b.kind == Primary || len(buttons) == 1 {
			s.confirm = b
		}
		s.buttons.Add(b)
	}
	content := Column(theme.Medium, newSheetBody(s), s.buttons)
	s.pop = widget.NewModalPopUp(newPane(s, Inset(content, theme.Large, theme.Large, theme.Large, theme.Large)), s.canvas)
	s.pop.Show()
	s.kit.sheets = append(s.kit.sheets, s)
	if s.first == nil {
		s.first = first
	}
	s.canvas.Focus(s.first)
}

// Fit makes room after the content has changed.
func (s *Sheet) Fit() {
	if s.pop != nil {
		size, room := s.pop.MinSize(), s.canvas.Size()
		s.pop.Resize(size)
		s.pop.Move(fyne.NewPos(float32(int((room.Width-size.Width)/2)), float32(int(max(0, (room.Height-size.Height)/2)))))
		s.pop.Refresh()
	}
}

// Open reports whether the sheet is in sight.
func (s *Sheet) Open() bool { return s.pop != nil && s.pop.Visible() }

// Leave puts the sheet away and gives the focus back.
func (s *Sheet) Leave() {
	if !s.Open() {
		return
	}
	s.pop.Hide()
	if at := slices.Index(s.kit.sheets, s); at >= 0 {
		s.kit.sheets = s.kit.sheets[:at] // the toolkit takes away what lies over it too
	}
	s.kit.giveBack(s.before)
	if s.OnLeave != nil {
		s.OnLeave()
	}
}

// typed takes a key that nothing in the sheet with the focus takes.
func (s *Sheet) typed(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		s.Leave()
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.confirm != nil {
			s.confirm.press()
		}
	}
}

// rest returns the height of what a sheet has beside its body: the buttons, and the room around both and the sheet.
func (s *Sheet) rest() float32 { return s.buttons.MinSize().Height + theme.Medium + 4*theme.Large }

// sheetButtons lays out the buttons of a sheet from its right edge, in as many lines as they need in the window.
type sheetButtons struct{ sheet *Sheet }

// lines returns the buttons of each line, without those that are hidden.
func (b *sheetButtons) lines(objects []fyne.CanvasObject) (lines [][]fyne.CanvasObject) {
	used := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		width := o.MinSize().Width
		if len(lines) == 0 || used+theme.Small+width > roomForSheet(b.sheet.canvas) {
			lines, used = append(lines, nil), -theme.Small
		}
		used += theme.Small + width
		lines[len(lines)-1] = append(lines[len(lines)-1], o)
	}
	return lines
}

// MinSize implements fyne.Layout.
func (b *sheetButtons) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, -theme.Small)
	for _, line := range b.lines(objects) {
		width := -theme.Small
		for _, o := range line {
			width += theme.Small + o.MinSize().Width
		}
		size.Width, size.Height = max(size.Width, width), size.Height+ButtonHeight()+theme.Small
	}
	return size
}

// Layout implements fyne.Layout.
func (b *sheetButtons) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for n, line := range b.lines(objects) {
		x, y := s.Width, float32(n)*(ButtonHeight()+theme.Small)
		for i := len(line) - 1; i >= 0; i-- {
			size := line[i].MinSize()
			x -= size.Width
			line[i].Resize(size)
			line[i].Move(fyne.NewPos(x, y+float32(int((ButtonHeight()-size.Height)/2+0.5))))
			x -= theme.Small
		}
	}
}

// sheetBody lays out the content of a sheet, which scrolls where the window is too low for it, so that the buttons below
// it are always in sight.
type sheetBody struct{ sheet *Sheet }

// sheetRing is the room at the right in which the toolkit draws the edge of a field with the focus; what scrolls is
// cut off at its own edge.
const sheetRing = theme.Grid

func newSheetBody(s *Sheet) *fyne.Container {
	return container.New(&sheetBody{s}, Scrolling(container.NewVScroll(Inset(s.column, 0, sheetRing, 0, 0))))
}

// MinSize implements fyne.Layout.
func (b *sheetBody) MinSize([]fyne.CanvasObject) fyne.Size {
	size := b.sheet.column.MinSize()
	size.Height = min(size.Height, max(0, b.sheet.canvas.Size().Height-b.sheet.rest()))
	return size
}

// Layout implements fyne.Layout. Where nothing scrolls, the wheel is left to a list in the content.
func (b *sheetBody) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	scrolling := objects[0].(*fyne.Container)
	setVisible(scrolling.Objects[1], b.sheet.column.MinSize().Height > s.Height)
	scrolling.Resize(s.AddWidthHeight(sheetRing, 0))
}

// pane is the ground of a sheet: a click on it, or on the words on it, leaves the focus where it is.
type pane struct {
	widget.BaseWidget
	sheet   *Sheet
	content fyne.CanvasObject
	focused fyne.Focusable
}

func newPane(s *Sheet, content fyne.CanvasObject) *pane {
	p := &pane{sheet: s, content: content}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *pane) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.content) }

// Parts implements Parts.
func (p *pane) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.content} }

// MouseDown implements desktop.Mouseable. The toolkit takes the focus away after it.
func (p *pane) MouseDown(*desktop.MouseEvent) { p.focused = p.sheet.canvas.Focused() }

// MouseUp implements desktop.Mouseable.
func (p *pane) MouseUp(*desktop.MouseEvent) {
	if p.focused == nil {
		p.focused = p.sheet.first
	}
	if p.sheet.Open() {
		p.sheet.canvas.Focus(p.focused)
	}
}

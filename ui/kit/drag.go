package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"daypass/ui/selection"
	"daypass/ui/theme"
)

// Grip is a Row that knows where it can be grabbed to be dragged; one that is selected can be everywhere.
type Grip interface {
	// Grabs reports whether a place, counted from the row's left, is one to grab it at.
	Grabs(x float32) bool
}

// drag is what moving the pointer with a button held does in a list: it selects rows by a band, or carries those that
// are selected to another.
type drag struct {
	frame *frame // that was grabbed; nil for the ground below the rows
	from  fyne.Position
	// offset is that of the list where the drag began.
	offset float64
	carry  bool
	// begun is true once the pointer has moved far enough to be no click.
	begun  bool
	target int
}

// dragSlack is how far the pointer may move in a click.
const dragSlack = 5

// drag follows the pointer. f is the row in which it went down; nil for none.
func (l *List) drag(f *frame, e *fyne.DragEvent) {
	at := e.AbsolutePosition.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(l))
	if l.dragged == nil {
		from := at.SubtractXY(e.Dragged.DX, e.Dragged.DY)
		l.dragged = &drag{frame: f, from: from, offset: l.offset, target: -1}
	}
	d := l.dragged
	if !d.begun && !l.beginDrag(d, at) {
		return
	}
	l.follow(at)
	if d.carry {
		l.carry(d, at)
	} else {
		l.band(d, at)
	}
}

// beginDrag decides what a drag does once it is one.
func (l *List) beginDrag(d *drag, at fyne.Position) bool {
	moved := at.Subtract(d.from)
	if max(moved.X, -moved.X, moved.Y, -moved.Y) < dragSlack {
		return false
	}
	d.begun = true
	if d.frame == nil || l.OnDrop == nil {
		return true
	}
	i := d.frame.item
	grip, ok := d.frame.content.(Grip)
	if d.carry = l.marked(i) || ok && grip.Grabs(d.from.X-l.Inset); d.carry && !l.marked(i) {
		l.pick(i, selection.Only)
	}
	return true
}

// follow scrolls where the pointer leaves the list above or below.
func (l *List) follow(at fyne.Position) {
	switch {
	case at.Y < 0:
		l.scroll(-float64(l.rowHeight))
	case at.Y > l.Size().Height:
		l.scroll(float64(l.rowHeight))
	}
}

// itemAt is the item at a height in the list; it may be none that there is.
func (l *List) itemAt(y float32) int {
	return int((float64(y) + l.offset) / float64(l.rowHeight))
}

// carry lights the row that what is carried would go to.
func (l *List) carry(d *drag, at fyne.Position) {
	d.target = -1
	inside := at.X >= 0 && at.Y >= 0 && at.X < l.Size().Width && at.Y < l.Size().Height
	if i := l.itemAt(at.Y); inside && i < l.Count() && !l.marked(i) && l.CanDrop != nil && l.CanDrop(i) {
		d.target = i
	}
	l.layer.say(l.DragLabel, at)
	l.Update()
}

// band selects the rows between where the pointer went down and where it is.
func (l *List) band(d *drag, at fyne.Position) {
	if l.OnBand == nil {
		return
	}
	from := fyne.NewPos(d.from.X, d.from.Y+float32(d.offset-l.offset))
	first, last := l.itemAt(min(from.Y, at.Y)), l.itemAt(max(from.Y, at.Y))
	l.OnBand(max(0, first), min(last, l.Count()-1))
	l.layer.mark(from, at, l.Size())
	l.Update()
}

// endDrag drops what is carried. A drag that was none is a click.
func (l *List) endDrag() {
	d := l.dragged
	l.dragged = nil
	l.layer.clear()
	switch {
	case d == nil:
		return
	case !d.begun && d.frame != nil:
		d.frame.Tapped(nil)
	case d.target >= 0:
		l.OnDrop(d.target)
	}
	l.Update()
}

// lit reports whether item i is where what is carried would go.
func (l *listPointer) lit(i int) bool { return l.dragged != nil && l.dragged.target == i }

// Hovered is the item below the pointer; -1 for none.
func (l *listPointer) Hovered() int {
	if l.over == nil || !l.over.Visible() {
		return -1
	}
	return l.over.item
}

// Dragged implements fyne.Draggable.
func (f *frame) Dragged(e *fyne.DragEvent) { f.list.drag(f, e) }

// DragEnd implements fyne.Draggable.
func (f *frame) DragEnd() { f.list.endDrag() }

// Dragged implements fyne.Draggable.
func (b *listBody) Dragged(e *fyne.DragEvent) { b.list.drag(nil, e) }

// DragEnd implements fyne.Draggable.
func (b *listBody) DragEnd() { b.list.endDrag() }

// dragLayer shows a drag above the rows: the band, or what is carried.
type dragLayer struct {
	object *fyne.Container
	rect   *canvas.Rectangle
	box    *Box
	label  *Text
}

func newDragLayer() *dragLayer {
	style := Caption
	style.Color = theme.ColorTipText
	d := &dragLayer{rect: canvas.NewRectangle(color.Transparent), box: NewBox(theme.ColorTip, theme.Radius), label: NewText("", style.Whole())}
	d.object = &fyne.Container{Objects: []fyne.CanvasObject{d.rect, d.box, d.label}}
	d.clear()
	return d
}

// mark shows the band between two places.
func (d *dragLayer) mark(from, to fyne.Position, within fyne.Size) {
	clamp := func(p fyne.Position) fyne.Position {
		return fyne.NewPos(max(0, min(p.X, within.Width)), max(0, min(p.Y, within.Height)))
	}
	from, to = clamp(from), clamp(to)
	accent := colorOf(d.box, fynetheme.ColorNamePrimary)
	r, g, b, _ := accent.RGBA()
	d.rect.StrokeColor, d.rect.StrokeWidth = accent, 1
	d.rect.FillColor = color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0x24}
	d.rect.Move(fyne.NewPos(min(from.X, to.X), min(from.Y, to.Y)))
	d.rect.Resize(fyne.NewSize(max(from.X, to.X)-min(from.X, to.X), max(from.Y, to.Y)-min(from.Y, to.Y)))
	setVisible(d.rect, true)
	d.rect.Refresh()
}

// say shows what is carried, beside the pointer.
func (d *dragLayer) say(label func() string, at fyne.Position) {
	if label == nil {
		return
	}
	d.label.Set(label())
	size := d.label.MinSize()
	at = at.AddXY(theme.Large, theme.Small)
	d.label.Resize(size)
	d.label.Move(at)
	d.box.Resize(size.AddWidthHeight(2*theme.Small, 2*theme.Grid))
	d.box.Move(at.SubtractXY(theme.Small, theme.Grid))
	setVisible(d.box, true)
	setVisible(d.label, true)
}

func (d *dragLayer) clear() {
	for _, o := range d.object.Objects {
		setVisible(o, false)
	}
}

package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/selection"
	"daypass/ui/theme"
)

// Row is the content of one line of a List.
type Row interface {
	fyne.CanvasObject
	// Bind makes the row show item i.
	Bind(i int)
}

// List is a list of rows of one height, of which only those in sight exist. Its offset is counted
// in float64, so that it reaches the last of many million rows, which Fyne's own lists do not.
type List struct {
	widget.BaseWidget
	ListItems
	ListEvents
	ListSelection
	ListDrags
	// Inset is the room left and right of a row's content.
	Inset float32

	name string
	listRows
	listKeys
	listPointer
	// selected is the current item; -1 for none.
	selected int
}

// ListItems is what a list shows.
type ListItems struct {
	// Count is the number of items; Make makes an empty row.
	Count func() int
	Make  func() Row
}

// ListEvents are told of what happens in a list. Each may be nil.
type ListEvents struct {
	// OnSelect, OnOpen and OnMenu get one item; OnMenu gets -1 for the list itself. OnSeen gets the last item in sight.
	OnSelect, OnOpen func(i int)
	OnMenu           func(i int, at fyne.Position)
	OnSeen           func(last int)
	// OnKey gets the keys that the list has no use for, and reports whether it takes one; the window gets the rest.
	OnKey func(fyne.KeyName) bool
	// OnFind returns the next item whose name begins with a text, in small letters, from one item on and around the
	// end; -1 for none.
	OnFind func(text string, from int) int
}

// ListSelection is for a list of which several items can be selected.
type ListSelection struct {
	// OnPick tells how an item joins what is selected, and Marked reports whether it is.
	OnPick func(i int, how selection.How)
	Marked func(i int) bool
}

// ListDrags is for a list in which the pointer can drag.
type ListDrags struct {
	// OnBand selects the items from the first to the last; none where the first is greater.
	OnBand func(first, last int)
	// OnDrop takes what is selected to item i, where CanDrop says that this can be. DragLabel says what is carried.
	OnDrop    func(i int)
	CanDrop   func(i int) bool
	DragLabel func() string
}

// listRows are the rows in sight, and where they are.
type listRows struct {
	rowHeight float32
	offset    float64
	frames    []*frame
	body      *listBody
}

// listKeys is what the keyboard has done.
type listKeys struct {
	focused bool
	shift   bool
	typed   typeAhead
}

// listPointer is what the pointer has done.
type listPointer struct {
	lastTap tapped
	dragged *drag
	layer   *dragLayer
	over    *frame // below the pointer
}

type tapped struct {
	row int
	at  time.Time
}

// doubleTap is the longest time between two clicks that open.
const doubleTap = 500 * time.Millisecond

// NewList returns a list. Its name is what a screen reader calls it.
func NewList(name string, rowHeight float32, count func() int, newRow func() Row) *List {
	l := &List{name: name, ListItems: ListItems{count, newRow}, Inset: theme.Large, selected: -1}
	l.rowHeight, l.layer = rowHeight, newDragLayer()
	l.body = newListBody(l)
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	clip := container.NewClip(l.body)
	r := &renderer{objects: []fyne.CanvasObject{clip, l.layer.object, l.body.trough, l.body.thumb}}
	r.min = func() fyne.Size { return fyne.NewSize(10*theme.Large, l.rowHeight) }
	r.layout = func(s fyne.Size) {
		clip.Resize(s)
		l.body.Resize(s) // which a clip does not do the first time
		l.Update()
	}
	r.refresh = l.Update
	return r
}

// Name implements Named.
func (l *List) Name() string { return l.name }

// SetRowHeight changes the height of the rows.
func (l *List) SetRowHeight(height float32) {
	if l.rowHeight != height {
		l.rowHeight = height
		l.Update()
	}
}

// Selected is the selected item, or -1.
func (l *List) Selected() int { return l.selected }

// Reset goes to the top with the given item selected, or none for -1.
func (l *List) Reset(selected int) {
	l.offset, l.selected = 0, selected
	l.reveal(selected)
	l.Update()
}

// SetSelected marks an item without telling anyone.
func (l *List) SetSelected(i int) {
	if l.selected != i {
		l.selected = i
		l.Update()
	}
}

// Jump makes item i the current one and scrolls to it, without telling anyone.
func (l *List) Jump(i int) {
	l.selected = i
	l.reveal(i)
	l.Update()
}

// Top returns how many rows are above those in sight; the last of them may be in sight in part.
func (l *List) Top() float64 { return l.offset / float64(l.rowHeight) }

// ScrollTo goes to where that many rows are above those in sight, or as far as there are rows.
func (l *List) ScrollTo(rows float64) {
	l.offset = rows * float64(l.rowHeight)
	l.Update()
}

func (l *List) most() float64 {
	return max(0, float64(l.Count())*float64(l.rowHeight)-float64(l.Size().Height))
}

// Update shows the items again, where they changed: it puts the rows in sight in their places.
func (l *List) Update() {
	height := l.Size().Height
	if height <= 0 {
		return
	}
	if l.Count() > 0 { // a list that is loaded again stays where it was
		l.offset = max(0, min(l.offset, l.most()))
	}
	first := int(l.offset / float64(l.rowHeight))
	shown := min(int(height/l.rowHeight)+2, l.Count()-first)
	l.grow(shown)
	for n, f := range l.frames {
		if n >= shown {
			setVisible(f, false)
			continue
		}
		i := first + n
		f.item = i
		f.content.Bind(i)
		f.Resize(fyne.NewSize(l.Size().Width, l.rowHeight))
		f.Move(fyne.NewPos(0, float32(float64(i)*float64(l.rowHeight)-l.offset)))
		f.mark(l.marked(i), l.focused && i == l.selected || l.lit(i), l.lit(i))
		setVisible(f, true)
	}
	l.body.place()
	if l.OnSeen != nil && shown > 0 {
		l.OnSeen(first + shown - 1)
	}
}

// Rows returns the contents of the rows in sight.
func (l *List) Rows() []Row {
	var rows []Row
	for _, f := range l.frames {
		if f.Visible() {
			rows = append(rows, f.content)
		}
	}
	return rows
}

func (l *List) grow(n int) {
	for len(l.frames) < n {
		f := newFrame(l, l.Make())
		l.frames = append(l.frames, f)
		l.body.add(f)
	}
}

// reveal scrolls so that item i is in sight.
func (l *List) reveal(i int) {
	if i < 0 {
		return
	}
	top := float64(i) * float64(l.rowHeight)
	bottom := top + float64(l.rowHeight)
	if top < l.offset {
		l.offset = top
	} else if view := float64(l.Size().Height); view > 0 && bottom > l.offset+view {
		l.offset = bottom - view
	}
}

func (l *List) scroll(by float64) {
	l.offset += by
	l.Update()
}

// choose selects item i and tells so.
func (l *List) open(i int) {
	if i >= 0 && i < l.Count() && l.OnOpen != nil {
		l.OnOpen(i)
	}
}

// tap selects, and opens on the second of two quick clicks.
func (l *List) tap(i int, how selection.How, now time.Time) {
	again := l.lastTap.row == i && how == selection.Only && now.Sub(l.lastTap.at) <= doubleTap
	l.lastTap = tapped{i, now}
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.pick(i, how)
	if again {
		l.lastTap = tapped{row: -1}
		l.open(i)
	}
}

func (l *List) menu(i int, at fyne.Position) {
	if l.Marked == nil || !l.Marked(i) {
		l.pick(i, selection.Only)
	}
	if l.OnMenu != nil {
		l.OnMenu(i, at)
	}
}

// placeMenu opens the menu of the list itself, where it has one.
func (l *List) placeMenu(at fyne.Position) {
	if l.OnMenu != nil && l.Marked != nil {
		l.OnMenu(-1, at)
	}
}

// openMenu opens the menu of the current item, below it, or that of the list where there is none.
func (l *List) openMenu() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	if l.selected < 0 || l.selected >= l.Count() {
		l.placeMenu(at.AddXY(l.Inset, 0))
		return
	}
	l.reveal(l.selected)
	l.Update()
	top := float64(l.selected)*float64(l.rowHeight) - l.offset
	l.menu(l.selected, at.AddXY(l.Inset, float32(top)+l.rowHeight))
}

// FocusGained implements fyne.Focusable.
func (l *List) FocusGained() {
	l.focused = true
	if l.selected < 0 && l.Count() > 0 && l.OnOpen != nil {
		l.selected = 0
	}
	l.Update()
}

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() {
	l.focused, l.shift = false, false
	l.Update()
}

// keyTarget returns the item that a key leads to from the selected one.
func keyTarget(key fyne.KeyName, selected, page, count int) (i int, moves bool) {
	switch key {
	case fyne.KeyDown:
		return selected + 1, true
	case fyne.KeyUp:
		return selected - 1, true
	case fyne.KeyPageDown:
		return selected + page, true
	case fyne.KeyPageUp:
		return selected - page, true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return count - 1, true
	}
	return 0, false
}

// TypedKey implements fyne.Focusable.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(l.Size().Height/l.rowHeight)-1)
	if to, moves := keyTarget(e.Name, l.selected, page, l.Count()); moves {
		l.pick(to, l.keyPick())
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.OnOpen == nil {
			pass(l, e)
		}
		l.open(l.selected)
	case fyne.KeySpace:
		l.space()
	case desktop.KeyMenu:
		l.openMenu()
	case fyne.KeyF10:
		if l.shiftHeld() {
			l.openMenu()
		}
	default:
		if l.OnKey == nil || !l.OnKey(e.Name) {
			pass(l, e)
		}
	}
}

// Parts returns the rows in sight, for the report of widgets.
func (l *List) Parts() []fyne.CanvasObject { return l.body.rows.objects }

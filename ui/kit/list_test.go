package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/kit"
)

// row is a line that tells which item it shows.
type row struct {
	widget.Label
	item int
}

func newRow() kit.Row {
	r := &row{item: -1}
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) Bind(i int) {
	r.item = i
	r.SetText(fmt.Sprint(i))
}

// listOf shows a list of n items in a window 10 rows high.
func listOf(t *testing.T, n *int) (*kit.List, fyne.Window, *int) {
	made := 0
	l := kit.NewList("Items", 20, func() int { return *n }, func() kit.Row { made++; return newRow() })
	w, _, _ := stage(t, l, fyne.NewSize(300, 200))
	return l, w, &made
}

// shown lists the items in sight, from top to bottom.
func shown(l *kit.List) []int {
	var out []int
	for _, o := range l.Parts() {
		if o.Visible() {
			out = append(out, o.(interface{ Parts() []fyne.CanvasObject }).Parts()[0].(*row).item)
		}
	}
	return out
}

// A list of a million has as many rows as fit, and reaches its last item exactly.
func TestList_millionRows(t *testing.T) {
	n := 1_000_000
	l, w, made := listOf(t, &n)
	w.Canvas().Focus(l)
	key(l, fyne.KeyEnd)
	in := shown(l)
	if in[len(in)-1] != n-1 {
		t.Errorf("at the end it shows %v", in)
	}
	for _, o := range l.Parts() {
		if !o.Visible() {
			continue
		}
		item := o.(interface{ Parts() []fyne.CanvasObject }).Parts()[0].(*row).item
		if want := float32(200 - 20*(n-item)); o.Position().Y != want {
			t.Errorf("item %d is at %v, want %v", item, o.Position().Y, want)
		}
	}
	key(l, fyne.KeyPageUp)
	key(l, fyne.KeyHome)
	if in := shown(l); in[0] != 0 || l.Selected() != 0 {
		t.Errorf("at the beginning it shows %v", in)
	}
	if *made > 13 {
		t.Errorf("%d rows were made for 10 in sight", *made)
	}
}

func TestList_keys(t *testing.T) {
	n := 5
	l, w, _ := listOf(t, &n)
	var opened, selected []int
	var other []fyne.KeyName
	l.OnOpen = func(i int) { opened = append(opened, i) }
	l.OnSelect = func(i int) { selected = append(selected, i) }
	l.OnKey = func(k fyne.KeyName) bool { other = append(other, k); return true }
	w.Canvas().Focus(l)
	for _, name := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyUp, fyne.KeyEnd, fyne.KeyDown, fyne.KeyBackspace} {
		key(l, name)
	}
	if fmt.Sprint(opened, selected, other) != "[2] [1 2 1 4] [BackSpace]" {
		t.Errorf("opened %v, selected %v, left over %v", opened, selected, other)
	}
	n = 2
	l.Update()
	key(l, fyne.KeyReturn)
	if len(opened) != 1 {
		t.Error("an item that is gone was opened")
	}
	n = 0
	l.Update()
	key(l, fyne.KeyDown)
	key(l, fyne.KeyEnd)
}

func TestList_clicks(t *testing.T) {
	n := 5
	l, w, _ := listOf(t, &n)
	opened, menu := -1, -1
	l.OnOpen = func(i int) { opened = i }
	l.OnMenu = func(i int, _ fyne.Position) { menu = i }
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 45))
	if l.Selected() != 2 || opened != -1 || w.Canvas().Focused() != l {
		t.Errorf("after a click: selected %d, opened %d", l.Selected(), opened)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 45))
	if opened != 2 {
		t.Errorf("after two clicks opened %d", opened)
	}
	test.TapSecondaryAt(l.Parts()[4].(fyne.SecondaryTappable), fyne.NewPos(5, 5))
	if menu != 4 || l.Selected() != 4 {
		t.Errorf("the menu is for %d, selected %d", menu, l.Selected())
	}
}

// The menu opens by the keyboard too, below the row it is for.
func TestList_menuKey(t *testing.T) {
	n := 50
	l, w, _ := listOf(t, &n)
	menu, at := -2, fyne.Position{}
	l.OnMenu = func(i int, p fyne.Position) { menu, at = i, p }
	w.Canvas().Focus(l)
	key(l, desktop.KeyMenu)
	if menu != -2 {
		t.Errorf("a menu of nothing is for %d", menu)
	}
	l.Marked = func(i int) bool { return i == l.Selected() }
	key(l, desktop.KeyMenu)
	if menu != -1 {
		t.Errorf("the menu of the place is for %d", menu)
	}
	l.Jump(30)
	key(l, desktop.KeyMenu)
	if menu != 30 || at.Y != 200 {
		t.Errorf("the menu is for %d, at %v", menu, at)
	}
}

// The list tells how far it is seen, so that the next page is loaded before the end.
func TestList_reportsVisibleRange(t *testing.T) {
	n := 100
	l, w, _ := listOf(t, &n)
	seen := 0
	l.OnSeen = func(last int) { seen = last }
	test.Scroll(w.Canvas(), fyne.NewPos(50, 50), 0, -3*25)
	if seen < 20 || seen > 22 {
		t.Errorf("after three clicks of the wheel, of 72 each, it has seen %d", seen)
	}
	test.Scroll(w.Canvas(), fyne.NewPos(50, 50), 0, -84.3)
	if seen < 24 || seen > 26 {
		t.Errorf("after 84 more by a touchpad it has seen %d", seen)
	}
	test.Scroll(w.Canvas(), fyne.NewPos(50, 50), 0, 9999)
	if in := shown(l); in[0] != 0 {
		t.Errorf("scrolled above the beginning: %v", in)
	}
}

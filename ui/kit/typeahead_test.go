package kit

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daypass/ui/selection"
)

// Letters go to the next item that begins with them, in whatever case; a pause begins again, and the same letter again
// goes from one to the next.
func TestTypeAhead_matches(t *testing.T) {
	names := []string{"alpha", "Beta", "beta two", "bravo", "Charlie"}
	test.NewTempApp(t)
	l := NewList("Items", 20, func() int { return len(names) }, func() Row { return nil })
	l.OnFind = func(text string, from int) int {
		for k := range names {
			if i := (from + k) % len(names); strings.HasPrefix(strings.ToLower(names[i]), text) {
				return i
			}
		}
		return -1
	}
	at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	for _, step := range []struct {
		typed string
		after time.Duration
		want  string
	}{
		{"b", 0, "Beta"},
		{"R", 100 * time.Millisecond, "bravo"},
		{"c", 2 * time.Second, "Charlie"},
		{"b", 2 * time.Second, "Beta"},
		{"b", 100 * time.Millisecond, "beta two"},
		{"b", 100 * time.Millisecond, "bravo"},
		{"b", 100 * time.Millisecond, "Beta"},
		{"x", 2 * time.Second, "Beta"},
		{"b", 2 * time.Second, "beta two"},
		{"e", 100 * time.Millisecond, "beta two"},
		{"t", 100 * time.Millisecond, "beta two"},
		{"a", 100 * time.Millisecond, "beta two"},
		{" ", 100 * time.Millisecond, "beta two"},
		{"ä", 2 * time.Second, "beta two"},
	} {
		at = at.Add(step.after)
		for _, r := range step.typed {
			l.typeAhead(r, at)
		}
		if got := names[max(0, l.Selected())]; got != step.want {
			t.Errorf("after %q it is %s, not %s", step.typed, got, step.want)
		}
	}
}

// An accent that is typed after its letter is looked for like one that is part of it.
func TestTypeAhead_accents(t *testing.T) {
	for _, typed := range []string{"\u00dcb", "U\u0308b"} {
		var ahead typeAhead
		var text string
		for _, r := range typed {
			text, _ = ahead.add(r, time.Unix(1, 0))
		}
		if text != "\u00fcb" {
			t.Errorf("%+q looks for %+q", typed, text)
		}
	}
}

// marks is a list of which several can be selected, 20 units a row.
func marks(t *testing.T, n int) (*List, *selection.Set) {
	t.Helper()
	test.NewTempApp(t)
	l, picks := NewList("Items", 20, func() int { return n }, func() Row { return &blank{} }), &selection.Set{}
	l.OnPick, l.Marked = picks.Select, picks.Has
	l.OnBand = func(first, last int) {
		*picks = selection.Set{}
		if first <= last {
			picks.Select(first, selection.Only)
			picks.Select(last, selection.Range)
		}
	}
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 200))
	return l, picks
}

// blank is a row that shows nothing, and can be grabbed at its left half.
type blank struct{ Ground }

func (b *blank) Bind(int)             {}
func (b *blank) Grabs(x float32) bool { return x < 100 }

// pull moves the pointer with the button held, from one place to another by way of others.
func pull(l *List, f *frame, places ...fyne.Position) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	for i, p := range places[1:] {
		l.drag(f, &fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at.Add(p)}, Dragged: fyne.NewDelta(p.X-places[i].X, p.Y-places[i].Y)})
	}
}

func picked(p *selection.Set, n int) (all []int) {
	for i := range n {
		if p.Has(i) {
			all = append(all, i)
		}
	}
	return all
}

// A band from beside the names selects the rows that it touches, also from below the last one.
func TestRubberBand_selects(t *testing.T) {
	l, picks := marks(t, 6)
	pull(l, l.frames[1], fyne.NewPos(150, 25), fyne.NewPos(150, 50), fyne.NewPos(160, 75))
	if got := picked(picks, 6); !slices.Equal(got, []int{1, 2, 3}) || !l.layer.rect.Visible() {
		t.Errorf("selected %v", got)
	}
	l.endDrag()
	if l.layer.rect.Visible() {
		t.Error("the band stays")
	}
	pull(l, nil, fyne.NewPos(150, 190), fyne.NewPos(150, 90))
	if got := picked(picks, 6); !slices.Equal(got, []int{4, 5}) {
		t.Errorf("from below: %v", got)
	}
	pull(l, nil, fyne.NewPos(150, 90), fyne.NewPos(150, 180))
	l.endDrag()
}

// A row that is grabbed at its name, or is selected, is carried to another, which is lit; what cannot take it is not.
func TestList_dragRows(t *testing.T) {
	l, picks := marks(t, 6)
	var dropped []int
	l.CanDrop, l.OnDrop = func(i int) bool { return i != 4 }, func(i int) { dropped = append(dropped, i) }
	pull(l, l.frames[1], fyne.NewPos(50, 25), fyne.NewPos(50, 65))
	if got := picked(picks, 6); !slices.Equal(got, []int{1}) || !l.lit(3) || !l.frames[3].look.lit {
		t.Errorf("carried %v, lit %v", got, l.lit(3))
	}
	pull(l, l.frames[1], fyne.NewPos(50, 65), fyne.NewPos(50, 85))
	if l.lit(3) || l.lit(4) {
		t.Error("what cannot take it is lit")
	}
	pull(l, l.frames[1], fyne.NewPos(50, 85), fyne.NewPos(50, 105))
	l.endDrag()
	pull(l, l.frames[1], fyne.NewPos(50, 25), fyne.NewPos(50, 300))
	l.endDrag() // outside of the list
	if !slices.Equal(dropped, []int{5}) || l.lit(5) {
		t.Errorf("dropped on %v", dropped)
	}
}

// A pointer that shakes in a click does not lose the click.
func TestList_shakyClick(t *testing.T) {
	l, picks := marks(t, 6)
	pull(l, l.frames[2], fyne.NewPos(50, 45), fyne.NewPos(52, 47))
	l.endDrag()
	if got := picked(picks, 6); !slices.Equal(got, []int{2}) {
		t.Errorf("selected %v", got)
	}
}

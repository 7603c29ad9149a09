package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui/kit"
	"daypass/ui/theme"
)

// In a wide window the columns stay beside the names; in a narrow one they make room for them.
func TestCells_widths(t *testing.T) {
	for width, want := range map[float32]float32{2300: 720, 800: 800 - 88 - 132 - 2*theme.Large, 300: 300 - 88 - theme.Large} {
		name, size, modified := kit.NewBox(theme.ColorFill, 0), kit.NewBox(theme.ColorFill, 0), kit.NewBox(theme.ColorFill, 0)
		row := container.New(&kit.Cells{Widths: []float32{88, 132}}, name, size, modified)
		row.Resize(fyne.NewSize(width, 32))
		if name.Size().Width != want || size.Position().X != want+theme.Large {
			t.Errorf("at %v the name is %v wide, and the size stands at %v", width, name.Size().Width, size.Position().X)
		}
	}
}

// A name has the width that it was given, as far as there is room for that; what is not shown takes none.
func TestCells_place(t *testing.T) {
	for _, tt := range []struct {
		first float32
		cells []float32
		width float32
		want  []float32
	}{
		{400, []float32{88, 132}, 800, []float32{400, 88, 132}},
		{1600, []float32{88, 132}, 2300, []float32{1600, 88, 132}},
		{1600, []float32{88, 132}, 800, []float32{548, 88, 132}},
		{60, []float32{88, 132}, 330, []float32{60, 88, 132}},
		{0, []float32{0, 132}, 500, []float32{352, 0, 132}},
		{0, []float32{0, 0}, 500, []float32{500, 0, 0}},
		{0, []float32{400, 132}, 500, []float32{500, 0, 0}},
		{0, nil, 500, []float32{500}},
	} {
		if got := (&kit.Cells{First: tt.first, Widths: tt.cells}).Place(tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

// What an edge tells is how far it is from where it was grabbed, each time.
func TestEdge_drag(t *testing.T) {
	e := kit.NewEdge("resize:name", "Resize")
	var grabs, fits int
	var at []float32
	e.OnGrab, e.OnFit = func() { grabs++ }, func() { fits++ }
	e.OnDrag = func(by float32) { at = append(at, by) }
	for range 2 {
		for _, dx := range []float32{3, 4, -10} {
			e.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(dx, 90)})
		}
		e.DragEnd()
	}
	e.DoubleTapped(&fyne.PointEvent{})
	if grabs != 2 || fits != 1 || !slices.Equal(at, []float32{3, 7, -3, 3, 7, -3}) {
		t.Errorf("grabbed %d times, fitted %d times, dragged %v", grabs, fits, at)
	}
	if e.Cursor() != desktop.HResizeCursor {
		t.Error("the cursor does not show that an edge can be dragged")
	}
}

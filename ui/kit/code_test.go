package kit_test

import (
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"daypass/ui/kit"
)

// linesOf are the lines that c draws.
func linesOf(c *kit.Code) (lines []string, colors []color.Color) {
	for _, o := range test.WidgetRenderer(c).Objects() {
		line := o.(*canvas.Text)
		lines, colors = append(lines, line.Text), append(colors, line.Color)
	}
	return lines, colors
}

// Code keeps every space and wraps long lines.
func TestCode_keepsSpacesAndWraps(t *testing.T) {
	m := kit.NewMeasure(4000)
	c := kit.NewCode("if x:\n    do\n", m, 10)
	stage(t, c, fyne.NewSize(600, 400))
	if got, _ := linesOf(c); !slices.Equal(got, []string{"if x:", "    do"}) {
		t.Errorf("%q", got)
	}
	line := test.WidgetRenderer(c).Objects()[0].(*canvas.Text)
	letter := fyne.MeasureText("0", line.TextSize, fyne.TextStyle{Monospace: true}).Width
	m.Fit(10 + 4*letter + 1)
	least := c.MinSize()
	if got, _ := linesOf(c); !slices.Equal(got, []string{"if x", ":", "    ", "do"}) || least.Height != 4*line.Size().Height {
		t.Errorf("%q, %v high", got, least.Height)
	}
	if c.AccessibilityLabel() != "if x:\n    do" {
		t.Errorf("%q", c.AccessibilityLabel())
	}
	c.Set("")
	if c.Visible() {
		t.Error("nothing takes room")
	}
}

// A diff tells added lines from removed ones.
func TestDiff_addedAndRemovedLines(t *testing.T) {
	const text = "@@ -1 +1 @@\n-a\n+b\n c"
	distinct := func(c *kit.Code) int {
		stage(t, c, fyne.NewSize(600, 400))
		seen := map[color.Color]bool{}
		_, colors := linesOf(c)
		for _, one := range colors {
			seen[one] = true
		}
		return len(seen)
	}
	if n := distinct(kit.NewDiff(text, kit.NewMeasure(4000), 0)); n != 4 {
		t.Errorf("%d colours", n)
	}
	if n := distinct(kit.NewCode(text, kit.NewMeasure(4000), 0)); n != 1 {
		t.Errorf("%d colours in what is no change", n)
	}
}

// Prose is broken behind words; what has no blank, where the line ends. Wide characters count twice.
func TestProse_wrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		cells int
		want  []string
	}{
		{"one two three", 9, []string{"one two ", "three"}},
		{"abcdefghijkl", 5, []string{"abcde", "fghij", "kl"}},
		{"a bcdefghijk", 6, []string{"a bcde", "fghijk"}},
		{"研究資料", 4, []string{"研究", "資料"}},
		{"", 4, []string{""}},
	} {
		m := kit.NewMeasure(4000)
		code := kit.NewProse(c.text, m, 10)
		stage(t, code, fyne.NewSize(600, 400))
		line := test.WidgetRenderer(code).Objects()[0].(*canvas.Text)
		letter := fyne.MeasureText("0", line.TextSize, fyne.TextStyle{Monospace: true}).Width
		m.Fit(10 + float32(c.cells)*letter + 1)
		code.MinSize()
		if got, _ := linesOf(code); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d cells: %q, want %q", c.text, c.cells, got, c.want)
		}
	}
}

func TestDivider_drag(t *testing.T) {
	pulled, reset := float32(0), false
	d := kit.NewDivider("Resize", func(dx float32) { pulled += dx }, func() { reset = true })
	stage(t, d, fyne.NewSize(8, 400))
	d.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-30, 5)})
	d.DragEnd()
	d.DoubleTapped(nil)
	if pulled != -30 || !reset || d.Cursor() != desktop.HResizeCursor {
		t.Errorf("pulled by %v, reset %t", pulled, reset)
	}
}

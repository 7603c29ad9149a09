package kit_test

import (
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"daypass/ui/view/kit"
)

// linesOf are the lines that c draws.
func linesOf(c *kit.Code) (lines []string, colors []color.Color) {
	for _, o := range test.WidgetRenderer(c).Objects() {
		line := o.(*canvas.Text)
		lines, colors = append(lines, line.Text), append(colors, line.Color)
	}
	return lines, colors
}

func TestCodeKeepsEverySpaceAndGoesOnBelow(t *testing.T) {
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

func TestDiffTellsLinesThatComeFromLinesThatGo(t *testing.T) {
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

package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/theme"
	"daypass/ui/view/kit"
)

// In a wide window the columns stay beside the names; in a narrow one they make room for them.
func TestCells(t *testing.T) {
	for width, want := range map[float32]float32{2300: 720, 800: 800 - 88 - 132 - 2*theme.Large, 300: 300 - 88 - theme.Large} {
		name, size, modified := kit.NewBox(theme.ColorFill, 0), kit.NewBox(theme.ColorFill, 0), kit.NewBox(theme.ColorFill, 0)
		row := container.New(&kit.Cells{Widths: []float32{88, 132}}, name, size, modified)
		row.Resize(fyne.NewSize(width, 32))
		if name.Size().Width != want || size.Position().X != want+theme.Large {
			t.Errorf("at %v the name is %v wide, and the size stands at %v", width, name.Size().Width, size.Position().X)
		}
	}
}

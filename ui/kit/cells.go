package kit

import (
	"fyne.io/fyne/v2"

	"daypass/ui/theme"
)

// Cells lays out the cells of rows that stand below each other, and of the head above them. They share one Cells; when
// its widths change, the rows must be laid out again.
type Cells struct {
	// First is the width of the first cell; zero for what the others leave, up to maxName.
	First float32
	// Widths are those of the other cells; zero for one that is not shown.
	Widths []float32
}

// minName is the width the first cell keeps: what would leave it less is dropped from the right. maxName is the most
// that it takes by itself: in a wide window the others stay beside the names that they belong to.
const (
	minName = 180
	maxName = 720
)

// CellGap is the room between two cells.
const CellGap = theme.Large

// Place returns the widths of all cells in a row of a width; zero for those that are not shown.
func (c *Cells) Place(width float32) []float32 {
	placed := make([]float32, 1+len(c.Widths))
	least, most := float32(minName), float32(maxName)
	if c.First > 0 {
		least, most = min(least, c.First), c.First
	}
	for i, w := range c.Widths {
		if w == 0 {
			continue
		}
		if width-w-CellGap < least {
			break
		}
		width -= w + CellGap
		placed[i+1] = w
	}
	placed[0] = min(width, most)
	return placed
}

// MinSize implements fyne.Layout.
func (c *Cells) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(minName, height)
}

// Layout implements fyne.Layout.
func (c *Cells) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, width := range c.Place(s.Width) {
		o := objects[i]
		setVisible(o, width > 0)
		if width == 0 {
			continue
		}
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(width, height))
		o.Move(fyne.NewPos(x, float32(int((s.Height-height)/2+0.5))))
		x += width + CellGap
	}
}

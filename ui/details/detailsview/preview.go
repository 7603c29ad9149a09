package detailsview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/buckets/preview"
	"daypass/app/messages"
	"daypass/ui/details"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// maxPicture is the largest size of a picture in the pane.
var maxPicture = fyne.NewSize(106*theme.Grid, 120*theme.Grid)

// maxProse is the largest width of text whose lines are broken.
const maxProse = 1 << 14

// preview returns the beginning of an object, with a line about it.
func (v *View) preview(p *details.Preview, name string) fyne.CanvasObject {
	caption := p.Caption
	var content fyne.CanvasObject
	switch {
	case p.Kind == preview.Picture:
		picture := kit.NewPicture(messages.Text("details.picture", messages.Args{"Name": name}), maxPicture)
		picture.Set(p.Picture, false)
		content = kit.Scrolling(container.NewVScroll(kit.Inset(picture, theme.Grid, theme.Large, theme.Large, theme.Large)))
	case p.Kind == preview.Table:
		content = tableOf(p.Rows)
	case p.Wrap:
		code := kit.NewProse(p.Text, v.prose, 0)
		inner := kit.Scrolling(container.NewVScroll(kit.Inset(code, theme.Grid, theme.Large, theme.Large, theme.Large)))
		content = container.New(&snug{v.prose, 2 * theme.Large}, inner)
	default:
		lines := kit.NewLines(p.Text)
		if lines.Cut() {
			caption = present.Facts(caption, messages.Text("details.preview.cut"))
		}
		content = kit.Scrolling(container.NewScroll(kit.Inset(lines, theme.Grid, theme.Large, theme.Large, theme.Large)))
	}
	line := []fyne.CanvasObject{kit.Sized(kit.NewText(caption, kit.Caption), 0, kit.ButtonHeight())}
	if p.CanWrap {
		wrap := v.kit.Button("details.wrap", messages.Text("details.wrap"), "", kit.Quiet, func() { v.commands.WrapLines(!p.Wrap) })
		wrap.SetSelected(p.Wrap)
		line = append(line, wrap)
	}
	foot := kit.Inset(kit.Stretch(theme.Small, 0, line...), 0, theme.Large, 0, theme.Large)
	return container.NewBorder(nil, foot, nil, nil, content)
}

// snug sets a measure to the room that its content has, less a margin.
type snug struct {
	measure *kit.Measure
	margin  float32
}

// MinSize implements fyne.Layout.
func (*snug) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (f *snug) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	f.measure.Fit(s.Width - f.margin)
	objects[0].Resize(s)
}

// The most of a table that is shown, and the bounds of a column's width.
const (
	tableRows    = 100
	tableColumns = 24
	minCell      = 12 * theme.Grid
	maxCell      = 44 * theme.Grid
)

// cellHeight returns the height of a row.
func cellHeight() float32 { return theme.ForText(6 * theme.Grid) }

// tableOf shows rows of cells, the first as the heads of the columns.
func tableOf(rows [][]string) fyne.CanvasObject {
	rows = rows[:min(len(rows), tableRows+1)]
	grid := &cells{}
	var objects []fyne.CanvasObject
	for n, row := range rows {
		style := kit.Caption
		if n > 0 {
			style = kit.Body
			style.Size = theme.SizeCaption
		} else {
			style.Bold = true
		}
		row = row[:min(len(row), tableColumns)]
		for c, text := range row {
			cell := kit.NewText(text, style)
			if c == len(grid.widths) {
				grid.widths = append(grid.widths, minCell)
			}
			grid.widths[c] = min(maxCell, max(grid.widths[c], cell.NaturalWidth()+1))
			objects = append(objects, cell)
		}
		grid.rows = append(grid.rows, len(row))
	}
	return kit.Scrolling(container.NewScroll(kit.Inset(container.New(grid, objects...), theme.Grid, theme.Large, theme.Large, theme.Large)))
}

// cells puts objects into rows of columns.
type cells struct {
	widths []float32
	rows   []int
}

// MinSize implements fyne.Layout.
func (g *cells) MinSize([]fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, w := range g.widths {
		width += w + theme.Large
	}
	return fyne.NewSize(width, float32(len(g.rows))*cellHeight())
}

// Layout implements fyne.Layout.
func (g *cells) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	n := 0
	for r, columns := range g.rows {
		x := float32(0)
		for c := range columns {
			objects[n].Resize(fyne.NewSize(g.widths[c], cellHeight()))
			objects[n].Move(fyne.NewPos(x, float32(r)*cellHeight()))
			x += g.widths[c] + theme.Large
			n++
		}
	}
}

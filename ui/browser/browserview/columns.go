package browserview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// Columns is what a user can want of the columns of listings.
type Columns interface {
	// SetWidths gives columns other widths, by their IDs.
	SetWidths(widths map[string]float32)
	// Show shows a column, or hides it.
	Show(id string, shown bool)
	// Reset shows the columns as they come.
	Reset()
	// SortBy orders the listing by a column, or turns its order around.
	SortBy(id string)
}

// columns is the head of the list: each name orders by its column, and the edges between them are dragged.
type columns struct {
	kit    *kit.Kit
	to     Columns
	object *fyne.Container
	cells  *kit.Cells
	heads  []*kit.Heading
	edges  []*kit.Edge
	drawn  []browser.ColumnHead
	// rows are the rows in sight, whose widest is what an edge fits its column to.
	rows func() []*entryRow
	// resized is called once the widths are others.
	resized func()
}

func newColumns(k *kit.Kit, to Columns, resized func()) *columns {
	c := &columns{kit: k, to: to, cells: newCells(), resized: resized}
	for i, column := range browser.Columns {
		h := k.Heading(kit.RowID("sort", column.ID), column.Title(), column.Right, func() { to.SortBy(column.ID) })
		h.OnMenu = c.openMenu
		e := kit.NewEdge(kit.RowID("resize", column.ID), messages.Text("browser.column.resize", messages.Args{"Column": column.Title()}))
		e.OnGrab, e.OnDrag = c.dragging(i)
		e.OnFit = func() { c.fit(i) }
		e.OnMenu = c.openMenu
		c.heads, c.edges = append(c.heads, h), append(c.edges, e)
	}
	var objects []fyne.CanvasObject
	for _, h := range c.heads {
		objects = append(objects, h)
	}
	for _, e := range c.edges {
		objects = append(objects, e)
	}
	row := container.New(&headLayout{c.cells, len(c.heads)}, objects...)
	c.object = kit.Inset(kit.Sized(row, 0, theme.ForText(7*theme.Grid)), 0, theme.Huge, 0, theme.Huge)
	return c
}

// newCells makes the cells of a row with the columns as they come.
func newCells() *kit.Cells {
	c := &kit.Cells{}
	for _, column := range browser.Columns[1:] {
		width := theme.ForText(column.Width)
		if column.Hidden {
			width = 0
		}
		c.Widths = append(c.Widths, width)
	}
	return c
}

func (c *columns) render(heads []browser.ColumnHead) {
	c.drawn = heads
	first := theme.ForText(heads[0].Width)
	changed := c.cells.First != first
	c.cells.First = first
	for i, m := range heads {
		c.heads[i].SetLabel(m.Title)
		c.heads[i].SetOrder(m.Ordered, m.Descending)
		if i == 0 {
			continue
		}
		width := theme.ForText(m.Width)
		if !m.Shown {
			width = 0
		}
		changed = changed || c.cells.Widths[i-1] != width
		c.cells.Widths[i-1] = width
	}
	if changed {
		c.object.Refresh()
		c.resized()
	}
}

// dragging returns what the edge of column i does. The name keeps its width from then on: an edge that is dragged
// stays below the pointer, and only what is at its right moves.
func (c *columns) dragging(i int) (grab func(), drag func(by float32)) {
	var name, width float32
	grab = func() { name, width = c.heads[0].Size().Width, c.heads[i].Size().Width }
	drag = func(by float32) {
		c.setWidths(map[string]float32{browser.Columns[0].ID: name, browser.Columns[i].ID: width + by})
	}
	return grab, drag
}

// fit makes column i as wide as the widest that is in sight.
func (c *columns) fit(i int) {
	width := c.heads[i].NaturalWidth()
	for _, r := range c.rows() {
		width = max(width, r.naturalWidth(i))
	}
	widths := map[string]float32{browser.Columns[i].ID: width}
	if i > 0 {
		widths[browser.Columns[0].ID] = c.heads[0].Size().Width
	}
	c.setWidths(widths)
}

// setWidths changes the widths of columns on screen, which are remembered as those for text of the ordinary size.
func (c *columns) setWidths(widths map[string]float32) {
	for id, width := range widths {
		widths[id] = width / theme.ForText(1)
	}
	c.to.SetWidths(widths)
}

// openBelow opens the menu below the heads.
func (c *columns) openBelow() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.object)
	c.openMenu(at.AddXY(theme.Huge, c.object.Size().Height))
}

// openMenu opens the menu with the columns to choose from.
func (c *columns) openMenu(at fyne.Position) {
	var items []kit.Item
	for _, h := range c.drawn[1:] {
		title := h.Title
		if title == "" {
			title = browser.ColumnOf(h.ID).Title()
		}
		items = append(items, kit.Item{ID: kit.RowID("column", h.ID), Label: title, Selected: h.Shown, Do: func() { c.to.Show(h.ID, !h.Shown) }})
	}
	items = append(items, kit.Item{}, kit.Item{ID: "menu.reset-columns", Label: messages.Text("browser.columns.reset"), Do: c.to.Reset})
	c.kit.ShowMenu(at, items)
}

// headLayout lays out the headings as the cells of a row, and an edge at the right of each.
type headLayout struct {
	cells *kit.Cells
	heads int
}

// MinSize implements fyne.Layout.
func (l *headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return l.cells.MinSize(objects[:l.heads])
}

// Layout implements fyne.Layout.
func (l *headLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.cells.Layout(objects[:l.heads], s)
	for i, e := range objects[l.heads:] {
		h := objects[i]
		kit.SetVisible(e, h.Visible())
		e.Resize(fyne.NewSize(kit.EdgeWidth, s.Height))
		e.Move(fyne.NewPos(h.Position().X+h.Size().Width+(kit.CellGap-kit.EdgeWidth)/2, 0))
	}
}

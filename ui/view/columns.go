package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/browse"
	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/view/kit"
)

// columns is the head of the list; each name orders by its column.
type columns struct {
	object  fyne.CanvasObject
	buttons []*kit.Heading
}

func newColumns(env Env, on func(func(*browse.Browser)) func()) *columns {
	c := &columns{}
	var cells []fyne.CanvasObject
	for i, title := range []string{"Name", "Size", "Modified"} {
		h := env.Kit.Heading(title, i == int(browse.BySize), on(func(b *browse.Browser) { b.SortBy(browse.Column(i)) }))
		c.buttons = append(c.buttons, h)
		cells = append(cells, h)
	}
	row := container.New(&kit.Cells{Widths: columnWidths}, cells...)
	c.object = kit.Inset(kit.Sized(row, 0, 7*theme.Grid), 0, theme.Huge, 0, theme.Huge)
	return c
}

func (c *columns) render(m present.Folder) {
	c.buttons[browse.ByModified].SetLabel(m.Modified)
	size := ""
	if m.Sized {
		size = "Size"
	}
	c.buttons[browse.BySize].SetLabel(size)
	for i, h := range c.buttons {
		h.SetOrder(int(m.ByColumn.By) == i, m.ByColumn.Descending)
	}
}

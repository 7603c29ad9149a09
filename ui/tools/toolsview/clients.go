package toolsview

import (
	"reflect"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/app/status"
	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/tools"
)

// clients is the list of the programs that get credentials.
type clients struct {
	kit      *kit.Kit
	commands Commands
	measure  *kit.Measure
	object   *fyne.Container
	// rows are the buttons of each client.
	rows  [][]*kit.Button
	drawn tools.Clients
}

func newClients(v *View) *clients {
	return &clients{kit: v.kit, commands: v.commands, measure: v.measure, object: kit.Column(theme.Medium)}
}

func (c *clients) render(m tools.Clients) {
	if reflect.DeepEqual(m, c.drawn) {
		return
	}
	c.drawn = m
	defer c.keepFocus()()
	c.object.Objects, c.rows = nil, nil
	if m.Title == "" {
		return
	}
	c.object.Add(kit.NewParagraph(m.Title, kit.Strong, c.measure, 0))
	if m.Waiting != "" {
		c.object.Add(kit.WithSeverity(status.Warning, kit.NewParagraph(m.Waiting, kit.Body, c.measure, kit.SeverityInset())))
	}
	if m.None != "" {
		c.object.Add(kit.NewParagraph(m.None, kit.Secondary, c.measure, 0))
	}
	for _, r := range m.Rows {
		c.object.Add(c.row(r))
	}
}

// clientButtons returns the room that the buttons of a row have.
func clientButtons() float32 { return theme.ForText(18 * theme.Grid) }

func (c *clients) row(r tools.ClientRow) fyne.CanvasObject {
	inset := kit.SeverityInset() + clientButtons() + theme.Small
	words := kit.Column(0, kit.NewParagraph(r.Name, kit.Body, c.measure, inset),
		kit.NewParagraph(r.When, kit.Caption, c.measure, inset), kit.NewParagraph(r.Scope, kit.Caption, c.measure, inset))
	program := messages.Args{"Program": r.Name}
	id, hint, icon := "pause", messages.Text("tools.clients.pause", program), theme.IconName("pause")
	if r.Paused {
		id, hint, icon = "resume", messages.Text("tools.clients.resume", program), "resume"
	}
	buttons := []*kit.Button{c.kit.IconButton(kit.RowID(id, r.Key), icon, hint, func() { c.commands.Pause(r.ID, !r.Paused) })}
	if r.Revoke != "" {
		buttons = append(buttons, c.kit.IconButton(kit.RowID("revoke", r.Key), endIcon(r), r.Revoke, func() { c.revoke(r) }))
	}
	row := kit.Line(theme.Grid)
	for _, b := range buttons {
		row.Add(b)
	}
	c.rows = append(c.rows, buttons)
	return kit.Stretch(theme.Small, 0, kit.WithSeverity(r.Severity, words), kit.Sized(row, clientButtons(), 0))
}

// endIcon returns the icon of a button after which something no longer works, or of one that only removes the row.
func endIcon(r tools.ClientRow) theme.IconName {
	if r.Ends {
		return "revoke"
	}
	return "close"
}

func (c *clients) revoke(r tools.ClientRow) {
	do := func() { c.commands.Revoke(r.ID) }
	if r.Ask == "" {
		do()
		return
	}
	c.kit.Ask(kit.Question{ID: "revoke", Title: messages.Text("tools.clients.revoke.title", messages.Args{"Program": r.Name}), Text: r.Ask, Yes: messages.Text("tools.clients.revoke.yes"), Do: do})
}

// keepFocus remembers the button that has the focus; what it returns puts the focus on the one in its place.
func (c *clients) keepFocus() func() {
	for i, row := range c.rows {
		for j, b := range row {
			if c.kit.Canvas().Focused() != fyne.Focusable(b) {
				continue
			}
			return func() {
				if len(c.rows) > 0 {
					row := c.rows[min(i, len(c.rows)-1)]
					c.kit.Focus(row[min(j, len(row)-1)])
				}
			}
		}
	}
	return func() {}
}

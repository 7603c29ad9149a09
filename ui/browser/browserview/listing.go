package browserview

import (
	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// entryHeight returns the height of a row.
func entryHeight() float32 { return theme.ForText(8 * theme.Grid) }

// listing is the list of what is at a location.
type listing struct {
	*kit.List
	kit      *kit.Kit
	commands Commands
	rows     browser.Rows
	allowed  browser.Allowed
}

func newListing(k *kit.Kit, c Commands, cells *kit.Cells) *listing {
	l := &listing{kit: k, commands: c}
	l.List = kit.NewList(messages.Text("browser.list.name"), entryHeight(), func() int { return l.rows.Len() }, func() kit.Row {
		return newEntryRow(cells, func(i int) browser.EntryRow { return l.rows.Row(i) })
	})
	l.Inset = theme.Huge
	l.OnOpen, l.OnPick, l.OnSeen = c.Selection.Open, c.Selection.Select, c.Navigation.LoadMore
	l.Marked = func(i int) bool { return l.rows.Selected(i) }
	l.OnMenu, l.OnKey = l.openMenu, l.typed
	l.OnFind = func(text string, from int) int { return l.rows.Find(text, from) }
	l.OnBand, l.OnDrop = c.Selection.SelectBetween, c.Selection.DropOn
	l.CanDrop = func(i int) bool { return l.rows.IsFolder(i) }
	l.DragLabel = func() string { return l.rows.DragLabel() }
	return l
}

func (l *listing) render(m browser.Model) { l.rows, l.allowed = m.Rows, m.Allowed }

// openMenu shows what can be done with what is selected, or with the location where the pointer is on nothing.
func (l *listing) openMenu(i int, at fyne.Position) {
	commands := entryMenu
	if i < 0 {
		commands = locationMenu
	}
	l.kit.ShowMenu(at, menuItems(l.commands.Runner, l.allowed, commands...))
}

// keys are the keys of commands that need no modifier.
var keys = map[fyne.KeyName]browser.Command{
	fyne.KeyF5: browser.CommandRefresh, fyne.KeyF2: browser.CommandRename, fyne.KeyDelete: browser.CommandDelete, fyne.KeyF1: browser.CommandShortcuts,
}

// typed takes the keys that the list has no use for.
func (l *listing) typed(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyBackspace:
		l.commands.Navigation.Up()
		return true
	case fyne.KeyEscape:
		l.commands.Selection.Clear()
		return true
	}
	command, ok := keys[key]
	if ok && !l.allowed.State(command).Disabled {
		l.commands.Runner.Run(command)
	}
	return ok
}

// rowsOf are the rows of a list that exist.
func rowsOf(l *kit.List) []*entryRow {
	var rows []*entryRow
	for _, r := range l.Rows() {
		rows = append(rows, r.(*entryRow))
	}
	return rows
}

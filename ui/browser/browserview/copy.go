package browserview

import (
	"slices"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/browser/destination"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// copySheet asks where to copy or move something.
type copySheet struct {
	*dialogs
	sheet *kit.Sheet
	q     browser.CopyQuestion
	to    browser.Destination
	// target is the number of the connection.
	target int

	text    *kit.Paragraph
	entry   *checkedEntry
	list    *kit.List
	status  *kit.Paragraph
	replace *kit.Check
	copyButtons
	model destination.Model
	done  func(target int, path string, replace bool)
}

// copyButtons are the buttons below the folders.
type copyButtons struct{ up, recent, folder, again *kit.Button }

const (
	// copyRows is how many folders are in sight, where there is room; copyRest is the height of all else.
	copyRows = 6
	copyRest = 120 * theme.Grid
)

// AskCopy implements browser.Dialogs.
func (d *dialogs) AskCopy(q browser.CopyQuestion, to browser.Destination, done func(target int, path string, replace bool)) (changed func()) {
	c := &copySheet{dialogs: d, sheet: d.kit.NewSheet(q.Title), q: q, to: to, done: done}
	c.sheet.OnLeave = to.Close
	c.text = c.sheet.AddText(q.Text(0), kit.Secondary)
	c.addConnections()
	c.addFolders()
	c.replace = c.sheet.NewCheck("copy.replace", q.Choice, func(bool) {})
	c.sheet.Add(c.replace)
	yes := d.kit.Button(kit.ConfirmID(q.ID), q.Yes, "", kit.Primary, c.submit)
	no := d.kit.Button(kit.ConfirmID("cancel"), messages.Text("common.cancel"), "", kit.Plain, c.sheet.Leave)
	c.sheet.Focus(c.entry.Entry)
	c.sheet.Show(yes, no, yes)
	c.entry.Put(q.Targets[0].Path)
	c.show()
	return c.update
}

// addConnections adds the choice of a connection, where there are several.
func (c *copySheet) addConnections() {
	if len(c.q.Targets) < 2 {
		return
	}
	var targets []present.Choice
	for _, t := range c.q.Targets {
		targets = append(targets, present.Choice{Value: t.ID, Label: t.Name})
	}
	where := c.kit.NewChoice("copy.connection", messages.Text("browser.copy.connection"), func(id string) {
		c.turn(slices.IndexFunc(c.q.Targets, func(t browser.CopyTarget) bool { return t.ID == id }))
	})
	where.Put(targets, targets[0].Value)
	c.sheet.Add(kit.Column(theme.Grid, kit.NewText(messages.Text("browser.copy.connection"), kit.Caption), where))
}

// addFolders adds the path and the folders below it.
func (c *copySheet) addFolders() {
	c.entry = newCheckedEntry(c.sheet, "copy.folder", messages.Text("browser.folder"))
	typed := c.entry.OnChanged
	c.entry.OnChanged = func(text string) {
		typed(text)
		c.show()
	}
	c.entry.OnSubmitted = func(string) { c.submit() }
	c.entry.Completion = func() string { return c.model.Completion }
	c.entry.OnDown = func() { c.kit.Focus(c.list) }
	c.sheet.Add(c.entry.object)

	cells := newCells()
	c.list = kit.NewList(messages.Text("browser.list.name"), entryHeight(), func() int { return len(c.model.Rows) }, func() kit.Row { return newEntryRow(cells, c.row) })
	c.list.OnOpen = func(i int) { c.enter(c.model.Rows[i].Path) }
	c.list.OnKey = c.listKey
	rows := max(2, min(copyRows, int((c.kit.Canvas().Size().Height-copyRest)/entryHeight())))
	c.sheet.Add(kit.Sized(c.list, 0, float32(rows)*entryHeight()))
	c.status = c.sheet.AddText("", kit.Caption)

	c.up = c.kit.Button("copy.up", messages.Text("browser.up"), "", kit.Plain, func() { c.enter(c.model.Up) })
	c.recent = c.kit.Button("copy.recent", messages.Text("browser.copy.recent"), "chevron-down", kit.Plain, c.showRecent)
	c.folder = c.kit.Button("copy.new-folder", browser.CommandNew.Label(), "", kit.Plain, c.askFolder)
	c.again = c.kit.Button("copy.retry", messages.Text("common.try-again"), "", kit.Plain, c.pressAgain)
	c.sheet.Add(kit.Line(theme.Small, c.up, c.recent, c.folder, c.again))
}

// turn turns to another connection. What was typed stays; where nothing was, it begins where the user was last.
func (c *copySheet) turn(target int) {
	untouched := c.entry.Text == c.q.Targets[c.target].Path
	c.target = target
	c.text.Set(c.q.Text(target))
	if untouched {
		c.entry.Put(c.q.Targets[target].Path)
	}
	c.entry.say("")
	c.show()
}

func (c *copySheet) show() {
	p := c.q.Targets[c.target]
	c.to.Show(p.ID, p.Name, c.entry.Text)
	c.update()
}

// enter lists another folder.
func (c *copySheet) enter(path string) {
	if path != "" {
		c.entry.Put(path)
		c.entry.say("")
		c.show()
	}
}

func (c *copySheet) row(i int) browser.EntryRow {
	if i >= len(c.model.Rows) {
		return browser.EntryRow{}
	}
	return browser.FolderRow(c.model.Rows[i].Name, c.model.Rows[i].Bucket)
}

func (c *copySheet) listKey(key fyne.KeyName) bool {
	if key == fyne.KeyBackspace {
		c.enter(c.model.Up)
	}
	return key == fyne.KeyBackspace
}

// update shows what was listed.
func (c *copySheet) update() {
	before := c.model
	c.model = c.to.Model()
	status, again := c.model.Status, ""
	switch {
	case c.model.Problem != nil:
		status, again = present.ProblemSentence(*c.model.Problem), messages.Text("common.try-again")
	case c.model.Busy && status != "":
		again = messages.Text("common.stop")
	}
	c.status.Set(status)
	c.again.SetLabel(again)
	kit.SetVisible(c.again, again != "")
	c.up.SetEnabled(c.model.Up != "")
	c.folder.SetEnabled(c.model.CanMake)
	c.recent.SetEnabled(len(c.q.Targets[c.target].Recent) > 0)
	if before.Folder != c.model.Folder {
		c.list.Reset(-1)
	} else {
		c.list.Update()
	}
	c.sheet.Fit()
}

func (c *copySheet) pressAgain() {
	if c.model.Busy {
		c.to.Stop()
		return
	}
	c.to.Retry()
	c.update()
}

func (c *copySheet) showRecent() {
	var items []kit.Item
	for _, path := range c.q.Targets[c.target].Recent {
		items = append(items, kit.Item{ID: kit.RowID("recent", path), Label: browser.ShortPath(path), Do: func() { c.enter(path) }})
	}
	c.kit.ShowMenuBelow(c.recent, items)
}

// askFolder makes a folder in the one that is listed, and goes into it.
func (c *copySheet) askFolder() {
	c.AskText(browser.AskNewFolder(c.model.Folder), func(name string) {
		c.to.NewFolder(name, func(path string, problem *app.Problem) {
			if problem != nil {
				c.entry.say(present.ProblemSentence(*problem))
				return
			}
			c.enter(path)
		})
	})
}

func (c *copySheet) submit() {
	if c.entry.say(c.q.Check(c.target, c.entry.Text)) {
		return
	}
	c.sheet.Leave()
	c.done(c.target, c.entry.Text, c.replace.On())
}

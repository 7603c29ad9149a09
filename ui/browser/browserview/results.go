package browserview

import (
	"strings"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/selection"
	"daypass/ui/theme"
)

// Results is what a user can want of a list in place of the listing: what a search has found, or deleted files.
type Results interface {
	Search(text string)
	Stop()
	Close()
	// Show goes where a line of a search is, Download downloads it, CopyPath copies its path.
	Show(i int)
	Download(i int)
	CopyPath(i int)
	// Select joins a line of the deleted files to what is selected, and Restore restores that, or all.
	Select(i int, how selection.How)
	Restore()
}

// results is what both lists have in common.
type results struct {
	kit      *kit.Kit
	commands Results
	object   *fyne.Container
	bar      *fyne.Container
	list     *kit.List
	body     *kit.Deck
	message  *kit.MessagePane
	rows     browser.ResultRows
	leave    func()
}

func newResults(k *kit.Kit, c Results, cells *kit.Cells, leave func()) *results {
	r := &results{kit: k, commands: c, body: kit.NewDeck(), message: k.MessagePane("results", func(string, present.Do) {})}
	r.leave = func() {
		c.Close()
		leave()
	}
	r.list = kit.NewList(messages.Text("browser.list.name"), entryHeight(), func() int { return r.rows.Count }, func() kit.Row {
		return newEntryRow(cells, func(i int) browser.EntryRow { return r.rows.Row(i) })
	})
	r.list.Inset = theme.Huge
	r.list.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			r.leave()
		}
		return key == fyne.KeyEscape
	}
	return r
}

// frame puts the list below a bar.
func (r *results) frame(bar *fyne.Container) {
	r.bar = bar
	r.object = kit.Framed(kit.Inset(bar, 0, theme.Huge, theme.Small, theme.Huge), r.body.Object(), nil)
}

func (r *results) render(about string, m browser.ResultsModel) {
	r.rows = m.Rows
	var o fyne.CanvasObject = r.list
	if m.Message.Title != "" {
		r.message.Render(about, m.Message)
		o = r.message.Object()
	}
	r.body.Show(o)
	r.list.Update()
}

// search is the search below a location.
type search struct {
	*results
	entry *kit.Entry
	run   *kit.Button
	drawn browser.Search
}

func newSearch(k *kit.Kit, c Results, cells *kit.Cells, leave func()) *search {
	s := &search{results: newResults(k, c, cells, leave), entry: kit.NewEntry("search.text", messages.Text("browser.search.run"), "")}
	s.entry.OnSubmitted = s.start
	s.entry.OnEscape = s.leave
	s.run = k.Button("search.run", messages.Text("browser.search.run"), "", kit.Plain, s.press)
	shut := k.IconButton("search.close", "close", present.Hint(messages.Text("browser.search.close"), "Escape"), s.leave)
	s.frame(kit.Stretch(theme.Small, 1, kit.NewIcon("search", theme.ColorSecondary, 18), kit.Sized(s.entry, 0, kit.ButtonHeight()), s.run, shut))
	s.list.OnOpen, s.list.OnMenu = c.Show, s.openMenu
	return s
}

func (s *search) start(text string) { s.commands.Search(strings.TrimSpace(text)) }

// press searches, or ends the search under way.
func (s *search) press() {
	if s.drawn.Running {
		s.commands.Stop()
		return
	}
	s.start(s.entry.Text)
}

func (s *search) render(m browser.Search) {
	if m.Text == "" && s.drawn.Text != "" {
		s.entry.Put("")
	}
	s.drawn = m
	s.entry.SetPlaceHolder(m.Hint)
	label := messages.Text("browser.search.run")
	if m.Running {
		label = messages.Text("common.stop")
	}
	if setButton(s.run, label) {
		s.bar.Refresh()
	}
	s.results.render(m.Hint, m.ResultsModel)
}

func (s *search) openMenu(i int, at fyne.Position) {
	if i < 0 || i >= s.rows.Count {
		return
	}
	s.kit.ShowMenu(at, []kit.Item{
		{ID: "menu.show-in-folder", Label: messages.Text("browser.search.show"), Note: present.Keys("Enter"), Do: func() { s.commands.Show(i) }},
		{ID: menuID(browser.CommandDownload), Label: browser.CommandDownload.Label(), Do: func() { s.commands.Download(i) }},
		{ID: menuID(browser.CommandCopyPath), Label: browser.CommandCopyPath.Label(), Do: func() { s.commands.CopyPath(i) }},
	})
}

// deleted is the list of what was deleted below a location.
type deleted struct {
	*results
	title   *kit.Text
	restore *kit.Button
	stop    *kit.Button
	drawn   browser.DeletedFiles
}

func newDeleted(k *kit.Kit, c Results, cells *kit.Cells, leave func()) *deleted {
	d := &deleted{results: newResults(k, c, cells, leave), title: kit.NewText("", kit.Strong)}
	d.restore = k.Button("deleted.restore", messages.Text("browser.deleted.restore-all"), "", kit.Plain, c.Restore)
	d.stop = k.Button("deleted.stop", messages.Text("common.stop"), "", kit.Plain, c.Stop)
	shut := k.IconButton("deleted.close", "close", present.Hint(messages.Text("browser.deleted.close"), "Escape"), d.leave)
	d.frame(kit.Stretch(theme.Small, 1, kit.NewIcon("trash", theme.ColorSecondary, 18), d.title, d.stop, d.restore, shut))
	d.list.OnPick = c.Select
	d.list.Marked = func(i int) bool { return d.rows.Selected != nil && d.rows.Selected(i) }
	d.list.OnMenu = func(_ int, at fyne.Position) {
		k.ShowMenu(at, []kit.Item{{ID: menuID(browser.CommandRestore), Label: d.drawn.Restore, Disabled: !d.drawn.CanRestore, Do: c.Restore}})
	}
	return d
}

func (d *deleted) render(m browser.DeletedFiles) {
	d.drawn = m
	d.title.Set(m.Title)
	moved := setButton(d.restore, m.Restore)
	d.restore.SetEnabled(m.CanRestore)
	d.restore.SetHint(m.RestoreHint)
	if d.stop.Visible() != m.Running {
		kit.SetVisible(d.stop, m.Running)
		moved = true
	}
	if moved {
		d.bar.Refresh()
	}
	d.results.render(m.Title, m.ResultsModel)
}

package view

import (
	"time"

	"fyne.io/fyne/v2"

	"daypass/app/location"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/selection"
	"daypass/ui/theme"
)

// folder is the content of a place in the storage.
type folder struct {
	env            Env
	id, server     string
	object         fyne.CanvasObject
	back, next, up *kit.Button
	path           *pathBar
	filter         *kit.Entry
	tools          *toolbar
	search         *search
	deleted        *deleted
	listing        *fyne.Container
	chosen         *kit.Text
	work           *kit.Text
	drawnWork      browser.Work
	stop           *kit.Button
	foot           *fyne.Container
	columns        *columns
	list           *kit.List
	content        *kit.Deck
	message        *kit.MessagePane
	status         *kit.Text
	retry          *kit.Button
	again          present.Do // what retry does
	at             location.Location
	now            time.Time
}

const (
	entryHeight = 8 * theme.Grid
	// loadAhead is how many rows before the end of what is loaded the next page is asked for.
	loadAhead = 200
)

func newFolder(env Env) *folder {
	f := &folder{env: env}
	on := func(do func(*browse.Browser)) func() {
		return func() {
			if b := env.Intents.Browser(); b != nil {
				do(b)
			}
		}
	}
	f.back = env.Kit.IconButton("back", "Back (Alt+Left)", on((*browse.Browser).Back))
	f.next = env.Kit.IconButton("forward", "Forward (Alt+Right)", on((*browse.Browser).Forward))
	f.up = env.Kit.IconButton("up", "Up (Backspace)", on((*browse.Browser).Up))
	refresh := env.Kit.IconButton("refresh", "Refresh (F5)", func() { env.Intents.Act(browser.CommandRefresh) })
	f.path = newPathBar(env, f.focusList)
	f.filter = kit.NewEntry("Filter", "Filter")
	f.filter.OnChanged = f.setFilter
	f.filter.OnEscape = func() { f.filter.SetText(""); f.focusList() }
	f.filter.OnSubmitted = func(string) { f.focusList() }
	moves := kit.Line(0, f.back, f.next, f.up, refresh)
	bar := kit.Stretch(theme.Small, 1, moves, f.path.object, kit.Sized(f.filter, 152, kit.ButtonHeight))
	f.columns = newColumns(env, func() []*entryRow { return rowsOf(f.list) }, f.realign)
	f.newList()
	f.tools = newToolbar(env)
	f.message = env.Kit.MessagePane(env.Intents.Do)
	f.content = kit.NewDeck()
	head := kit.Column(0, kit.Inset(bar, 0, theme.Huge, theme.Small, theme.Large), kit.Inset(f.tools.object, 0, theme.Huge, theme.Small, theme.Huge))
	f.search = newSearch(env, f)
	f.deleted = newDeleted(env, f)
	f.listing = kit.Framed(f.columns.object, f.content.Object(), nil)
	f.object = kit.Framed(head, env.Side.Beside(f.listing), f.newStatus())
	return f
}

func (f *folder) newStatus() fyne.CanvasObject {
	f.status = kit.NewText("", kit.Caption)
	f.retry = f.env.Kit.Button("", "", kit.Link, func() { f.env.Intents.Do(f.id, f.again) })
	f.retry.Hide()
	f.chosen = kit.NewText("", kit.Caption.Right().Whole())
	f.work = kit.NewText("", kit.Caption.Whole())
	f.stop = f.env.Kit.Button("", "", kit.Link, f.env.Intents.ActOnWork)
	f.stop.Hide()
	f.foot = kit.Stretch(theme.Small, 0, f.status, f.retry, f.work, f.stop, f.chosen)
	return kit.Inset(kit.Sized(f.foot, 0, entryHeight), 0, theme.Huge, theme.Grid, theme.Huge)
}

func (f *folder) newList() {
	f.list = kit.NewList(entryHeight, f.count, func() kit.Row { return newEntryRow(f.columns.cells, f.row) })
	f.list.Inset = theme.Huge
	f.list.OnOpen = f.open
	f.list.OnPick, f.list.Marked, f.list.OnMenu = f.pick, f.marked, f.openMenu
	f.list.OnSeen = func(last int) {
		if b := f.env.Intents.Browser(); b != nil && last+loadAhead >= b.Len() && b.Filter() == "" {
			b.More()
		}
	}
	f.list.OnKey = f.typed
	f.list.OnFind = func(text string, from int) int {
		if b := f.env.Intents.Browser(); b != nil {
			return b.FindPrefix(text, from)
		}
		return -1
	}
	f.list.OnBand, f.list.CanDrop, f.list.OnDrop, f.list.DragLabel = f.band, f.isFolder, f.drop, f.dragLabel
}

func (f *folder) count() int {
	if b := f.env.Intents.Browser(); b != nil {
		return b.Len()
	}
	return 0
}

func (f *folder) open(i int) {
	b := f.env.Intents.Browser()
	if b == nil {
		return
	}
	f.pick(i, selection.Only)
	f.env.Intents.Act(browser.CommandOpen)
}

func (f *folder) focusList() { f.env.Kit.Focus(f.list) }

// setServer says whose storage is shown.
func (f *folder) setServer(id, name string) {
	if f.id != id || f.server != name {
		f.id, f.server = id, name
		f.list.Reset(-1)
		f.render()
	}
}

func (f *folder) render() {
	b := f.env.Intents.Browser()
	if b == nil {
		return
	}
	f.now = f.env.Kit.Now()
	m := browser.NewFolder(b, f.server, f.env.Intents.HasDeleted())
	f.back.SetEnabled(m.CanBack)
	f.next.SetEnabled(m.CanNext)
	f.up.SetEnabled(m.CanUp)
	f.path.render(m)
	f.filter.Put(b.Filter())
	f.columns.render(browser.ColumnHeads(f.env.Columns.Columns(), b.Order(), b.At().Root()))
	f.status.Set(m.Status)
	f.again = m.StatusAction.Do
	f.retry.SetLabel(m.StatusAction.Label)
	if again := m.StatusAction.Label != ""; f.retry.Visible() != again {
		kit.SetVisible(f.retry, again)
		f.foot.Refresh()
	}
	if b.At() != f.at {
		f.at = b.At()
		f.list.Reset(-1)
	}
	f.renderWork()
	f.renderChosen()
	f.showContent(m)
}

func (f *folder) showContent(m browser.Folder) {
	found, searching := f.env.Intents.Search()
	bin, binned := f.env.Intents.Deleted()
	if headed := m.Message == nil && !searching && !binned; f.columns.object.Visible() != headed {
		kit.SetVisible(f.columns.object, headed)
		f.listing.Refresh()
	}
	var o fyne.CanvasObject = f.list
	switch {
	case searching:
		f.search.render(found, f.at.Prefix)
		f.status.Set(found.Status)
		o = f.search.object
	case binned:
		f.deleted.render(bin)
		f.status.Set(bin.Status)
		o = f.deleted.object
	case m.Message != nil:
		f.message.Render(f.id, *m.Message)
		o = f.message.Object()
	default:
		f.list.Update()
	}
	if f.content.Show(o) {
		f.list.Update()
	}
	f.env.Kit.Settle()
}

// row is line i of the listing.
func (f *folder) row(i int) browser.EntryRow {
	b := f.env.Intents.Browser()
	if b == nil || i >= b.Len() {
		return browser.EntryRow{}
	}
	e := b.Entry(i)
	return browser.NewEntryRow(e, b.Name(e), b.At().Root(), f.now)
}

// rowsOf are the rows of a list that exist.
func rowsOf(l *kit.List) []*entryRow {
	var rows []*entryRow
	for _, r := range l.Rows() {
		rows = append(rows, r.(*entryRow))
	}
	return rows
}

// realign lays out all rows again after the columns have changed.
func (f *folder) realign() {
	for _, l := range []*kit.List{f.list, f.search.list, f.deleted.list} {
		for _, r := range rowsOf(l) {
			r.realign()
		}
	}
}

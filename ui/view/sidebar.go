package view

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daypass/app/fold"
	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// sidebar is the list of connections.
type sidebar struct {
	env    Env
	object fyne.CanvasObject
	list   *kit.List
	// measure is the width of the words in a row.
	measure *kit.Measure
	// filter stands above many connections.
	filter    *kit.Entry
	filterRow fyne.CanvasObject
	notices   *kit.Button
	// menu opens what concerns all of Daypass, and settings the settings.
	menu, settings *kit.Button
	// rows are those of drawn that the filter lets through.
	rows  []present.Row
	drawn present.Sidebar
}

// sidebarRow returns the height of a connection in the list, whose state has one line.
func sidebarRow() float32 { return theme.ForText(13 * theme.Grid) }

func newSidebar(env Env) *sidebar {
	s := &sidebar{env: env, measure: kit.NewMeasure(theme.ForText(sidebarWidth))}
	s.list = kit.NewList(messages.Text("window.sidebar.list"), sidebarRow(), func() int { return len(s.rows) }, func() kit.Row { return newSidebarRow(s) })
	s.list.OnSelect = func(i int) { env.Commands.Select(s.rows[i].ID) }
	s.list.OnMenu = func(i int, at fyne.Position) {
		env.Kit.ShowMenu(at, sessionMenu(env, s.rows[i].ID, s.rows[i].Name, s.rows[i].Can))
	}
	s.list.OnFind = s.find
	s.filter = kit.NewEntry("filter-connections", messages.Text("window.sidebar.filter"), messages.Text("window.sidebar.filter"))
	s.filter.OnChanged = func(string) { s.list.Reset(-1); s.showRows() }
	s.filter.OnEscape = func() { s.filter.SetText(""); env.Kit.Focus(s.list) }
	s.filter.OnSubmitted = func(string) { s.submit() }
	s.filterRow = kit.Inset(kit.Sized(s.filter, 0, kit.ButtonHeight()), 0, theme.Small, theme.Small, theme.Small)
	s.filterRow.Hide()
	title := kit.NewText("Daypass", kit.Strong)
	add := env.Kit.IconButton("add-connection", "plus", messages.Text("window.sidebar.add"), func() { env.Commands.Show(present.ShowWelcome) })
	s.menu = env.Kit.IconButton("menu", "more", messages.Text("window.sidebar.menu"), s.openMenu)
	head := kit.Inset(kit.Stretch(theme.Small, 0, title, add, s.menu), theme.Medium, theme.Small, theme.Small, theme.Large)
	s.notices = env.Kit.Button("notices", "", "warning", kit.Quiet, func() { env.Commands.Show(present.ShowNotices) }).Leading()
	s.notices.Hide()
	s.settings = env.Kit.Button("settings", messages.Text("window.settings"), "settings", kit.Quiet, func() { env.Commands.Show(present.ShowSettings) }).Leading()
	foot := kit.Inset(kit.Column(0, s.notices, s.settings), theme.Small, theme.Small, theme.Small, theme.Small)
	rows := container.New(&sidebarRows{s}, s.list)
	s.object = container.NewStack(kit.NewGround(theme.ColorSidebar), kit.Framed(kit.Column(0, head, s.filterRow), rows, foot))
	return s
}

func (s *sidebar) openMenu() {
	i := s.env.Commands
	s.env.Kit.ShowMenuBelow(s.menu, []kit.Item{
		{ID: "menu.add-connection", Label: messages.Text("window.sidebar.add"), Do: func() { i.Show(present.ShowWelcome) }},
		{ID: "menu.settings", Label: messages.Text("window.settings"), Do: func() { i.Show(present.ShowSettings) }},
		{ID: "menu.shortcuts", Label: messages.Text("window.shortcuts"), Do: func() { i.ShowShortcuts() }},
		{ID: "menu.quit", Label: messages.Text("common.quit-daypass"), Apart: true, Do: i.Quit},
	})
}

// find returns the next connection whose name begins with a text in small letters.
func (s *sidebar) find(text string, from int) int {
	for k := range s.rows {
		i := (from + k) % len(s.rows)
		if strings.HasPrefix(fold.String(s.rows[i].Name), text) {
			return i
		}
	}
	return -1
}

// submit shows the first connection that the filter lets through.
func (s *sidebar) submit() {
	if len(s.rows) > 0 {
		s.env.Commands.Select(s.rows[0].ID)
		s.env.Kit.Focus(s.list)
	}
}

// showRows lists the connections that the filter lets through.
func (s *sidebar) showRows() {
	s.rows = present.FilterRows(s.drawn.Rows, s.filter.Text)
	s.fitRows()
	s.list.SetSelected(slices.IndexFunc(s.rows, func(r present.Row) bool { return r.Selected }))
	s.list.Update()
}

// fitRows makes the rows as high as the one whose state has the most lines.
func (s *sidebar) fitRows() {
	word, lines := newSidebarRow(s).word, 1
	for _, row := range s.rows {
		lines = max(lines, word.Lines(row.Word))
	}
	s.list.SetRowHeight(sidebarRow() + float32(lines-1)*word.LineHeight())
}

// sidebarRows sets the measure of the rows to the width that they have.
type sidebarRows struct{ bar *sidebar }

// MinSize implements fyne.Layout.
func (*sidebarRows) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements fyne.Layout.
func (r *sidebarRows) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	before := r.bar.measure.Width()
	if r.bar.measure.Fit(s.Width-2*theme.Large-kit.SeverityInset()) != before {
		r.bar.fitRows()
	}
	objects[0].Resize(s)
}

// showFilter shows the filter where there are many connections.
func (s *sidebar) showFilter() {
	if many := len(s.drawn.Rows) >= present.ManyConnections || s.filter.Text != ""; s.filterRow.Visible() != many {
		kit.SetVisible(s.filterRow, many)
		s.object.Refresh()
	}
}

func (s *sidebar) render(m present.Sidebar) {
	changed := !slices.Equal(m.Rows, s.drawn.Rows)
	s.drawn = m
	if changed {
		s.showFilter()
		s.showRows()
	}
	s.notices.SetLabel(m.Notices)
	s.notices.SetSelected(m.NoticesSelected)
	s.settings.SetSelected(m.SettingsSelected)
	if some := m.Notices != ""; s.notices.Visible() != some {
		kit.SetVisible(s.notices, some)
		s.object.Refresh()
	}
}

// sidebarRowView is one connection.
type sidebarRowView struct {
	widget.BaseWidget
	bar  *sidebar
	mark *kit.Icon
	name *kit.Text
	word *kit.Paragraph
}

func newSidebarRow(bar *sidebar) *sidebarRowView {
	r := &sidebarRowView{bar: bar, mark: kit.NewSeverityIcon(16), name: kit.NewText("", kit.Body.InMiddle()), word: kit.NewLabel("", kit.Caption, bar.measure, 0)}
	r.ExtendBaseWidget(r)
	return r
}

// Parts returns what the row is made of, for the report of widgets.
func (r *sidebarRowView) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{r.name, r.word} }

// CreateRenderer implements fyne.Widget.
func (r *sidebarRowView) CreateRenderer() fyne.WidgetRenderer {
	mark := kit.Sized(r.mark, kit.SeverityInset()-theme.Small, 0)
	return widget.NewSimpleRenderer(kit.Stretch(theme.Small, 1, mark, kit.Column(0, r.name, r.word)))
}

// Bind implements kit.Row.
func (r *sidebarRowView) Bind(i int) {
	row := r.bar.rows[i]
	r.mark.SetSeverity(row.Severity)
	r.name.Set(row.Name)
	r.word.Set(row.Word)
}

// connectionID returns the ID of a line in the menu of a connection.
func connectionID(do present.Do) string { return kit.PartID("connection", string(do)) }

// sessionMenu is what can be done to a connection.
func sessionMenu(env Env, id, name string, can present.Can) []kit.Item {
	item := func(do present.Do, label string, can bool) kit.Item {
		return kit.Item{ID: connectionID(do), Label: label, Disabled: !can, Do: func() { env.Commands.Do(id, do) }}
	}
	first := item(present.DoSignIn, messages.Text("common.sign-in"), can.SignIn)
	if can.Cancel {
		first = item(present.DoCancel, messages.Text("window.connection.cancel-sign-in"), true)
	}
	items := []kit.Item{
		first,
		item(present.DoRenew, messages.Text("common.renew-now"), can.Renew),
		item(present.DoSignOut, messages.Text("common.sign-out"), can.SignOut),
		item(present.DoLimit, messages.Text("window.connection.limit"), can.SignIn || can.SignOut),
		item(present.DoEdit, messages.Text("window.connection.edit"), true),
		item(present.DoTest, messages.Text("window.connection.test"), true),
		item(present.DoDetails, messages.Text("window.connection.details"), true),
		item(present.DoUpdate, messages.Text("window.connection.update"), true),
		apart(item(present.DoDuplicate, messages.Text("window.connection.duplicate"), true)),
		item(present.DoMove, messages.Text("window.connection.move"), true),
		item(present.DoExport, messages.Text("window.connection.export"), true),
		item(present.DoLink, messages.Text("window.connection.link"), true),
		item(present.DoQR, messages.Text("window.connection.qr"), true),
		{ID: connectionID(present.DoRemove), Label: messages.Text("window.connection.remove"), Apart: true, Do: func() { askRemove(env, id, name) }},
	}
	if !can.Update {
		items = slices.DeleteFunc(items, func(i kit.Item) bool { return i.ID == connectionID(present.DoUpdate) })
	}
	return items
}

// apart is an item away from those above it.
func apart(i kit.Item) kit.Item {
	i.Apart = true
	return i
}

func askRemove(env Env, id, name string) {
	env.Kit.Ask(kit.Question{
		ID:    string(present.DoRemove),
		Title: messages.Text("window.remove.title", messages.Args{"Connection": name}),
		Text:  messages.Text("window.remove.text"),
		Yes:   messages.Text("window.remove.yes"),
		Do:    func() { env.Commands.Do(id, present.DoRemove) },
	})
}

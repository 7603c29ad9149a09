package view

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/view/kit"
)

// sidebar is the list of connections.
type sidebar struct {
	env     Env
	object  fyne.CanvasObject
	list    *kit.List
	notices *kit.Button
	// settings opens the settings.
	settings *kit.Button
	rows     []present.Row
	drawn    present.Sidebar
}

const sidebarRow = 13 * theme.Grid

func newSidebar(env Env) *sidebar {
	s := &sidebar{env: env}
	s.list = kit.NewList(sidebarRow, func() int { return len(s.rows) }, func() kit.Row { return newSidebarRow(s) })
	s.list.OnSelect = func(i int) { env.Intents.Select(s.rows[i].ID) }
	s.list.OnMenu = func(i int, at fyne.Position) {
		env.Kit.ShowMenu(env.Canvas(), at, sessionMenu(env, s.rows[i].ID, s.rows[i].Name, s.rows[i].Can))
	}
	title := kit.NewText("Daypass", kit.Strong)
	add := env.Kit.IconButton("plus", "Add a connection", func() { env.Intents.Show(present.ShowWelcome) })
	head := kit.Inset(kit.Stretch(theme.Small, 0, title, add), theme.Medium, theme.Small, theme.Small, theme.Large)
	s.notices = env.Kit.Button("", "warning", kit.Quiet, func() { env.Intents.Show(present.ShowNotices) }).Leading()
	s.notices.Hide()
	s.settings = env.Kit.Button("Settings", "settings", kit.Quiet, func() { env.Intents.Show(present.ShowSettings) }).Leading()
	foot := kit.Inset(kit.Column(0, s.notices, s.settings), theme.Small, theme.Small, theme.Small, theme.Small)
	s.object = container.NewStack(kit.NewGround(theme.ColorSidebar), kit.Framed(head, s.list, foot))
	return s
}

func (s *sidebar) render(m present.Sidebar) {
	if !slices.Equal(m.Rows, s.drawn.Rows) {
		s.rows = m.Rows
		s.list.SetSelected(slices.IndexFunc(m.Rows, func(r present.Row) bool { return r.Selected }))
		s.list.Update()
	}
	s.notices.SetLabel(m.Notices)
	s.notices.SetChosen(m.NoticesSelected)
	s.settings.SetChosen(m.SettingsSelected)
	kit.SetVisible(s.notices, m.Notices != "")
	s.drawn = m
}

// sidebarRowView is one connection.
type sidebarRowView struct {
	widget.BaseWidget
	bar        *sidebar
	mark       *kit.Icon
	name, word *kit.Text
}

func newSidebarRow(bar *sidebar) *sidebarRowView {
	r := &sidebarRowView{bar: bar, mark: newMark(16), name: kit.NewText("", kit.Body), word: kit.NewText("", kit.Caption)}
	r.ExtendBaseWidget(r)
	return r
}

// Parts tells the widget report what the row is made of.
func (r *sidebarRowView) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{r.name, r.word} }

// CreateRenderer implements fyne.Widget.
func (r *sidebarRowView) CreateRenderer() fyne.WidgetRenderer {
	mark := kit.Sized(r.mark, 16, 0)
	return widget.NewSimpleRenderer(kit.Stretch(theme.Small, 1, mark, kit.Column(0, r.name, r.word)))
}

// Bind implements kit.Row.
func (r *sidebarRowView) Bind(i int) {
	row := r.bar.rows[i]
	setMark(r.mark, row.Mark)
	r.name.Set(row.Name)
	r.word.Set(row.Word)
}

// sessionMenu is what can be done to a connection.
func sessionMenu(env Env, id, name string, can present.Can) []kit.Item {
	do := func(what present.Do) func() { return func() { env.Intents.Do(id, what) } }
	first := kit.Item{Label: "Sign in", Disabled: !can.SignIn, Do: do(present.DoSignIn)}
	if can.Cancel {
		first = kit.Item{Label: "Cancel signing in", Do: do(present.DoCancel)}
	}
	return []kit.Item{
		first,
		{Label: "Renew now", Disabled: !can.Renew, Do: do(present.DoRenew)},
		{Label: "Sign out", Disabled: !can.SignOut, Do: do(present.DoSignOut)},
		{Label: "Edit…", Do: do(present.DoEdit)},
		{Label: "Details", Do: do(present.DoDetails)},
		{Label: "Remove…", Apart: true, Do: func() { askRemove(env, id, name) }},
	}
}

func askRemove(env Env, id, name string) {
	env.Kit.Ask(env.Canvas(), kit.Question{
		Title: "Remove “" + name + "”?",
		Text:  "You are signed out and the connection is deleted from this computer. Nothing in the storage changes.",
		Yes:   "Remove",
		Do:    func() { env.Intents.Do(id, present.DoRemove) },
	})
}

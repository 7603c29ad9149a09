package view

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/tools"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// UseIntents is what a person can want on the screen on other tools.
type UseIntents interface {
	// ChooseTool shows how to use a tool, or where limited keys are made.
	ChooseTool(id string)
	// PreviewStep shows what a step would do to the chosen tool's files, DoStep does what is shown,
	// DropStep puts it away.
	PreviewStep(step tools.Step)
	DoStep()
	DropStep()
	// CopySnippet copies what to type, CopyKeys the keys themselves in the chosen tool's form.
	CopySnippet()
	CopyKeys()
	// AddPlace adds a bucket or folder to those of limited keys, and reports whether text is one; DropPlace
	// takes out the nth.
	AddPlace(text string) bool
	DropPlace(n int)
	// LimitTo says what else is asked of limited keys.
	LimitTo(write bool, life, program string)
	// MakeLimited makes them, CopyLimited copies their token for a shell, CopyCommand what uses such keys.
	MakeLimited()
	CopyLimited(shell string)
	CopyCommand()
	// Pause has somebody get no keys for a time; Revoke takes back what it was given.
	Pause(consumer string, paused bool)
	Revoke(consumer string)
}

// useIn is the screen on other tools: their list on the left, how to use one on the right.
type useIn struct {
	env     Env
	object  *fyne.Container
	title   *kit.Text
	list    *fyne.Container
	page    *kit.Page
	measure *kit.Measure

	status  *fyne.Container
	trouble *fyne.Container
	use     *fyne.Container // all that is about one tool
	tool    *fyne.Container
	buttons *fyne.Container
	said    *kit.Paragraph
	change  *fyne.Container
	yes     *kit.Button
	words   *fyne.Container
	limit   *limit
	fetched *fyne.Container
	// rows are the buttons of those who fetched keys.
	rows  [][]*kit.Button
	drawn present.UseIn
}

const (
	useWidth = 150 * theme.Grid
	useList  = 46 * theme.Grid
)

func newUseIn(env Env) *useIn {
	u := &useIn{env: env, title: kit.NewText("", kit.Title), list: kit.Column(0), measure: kit.NewMeasure(useWidth)}
	u.status, u.trouble, u.fetched = kit.Column(theme.Small), kit.Column(0), kit.Column(theme.Medium)
	u.tool, u.change, u.words = kit.Column(theme.Medium), kit.Column(theme.Medium), kit.Column(theme.Grid)
	u.buttons, u.said = kit.Wrapped(u.measure), kit.NewParagraph("", kit.Secondary, u.measure, 0)
	u.limit = newLimit(env, u.measure)
	u.use = kit.Column(theme.Medium, u.tool, u.buttons, u.said, u.change, u.words)
	shut := env.Kit.IconButton("close", "Close (Esc)", func() { env.Intents.Show(present.ShowSession) })
	head := kit.Inset(kit.Stretch(theme.Small, 0, u.title, shut), theme.Large, theme.Large, theme.Small, theme.Huge)
	u.page = kit.NewPage(u.measure, kit.AtTop, kit.Column(theme.Large, u.status, u.trouble, u.use, u.limit.object, u.fetched))
	list := kit.Scrolling(container.NewVScroll(kit.Inset(u.list, theme.Large, theme.Small, theme.Small, theme.Large)))
	u.object = kit.Framed(head, container.New(&beside{}, list, u.page.Object()), nil)
	return u
}

// beside puts a list beside a page.
type beside struct{}

// MinSize implements fyne.Layout.
func (*beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, 0) }

// Layout implements fyne.Layout.
func (*beside) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(fyne.NewSize(useList, s.Height))
	objects[1].Resize(fyne.NewSize(s.Width-useList, s.Height))
	objects[1].Move(fyne.NewPos(useList, 0))
}

// render shows m; what has not changed keeps its widgets, and with them the focus.
func (u *useIn) render(m present.UseIn) {
	if reflect.DeepEqual(m, u.drawn) {
		return
	}
	u.title.Set(m.Title)
	if !reflect.DeepEqual(m.Rows, u.drawn.Rows) {
		u.setList(m.Rows)
	}
	u.setStatus(m)
	if m.Trouble != u.drawn.Trouble {
		u.trouble.Objects = problemBox(m.Trouble, u.measure)
	}
	kit.SetVisible(u.trouble, m.Trouble.Title != "")
	u.setTool(m.Tool)
	kit.SetVisible(u.limit.object, m.Limit != nil)
	if m.Limit != nil {
		u.limit.render(*m.Limit)
	}
	if m.Busy {
		m.Fetched = present.Fetched{}
	}
	if !reflect.DeepEqual(m.Fetched, u.drawn.Fetched) {
		u.setFetched(m.Fetched)
	}
	if chosenRow(m) != chosenRow(u.drawn) || m.ID != u.drawn.ID {
		u.page.ScrollToTop()
	}
	asks := m.Tool != nil && m.Tool.Change != nil && m.Tool.Change.CanDo
	before := u.drawn.Tool
	u.drawn = m
	u.page.Refresh()
	if asks && (before == nil || !reflect.DeepEqual(before.Change, m.Tool.Change)) {
		u.ask()
	}
}

func chosenRow(m present.UseIn) string {
	for _, r := range m.Rows {
		if r.Chosen {
			return r.ID
		}
	}
	return ""
}

// setList shows the tools; a mark at the right says which are set up.
func (u *useIn) setList(rows []present.ToolRow) {
	same := len(rows) == len(u.list.Objects)
	if !same {
		u.list.Objects = nil
		for _, r := range rows {
			u.list.Add(newToolButton(u.env, r))
		}
	}
	for i, r := range rows {
		showToolButton(u.list.Objects[i], r)
	}
	u.list.Refresh()
}

func newToolButton(env Env, r present.ToolRow) fyne.CanvasObject {
	button := env.Kit.Button(r.Name, "", kit.Quiet, func() { env.Intents.ChooseTool(r.ID) }).Leading()
	mark := kit.NewIcon("", theme.ColorSecondary, 16)
	place := kit.Inset(kit.Stretch(0, 0, kit.NewText("", kit.Body), mark), 0, theme.Small, 0, 0)
	return container.NewStack(button, place)
}

func showToolButton(o fyne.CanvasObject, r present.ToolRow) {
	row := o.(*fyne.Container).Objects
	button, place := row[0].(*kit.Button), row[1].(*fyne.Container)
	mark := place.Objects[0].(*fyne.Container).Objects[1].(*kit.Icon)
	button.SetLabel(r.Name)
	button.SetChosen(r.Chosen)
	switch {
	case r.Ready:
		mark.Set("check", theme.ColorGood)
		button.SetHint("Set up")
	default:
		mark.Set("", theme.ColorSecondary)
		button.SetHint("")
	}
}

// setStatus says why tools get no keys, where they get none.
func (u *useIn) setStatus(m present.UseIn) {
	kit.SetVisible(u.status, m.Text != "" || m.Busy)
	if m.Text == u.drawn.Text && m.SignIn == u.drawn.SignIn && m.Busy == u.drawn.Busy {
		return
	}
	u.status.Objects = nil
	if m.Text != "" {
		u.status.Add(kit.WithSeverity(m.Mark, kit.NewParagraph(m.Text, kit.Body, u.measure, kit.SeverityInset)))
	}
	if m.SignIn {
		u.status.Add(kit.Line(0, u.env.Kit.Button("Sign in", "sign-in", kit.Primary, func() { u.env.Intents.Do(u.drawn.ID, present.DoSignIn) })))
	}
	if m.Busy {
		u.status.Add(kit.NewParagraph("Looking for tools on this computer.", kit.Secondary, u.measure, 0))
	}
}

// problemBox returns a problem to show; nothing where there is none.
func problemBox(p present.Trouble, m *kit.Measure) []fyne.CanvasObject {
	if p.Title == "" {
		return nil
	}
	return []fyne.CanvasObject{kit.ProblemBox(p.Title, p.Text, p.Next, m)}
}

// Package toolsview draws the screen on other programs.
package toolsview

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	app "daypass/app/tools"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/tools"
)

// Commands are what the user can do on the screen.
type Commands interface {
	// Select shows a tool, or the form for limited credentials.
	Select(id string)
	// SetFilter lists the tools whose names have a text in them.
	SetFilter(text string)
	// Preview shows what a step would change in the files of the selected tool, Apply does what is shown, Cancel
	// takes it away.
	Preview(step app.Step)
	Apply()
	Cancel()
	// CopySnippet copies what to type, CopyCredentials the credentials themselves in the format of the tool.
	CopySnippet()
	CopyCredentials()
	// Pause denies credentials to a client, or resumes them; Revoke removes it.
	Pause(client string, paused bool)
	Revoke(client string)
	// SignIn signs in to the connection, and Leave closes the screen.
	SignIn()
	Leave()
}

// View is the screen: the list of tools on the left, how to use one on the right.
type View struct {
	kit      *kit.Kit
	commands Commands
	object   *fyne.Container
	title    *kit.Text
	filter   *kit.Entry
	list     *fyne.Container
	beside   *fyne.Container
	page     *kit.Page
	measure  *kit.Measure

	status  *fyne.Container
	problem *fyne.Container
	tool    *toolPage
	limit   *limitForm
	gateway *gatewayForm
	clients *clients
	drawn   tools.Model
}

const pageWidth = 150 * theme.Grid

// The width of the list of tools, and the most of the screen that it takes for large text; the width that a page needs
// beside it, and the share of the height that the list has where it is above the page.
const (
	listWidth   = float32(46 * theme.Grid)
	listShare   = 0.5
	roomForPage = 60 * theme.Grid
	heightShare = 0.4
)

// nameWidth returns the width in which each name of the list can be read.
func nameWidth(names *fyne.Container) (widest float32) {
	for _, row := range names.Objects {
		parts := row.(*fyne.Container).Objects
		if tool, ok := parts[len(parts)-1].(*fyne.Container); ok { // and not the words for none
			widest = max(widest, tool.Objects[0].(*kit.Button).LeadingWidth())
		}
	}
	return widest
}

// New returns the screen, which shows nothing until Render.
func New(k *kit.Kit, c Commands, limit LimitCommands, gateway GatewayCommands) *View {
	v := &View{kit: k, commands: c, title: kit.NewText("", kit.Title), list: kit.Column(0), measure: kit.NewMeasure(theme.ForText(pageWidth))}
	v.status, v.problem = kit.Column(theme.Small), kit.Column(0)
	v.tool, v.limit, v.gateway, v.clients = newToolPage(v), newLimitForm(k, limit, v.measure), newGatewayForm(k, gateway, v.measure), newClients(v)
	leave := k.IconButton("tools.close", "close", messages.Text("tools.close"), c.Leave)
	head := kit.Inset(kit.Stretch(theme.Small, 0, v.title, leave), theme.Large, theme.Large, theme.Small, theme.Huge)
	v.page = kit.NewPage(v.measure, kit.AtTop, kit.Column(theme.Large, v.status, v.problem, v.tool.object, v.limit.object, v.gateway.object, v.clients.object))
	v.beside = container.New(&beside{names: v.list}, v.newList(), v.page.Object())
	v.object = kit.Framed(head, v.beside, nil)
	return v
}

// newList returns the list of tools, below what filters it.
func (v *View) newList() fyne.CanvasObject {
	v.filter = kit.NewEntry("tools.filter", messages.Text("tools.filter"), messages.Text("tools.filter"))
	v.filter.OnChanged = v.commands.SetFilter
	v.filter.OnEscape = func() { v.filter.SetText("") }
	list := kit.Scrolling(container.NewVScroll(kit.Inset(v.list, theme.Small, theme.Small, theme.Small, theme.Large)))
	return kit.Framed(kit.Inset(kit.Sized(v.filter, 0, kit.ButtonHeight()), theme.Large, theme.Small, 0, theme.Large), list, nil)
}

// Object returns what to put on screen.
func (v *View) Object() fyne.CanvasObject { return v.object }

// beside puts a list beside a page, or above it where large text leaves no room. The list is as wide as its longest
// name, where there is room.
type beside struct {
	names *fyne.Container
	// widest is that of all names so far, so that a filter does not make the list narrower.
	widest float32
}

// MinSize implements fyne.Layout.
func (*beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, 0) }

// Layout implements fyne.Layout.
func (b *beside) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	b.widest = max(b.widest, nameWidth(b.names))
	list := max(listWidth, min(b.widest+theme.Large+theme.Small, s.Width*listShare))
	if s.Width-list < theme.ForText(roomForPage) {
		height := float32(int(s.Height * heightShare))
		objects[0].Resize(fyne.NewSize(s.Width, height))
		objects[0].Move(fyne.Position{})
		objects[1].Resize(fyne.NewSize(s.Width, s.Height-height))
		objects[1].Move(fyne.NewPos(0, height))
		return
	}
	objects[0].Resize(fyne.NewSize(list, s.Height))
	objects[0].Move(fyne.Position{})
	objects[1].Resize(fyne.NewSize(s.Width-list, s.Height))
	objects[1].Move(fyne.NewPos(list, 0))
}

// Render shows m; what has not changed keeps its widgets, and with them the focus.
func (v *View) Render(m tools.Model) {
	if reflect.DeepEqual(m, v.drawn) {
		return
	}
	v.title.Set(m.Title)
	v.filter.Put(m.Filter)
	if !reflect.DeepEqual(m.Rows, v.drawn.Rows) || m.NoMatch != v.drawn.NoMatch {
		v.setList(m.Rows, m.NoMatch)
	}
	v.setStatus(m)
	if m.Problem != v.drawn.Problem {
		v.problem.Objects = problemBox(m.Problem, v.measure)
	}
	kit.SetVisible(v.problem, m.Problem.Title != "")
	asks := v.tool.render(m.Tool)
	kit.SetVisible(v.limit.object, m.Limit != nil)
	if m.Limit != nil {
		v.limit.render(*m.Limit)
	}
	kit.SetVisible(v.gateway.object, m.Gateway != nil)
	if m.Gateway != nil {
		v.gateway.render(*m.Gateway)
	}
	if m.Busy {
		m.Clients = tools.Clients{}
	}
	v.clients.render(m.Clients)
	if selected(m) != selected(v.drawn) || m.ID != v.drawn.ID {
		v.page.ScrollToTop()
	}
	v.drawn = m
	v.page.Refresh()
	if asks {
		v.tool.ask()
	}
}

// selected returns the ID of the selected row; empty for none.
func selected(m tools.Model) string {
	for _, r := range m.Rows {
		if r.Selected {
			return r.ID
		}
	}
	return ""
}

// setList shows the tools; a check at the right says which are set up. Rows that only look different keep their
// widgets.
func (v *View) setList(rows []tools.Row, noMatch string) {
	if !sameList(rows, v.drawn.Rows) || len(rows) == 0 {
		v.list.Objects = nil
		for _, r := range rows {
			v.list.Add(v.newRow(r))
		}
		if noMatch != "" {
			v.list.Add(kit.Inset(kit.NewText(noMatch, kit.Secondary), theme.Small, 0, 0, theme.Small))
		}
	}
	for i, r := range rows {
		showRow(v.list.Objects[i], r)
	}
	v.beside.Refresh()
}

// sameList reports whether two lists have the same tools and groups in the same order.
func sameList(a, b []tools.Row) bool {
	return slices.EqualFunc(a, b, func(x, y tools.Row) bool { return x.ID == y.ID && x.Heading == y.Heading })
}

// newRow returns a tool's button, below a heading where a group begins with it.
func (v *View) newRow(r tools.Row) fyne.CanvasObject {
	button := v.kit.Button(kit.RowID("tool", r.ID), r.Name, "", kit.Quiet, func() { v.commands.Select(r.ID) }).Leading()
	ready := kit.NewIcon("", theme.ColorSecondary, 16)
	row := container.NewStack(button, kit.Inset(kit.Stretch(0, 0, kit.NewText("", kit.Body), ready), 0, theme.Small, 0, 0))
	if r.Heading == "" {
		return kit.Column(0, row)
	}
	return kit.Column(0, kit.Inset(kit.NewText(r.Heading, kit.Caption), theme.Small, 0, theme.Grid, theme.Small), row)
}

// toolParts returns the button of a row, and what lies over it.
func toolParts(row fyne.CanvasObject) []fyne.CanvasObject {
	parts := row.(*fyne.Container).Objects
	return parts[len(parts)-1].(*fyne.Container).Objects
}

func showRow(o fyne.CanvasObject, r tools.Row) {
	row := toolParts(o)
	button := row[0].(*kit.Button)
	ready := row[1].(*fyne.Container).Objects[0].(*fyne.Container).Objects[1].(*kit.Icon)
	button.SetLabel(r.Name)
	button.SetSelected(r.Selected)
	if r.Ready {
		ready.Set("check", theme.ColorOK)
		button.SetHint(messages.Text("tools.set-up.hint"))
		return
	}
	ready.Set("", theme.ColorSecondary)
	button.SetHint("")
}

// setStatus says why tools get no credentials, where they get none.
func (v *View) setStatus(m tools.Model) {
	kit.SetVisible(v.status, m.Text != "" || m.Busy)
	if m.Text == v.drawn.Text && m.SignIn == v.drawn.SignIn && m.Busy == v.drawn.Busy {
		return
	}
	v.status.Objects = nil
	if m.Text != "" {
		v.status.Add(kit.WithSeverity(m.Severity, kit.NewParagraph(m.Text, kit.Body, v.measure, kit.SeverityInset())))
	}
	if m.SignIn {
		v.status.Add(kit.Line(0, v.kit.Button("tools.sign-in", messages.Text("common.sign-in"), "sign-in", kit.Primary, v.commands.SignIn)))
	}
	if m.Busy {
		v.status.Add(kit.NewParagraph(messages.Text("tools.searching"), kit.Secondary, v.measure, 0))
	}
}

// problemBox returns a problem to show; nothing where there is none.
func problemBox(p present.Problem, m *kit.Measure) []fyne.CanvasObject {
	if p.Title == "" {
		return nil
	}
	return []fyne.CanvasObject{kit.ProblemBox(p.Title, p.Text, p.Next, m)}
}

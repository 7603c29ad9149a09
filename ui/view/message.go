package view

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// messageWidth is the width of running text.
const messageWidth = 112 * theme.Grid

// markInset is the room that a mark has around its shape.
const markInset = 6

// messagePane says one thing, in the middle of the place it has.
type messagePane struct {
	env         Env
	id          string
	object      fyne.CanvasObject
	page        *kit.Page
	mark        *kit.Icon
	title       *kit.Paragraph
	text, next  *kit.Paragraph
	clock       *kit.Text
	caption     *kit.Text
	clockRow    fyne.CanvasObject
	admin       *kit.Paragraph
	adminBox    fyne.CanvasObject
	buttons     *fyne.Container
	made        []*kit.Button
	drawn       present.Message
	initialised bool
}

func newMessagePane(env Env, id string) *messagePane {
	m := kit.NewMeasure(messageWidth)
	p := &messagePane{env: env, id: id, mark: kit.NewSeverityIcon(32), title: kit.NewParagraph("", kit.Title, m, 0)}
	p.text = kit.NewParagraph("", kit.Secondary, m, 0)
	p.next = kit.NewParagraph("", kit.Body, m, 0)
	p.clock = kit.NewText("", kit.Title.Keeping("00:00"))
	p.caption = kit.NewText("", kit.Caption)
	p.clockRow = kit.Stretch(theme.Small, 1, p.clock, p.caption)
	p.admin = kit.NewParagraph("", kit.Body, m, theme.Large+10*theme.Grid)
	p.adminBox = p.newAdminBox()
	p.buttons = container.NewStack()
	column := kit.Column(theme.Medium, kit.Inset(kit.Line(0, p.mark), 0, 0, 0, -markInset), p.title, p.text, p.clockRow, p.next, p.adminBox, kit.Inset(p.buttons, theme.Grid, 0, 0, 0))
	p.page = kit.NewPage(m, kit.Centered, column)
	p.object = p.page.Object()
	return p
}

func (p *messagePane) newAdminBox() fyne.CanvasObject {
	heading := kit.NewText("For the administrator", kit.Caption)
	text := kit.Inset(kit.Column(theme.Grid, heading, p.admin), theme.Medium, 0, theme.Medium, theme.Large)
	button := p.env.Kit.IconButton("copy", "Copy for the administrator", p.copy)
	content := container.NewBorder(nil, nil, nil, kit.Inset(kit.Column(0, button), theme.Grid, theme.Grid, 0, 0), text)
	return container.NewStack(kit.NewBox(theme.ColorInfoFill, 8), content)
}

// render shows m, which is about the connection id.
func (p *messagePane) render(id string, m present.Message) {
	fresh := p.id != id || !p.initialised
	p.id, p.initialised = id, true
	p.clock.Set(m.Clock)
	p.caption.Set(m.ClockCaption)
	m.Clock = ""
	if !fresh && sameMessage(m, p.drawn) {
		return
	}
	p.mark.SetSeverity(m.Mark)
	for paragraph, text := range map[*kit.Paragraph]string{p.title: m.Title, p.text: m.Text, p.next: m.Next, p.admin: m.Admin} {
		paragraph.Set(text)
	}
	kit.SetVisible(p.clockRow, m.ClockCaption != "")
	kit.SetVisible(p.adminBox, m.Admin != "")
	if fresh || !sameActions(m, p.drawn) {
		p.setButtons(m)
	}
	p.drawn = m
	p.page.Refresh()
}

func sameActions(a, b present.Message) bool {
	return a.Primary == b.Primary && slices.Equal(a.Others, b.Others)
}

func sameMessage(a, b present.Message) bool {
	return a.Mark == b.Mark && a.Title == b.Title && a.Text == b.Text && a.Next == b.Next && a.Admin == b.Admin &&
		a.ClockCaption == b.ClockCaption && sameActions(a, b)
}

func (p *messagePane) setButtons(m present.Message) {
	var all []fyne.CanvasObject
	p.made = nil
	add := func(a present.Action, kind kit.Kind) {
		if a.Label != "" {
			b := p.env.Kit.Button(a.Label, "", kind, func() { p.press(a.Do) })
			b.SetEnabled(!a.Disabled)
			all, p.made = append(all, b), append(p.made, b)
		}
	}
	add(m.Primary, kit.Primary)
	for _, a := range m.Others {
		add(a, kit.Plain)
	}
	p.buttons.Objects = []fyne.CanvasObject{kit.Line(theme.Small, all...)}
	p.buttons.Refresh()
}

func (p *messagePane) press(do present.Do) { p.env.Intents.Do(p.id, do) }

// copy gives what the administrator needs to know.
func (p *messagePane) copy() {
	p.env.Intents.Copy(p.drawn.Title + "\n" + p.drawn.Text + "\n" + p.drawn.Admin)
}

package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// MessageWidth is the greatest width of running text.
const MessageWidth = 112 * theme.Grid

// markInset is the room that a mark has around its shape.
const markInset = 6

// MessagePane says one thing, in the middle of the room it has.
type MessagePane struct {
	kit        *Kit
	part       string
	press      func(about string, do present.Do)
	page       *Page
	measure    *Measure
	severity   *Icon
	title      *Paragraph
	text, next *Paragraph
	clock      messageClock
	admin      *Paragraph
	adminBox   fyne.CanvasObject
	row        *fyne.Container
	buttons    []*Button
	about      string
	drawn      *present.Message
}

// messageClock is a countdown with its caption.
type messageClock struct {
	row           fyne.CanvasObject
	time, caption *Text
}

func newMessageClock() messageClock {
	c := messageClock{time: NewText("", Title.Keeping("00:00")), caption: NewText("", Caption)}
	c.row = Stretch(theme.Small, 1, c.time, c.caption)
	return c
}

// MessagePane returns a pane that shows nothing yet. The IDs of its buttons are what they do, behind the name of the
// part of the window where part is one. press is called with what a message is about when one of its buttons
// is pressed.
func (k *Kit) MessagePane(part string, press func(about string, do present.Do)) *MessagePane {
	m := NewMeasure(theme.ForText(MessageWidth))
	p := &MessagePane{kit: k, part: part, press: press, measure: m, severity: NewSeverityIcon(32), title: NewParagraph("", Title, m, 0)}
	p.text = NewParagraph("", Secondary, m, 0)
	p.next = NewParagraph("", Body, m, 0)
	p.clock = newMessageClock()
	p.admin = NewParagraph("", Body, m, theme.Large+10*theme.Grid)
	p.adminBox = p.newAdminBox()
	p.row = container.NewStack()
	column := Column(theme.Medium, Inset(Line(0, p.severity), 0, 0, 0, -markInset), p.title, p.text, p.clock.row, p.next, p.adminBox, Inset(p.row, theme.Grid, 0, 0, 0))
	p.page = NewPage(m, Centered, column)
	return p
}

func (p *MessagePane) newAdminBox() fyne.CanvasObject {
	heading := NewText(messages.Text("window.administrator"), Caption)
	text := Inset(Column(theme.Grid, heading, p.admin), theme.Medium, 0, theme.Medium, theme.Large)
	button := p.kit.IconButton(p.id("copy-for-administrator"), "copy", messages.Text("window.administrator.copy"), p.copy)
	content := container.NewBorder(nil, nil, nil, Inset(Column(0, button), theme.Grid, theme.Grid, 0, 0), text)
	return container.NewStack(NewBox(theme.ColorInfoFill, 8), content)
}

// Object returns what to put on screen.
func (p *MessagePane) Object() fyne.CanvasObject { return p.page.Object() }

// Render shows m. The buttons are made again where it is about something else than before.
func (p *MessagePane) Render(about string, m present.Message) {
	fresh := p.about != about || p.drawn == nil
	p.about = about
	p.clock.time.Set(m.Clock)
	p.clock.caption.Set(m.ClockCaption)
	m.Clock = ""
	if !fresh && sameMessage(m, *p.drawn) {
		return
	}
	p.severity.SetSeverity(m.Severity)
	for paragraph, text := range map[*Paragraph]string{p.title: m.Title, p.text: m.Text, p.next: m.Next, p.admin: m.Admin} {
		paragraph.Set(text)
	}
	SetVisible(p.clock.row, m.ClockCaption != "")
	SetVisible(p.adminBox, m.Admin != "")
	if fresh || !sameActions(m, *p.drawn) {
		p.setButtons(m)
	}
	p.drawn = &m
	p.page.Refresh()
}

func sameActions(a, b present.Message) bool {
	return a.Primary == b.Primary && slices.Equal(a.Others, b.Others)
}

func sameMessage(a, b present.Message) bool {
	return a.Severity == b.Severity && a.Title == b.Title && a.Text == b.Text && a.Next == b.Next && a.Admin == b.Admin &&
		a.ClockCaption == b.ClockCaption && sameActions(a, b)
}

func (p *MessagePane) setButtons(m present.Message) {
	var all []fyne.CanvasObject
	p.buttons = nil
	add := func(a present.Action, kind Kind) {
		if a.Label != "" {
			b := p.kit.Button(p.id(string(a.Do)), a.Label, "", kind, func() { p.press(p.about, a.Do) })
			b.SetEnabled(!a.Disabled)
			all, p.buttons = append(all, b), append(p.buttons, b)
		}
	}
	add(m.Primary, Primary)
	for _, a := range m.Others {
		add(a, Plain)
	}
	p.row.Objects = []fyne.CanvasObject{Wrapped(p.measure, all...)}
	p.row.Refresh()
}

// id returns the ID of a button.
func (p *MessagePane) id(name string) string { return PartID(p.part, name) }

// Main returns the first button that can be pressed; nil for none.
func (p *MessagePane) Main() fyne.Focusable {
	for _, b := range p.buttons {
		if !b.Disabled() {
			return b
		}
	}
	return nil
}

// copy copies what the administrator needs to know.
func (p *MessagePane) copy() {
	Copy(p.drawn.Title + "\n" + p.drawn.Text + "\n" + p.drawn.Admin)
}

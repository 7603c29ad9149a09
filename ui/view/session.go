package view

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/app/status"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// session is one connection: its header, what is wrong, and its buckets or a message.
type session struct {
	env     Env
	object  fyne.CanvasObject
	header  *header
	banner  *banner
	notes   *notes
	body    *kit.Deck
	message *kit.MessagePane
	browser Browser
	drawn   present.Session
}

func newSession(env Env) *session {
	s := &session{env: env, header: newHeader(env), banner: newBanner(env), notes: newNotes(), body: kit.NewDeck()}
	s.message = env.Kit.MessagePane("", env.Commands.Do)
	top := kit.Column(0, s.header.object, s.banner.object, s.notes.object)
	s.object = container.New(&aroundBanner{banner: s.banner, notes: s.notes}, kit.Framed(top, s.body.Object(), nil))
	return s
}

func (s *session) render(m present.Session) {
	s.header.render(m)
	if s.banner.render(m.ID, m.Banner) {
		s.object.Refresh()
	}
	if !slices.Equal(m.Notes, s.drawn.Notes) {
		s.notes.render(m.Notes)
		s.object.Refresh()
	}
	s.drawn = m
	if m.Browse {
		if s.browser == nil {
			s.browser = s.env.NewBrowser()
		}
		s.body.Show(s.browser.Object())
		return
	}
	s.message.Render(m.ID, m.Message)
	s.body.Show(s.message.Object())
}

// notes are lines on what is good to know.
type notes struct {
	object  *fyne.Container
	measure *kit.Measure
}

func newNotes() *notes { return &notes{kit.Column(0), kit.NewMeasure(theme.ForText(bannerWidest))} }

func (n *notes) render(texts []string) {
	n.object.Objects = nil
	for _, text := range texts {
		icon := kit.NewIcon("info", theme.ColorSecondary, 16)
		row := kit.Stretch(theme.Small, 1, icon, kit.NewLabel(text, kit.Caption, n.measure, 0))
		n.object.Add(kit.Inset(row, 0, theme.Huge, theme.Small, theme.Huge))
	}
}

// banner is one line about an error above what still works.
type banner struct {
	env    Env
	id     string
	object *fyne.Container
	box    *kit.Box
	mark   *kit.Icon
	text   *kit.Paragraph
	// measure is the width of the text: what the buttons leave.
	measure *kit.Measure
	button  *kit.Button
	close   *kit.Button
	drawn   present.Banner
}

func newBanner(env Env) *banner {
	b := &banner{env: env, box: kit.NewBox(theme.ColorWarningFill, 8), mark: kit.NewSeverityIcon(16), measure: kit.NewMeasure(theme.ForText(bannerWidest))}
	b.text = kit.NewParagraph("", kit.Body, b.measure, 0)
	b.button = env.Kit.Button("", "", "", kit.Raised, func() { env.Commands.Do(b.id, b.drawn.Action.Do) })
	b.close = env.Kit.IconButton("banner.dismiss", "close", messages.Text("window.dismiss"), env.Commands.Dismiss)
	row := kit.Stretch(theme.Small, 1, b.mark, b.text, b.button, b.close)
	strut := kit.Sized(kit.NewBox(theme.ColorClear, 0), 0, kit.ButtonHeight())
	inner := kit.Inset(container.NewStack(strut, row), theme.Grid, theme.Grid, theme.Grid, theme.Medium)
	b.object = kit.Inset(container.NewStack(b.box, inner), 0, theme.Huge, theme.Medium, theme.Huge)
	b.object.Hide()
	return b
}

// render reports whether the banner is another now.
func (b *banner) render(id string, m present.Banner) bool {
	b.id = id
	if m == b.drawn {
		return false
	}
	b.drawn = m
	fill := theme.ColorWarningFill
	if m.Severity == status.Error {
		fill = theme.ColorErrorFill
	}
	b.box.SetFill(fill)
	b.mark.SetSeverity(m.Severity)
	b.text.Set(m.Text)
	b.button.SetID(kit.PartID("banner", string(m.Action.Do)))
	b.button.SetLabel(m.Action.Label)
	kit.SetVisible(b.button, m.Action.Label != "")
	kit.SetVisible(b.close, m.Dismiss)
	kit.SetVisible(b.object, m.Text != "")
	return true
}

// bannerWidest is the most that a line of a banner is wide.
const bannerWidest = 240 * theme.Grid

// room is what of the banner's width is not text.
func (b *banner) room() float32 {
	room := 2*theme.Huge + theme.Medium + 16 + theme.Small + theme.Medium
	for _, button := range []*kit.Button{b.button, b.close} {
		if button.Visible() {
			room += button.MinSize().Width + theme.Small
		}
	}
	return room
}

// aroundBanner sets the texts of the banner and the notes to the width there is before all is laid out.
type aroundBanner struct {
	banner *banner
	notes  *notes
	height float32
}

// MinSize implements fyne.Layout.
func (*aroundBanner) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

// Layout implements fyne.Layout.
func (a *aroundBanner) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	a.banner.measure.Fit(s.Width - a.banner.room())
	a.notes.measure.Fit(s.Width - 2*theme.Huge - kit.SeverityInset())
	objects[0].Resize(s)
	if height := a.banner.object.MinSize().Height + a.notes.object.MinSize().Height; height != a.height {
		a.height = height
		objects[0].Refresh()
	}
}

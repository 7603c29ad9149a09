package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/transfers"
	"daypass/ui/transfers/transfersview"
)

// Window is all of the window: the connections on the left, one screen on the right. Screens are
// made when they are first shown.
type Window struct {
	env     Env
	object  fyne.CanvasObject
	body    *fyne.Container
	main    *kit.Deck
	sidebar *sidebar
	agent   *kit.MessagePane
	session *session
	notices *kit.MessagePane
	screens map[present.Screen]Screen
	makers  map[present.Screen]func() Screen
	moves   *transfersview.View
	content *fyne.Container
	hidden  bool
}

// NewWindow makes the window's content.
func NewWindow(env Env) *Window {
	w := &Window{main: kit.NewDeck(), screens: map[present.Screen]Screen{}, makers: map[present.Screen]func() Screen{}}
	env.Kit.EnsureFocus, env.Kit.Home = w.ensureFocus, w.focusMain
	w.env, w.sidebar = env, newSidebar(env)
	w.moves = transfersview.New(env.Kit, env.Transfers)
	w.content = container.New(&withFoot{}, w.main.Object(), w.moves.Object())
	w.body = container.New(&shell{}, w.sidebar.object, w.content)
	w.object = container.NewStack(w.body, env.Kit.Hints())
	return w
}

// Screen is what stands beside the list of connections.
type Screen interface {
	Object() fyne.CanvasObject
	// Render shows what there is to show now.
	Render()
}

// Main is a screen that has a main thing, which gets the focus.
type Main interface{ Main() fyne.Focusable }

// Add adds a screen, which newScreen makes when it is first shown.
func (w *Window) Add(name present.Screen, newScreen func() Screen) { w.makers[name] = newScreen }

// screen returns an added screen; nil where none has that name.
func (w *Window) screen(name present.Screen) Screen {
	if w.screens[name] == nil && w.makers[name] != nil {
		w.screens[name] = w.makers[name]()
	}
	return w.screens[name]
}

// Object is the content.
func (w *Window) Object() fyne.CanvasObject { return w.object }

// Hidden reports whether nobody sees the window. Then nothing is rendered.
func (w *Window) Hidden() bool { return w.hidden }

// SetHidden sets Hidden. What was not rendered in the meantime must be rendered afterwards.
func (w *Window) SetHidden(hidden bool) { w.hidden = hidden }

// Render shows m.
func (w *Window) Render(m present.Window) {
	if w.hidden {
		return
	}
	if m.Message != nil {
		w.renderAgent(*m.Message)
		return
	}
	defer w.ensureFocus()
	w.showSidebar(true)
	w.sidebar.render(m.Sidebar)
	if s := w.screen(m.Screen); s != nil {
		s.Render()
		w.main.Show(s.Object())
		return
	}
	switch m.Screen {
	case present.ShowNotices:
		if w.notices == nil {
			w.notices = w.env.Kit.MessagePane("", w.env.Commands.Do)
		}
		w.notices.Render("", m.Notices)
		w.main.Show(w.notices.Object())
	default:
		if w.session == nil {
			w.session = newSession(w.env)
		}
		w.session.render(m.Session)
		w.main.Show(w.session.object)
	}
}

// RenderTransfers shows the panel of transfers.
func (w *Window) RenderTransfers(m transfers.Model) {
	if !w.hidden && w.moves.Render(m) {
		w.content.Refresh()
	}
}

func (w *Window) renderAgent(m present.Message) {
	if w.agent == nil {
		w.agent = w.env.Kit.MessagePane("", w.env.Commands.Do)
	}
	w.showSidebar(false)
	w.agent.Render("", m)
	w.main.Show(w.agent.Object())
	w.ensureFocus()
}

func (w *Window) showSidebar(on bool) {
	if w.sidebar.object.Visible() != on {
		kit.SetVisible(w.sidebar.object, on)
		w.body.Layout.Layout(w.body.Objects, w.body.Size())
	}
}

// shell puts the sidebar beside the screen.
type shell struct{}

// The widths of the sidebar, and the width of the window below which it is narrow.
const (
	sidebarWidth  = float32(60 * theme.Grid)
	sidebarNarrow = float32(50 * theme.Grid)
	narrowWindow  = 880
	// sidebarShare is the most of the window that it takes for large text.
	sidebarShare = 0.36
)

// MinSize implements fyne.Layout.
func (*shell) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(640, 400) }

// Layout implements fyne.Layout.
func (*shell) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	width := theme.ForText(sidebarWidth)
	if s.Width < theme.ForText(narrowWindow) {
		width = max(sidebarNarrow, min(theme.ForText(sidebarNarrow), s.Width*sidebarShare))
	}
	if !objects[0].Visible() {
		width = 0
	}
	objects[0].Resize(fyne.NewSize(width, s.Height))
	objects[1].Resize(fyne.NewSize(s.Width-width, s.Height))
	objects[1].Move(fyne.NewPos(width, 0))
}

// withFoot puts a foot below the screen. A tall one leaves the screen most of the height, or takes all of it where the
// screen needs more than is left.
type withFoot struct{}

// MinSize implements fyne.Layout.
func (*withFoot) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements fyne.Layout.
func (*withFoot) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	foot := float32(0)
	if objects[1].Visible() {
		foot = min(objects[1].MinSize().Height, max(transfersview.LineHeight(), s.Height*2/5))
	}
	if covers := foot > transfersview.LineHeight() && s.Height-foot < objects[0].MinSize().Height; covers {
		foot = s.Height
	}
	kit.SetVisible(objects[0], foot < s.Height)
	objects[0].Resize(fyne.NewSize(s.Width, s.Height-foot))
	objects[1].Resize(fyne.NewSize(s.Width, foot))
	objects[1].Move(fyne.NewPos(0, s.Height-foot))
}

package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// header says who, where and for how long.
type header struct {
	env                       Env
	object                    fyne.CanvasObject
	name, who                 *kit.Text
	ring                      *kit.Ring
	clock, renews             *kit.Text
	time                      fyne.CanvasObject
	use, renew, signOut, menu *kit.Button
	drawn                     present.Session
}

func newHeader(env Env) *header {
	h := &header{env: env, name: kit.NewText("", kit.Title.InMiddle()), who: kit.NewText("", kit.Caption), ring: kit.NewRing()}
	h.clock = kit.NewText("", kit.Title.Keeping(present.LongestClock()))
	h.renews = kit.NewText("", kit.Caption.Keeping(present.LongestRenewal()))
	h.time = kit.Line(theme.Medium, h.ring, kit.Column(0, h.clock, h.renews))
	do := func(what present.Do) func() { return func() { env.Commands.Do(h.drawn.ID, what) } }
	h.use = env.Kit.Button(string(present.DoUse), messages.Text("window.connection.use"), "use", kit.Plain, do(present.DoUse))
	h.renew = env.Kit.Button(string(present.DoRenew), messages.Text("common.renew-now"), "renew", kit.Plain, do(present.DoRenew))
	h.signOut = env.Kit.Button(string(present.DoSignOut), messages.Text("common.sign-out"), "sign-out", kit.Plain, do(present.DoSignOut))
	h.menu = env.Kit.IconButton("connection-menu", "more", messages.Text("window.connection.more"), h.openMenu)
	left := kit.Column(0, h.name, h.who)
	row := container.New(&headerLayout{h}, left, h.time, h.use, h.renew, h.signOut, h.menu)
	h.object = kit.Inset(row, theme.Large, theme.Large, theme.Large, theme.Huge)
	return h
}

func (h *header) openMenu() {
	h.env.Kit.ShowMenuBelow(h.menu, sessionMenu(h.env, h.drawn.ID, h.drawn.Name, h.drawn.Can))
}

func (h *header) render(m present.Session) {
	h.name.Set(m.Name)
	h.renderWho(m)
	h.ring.Set(m.Clock.Share, kit.SeverityColor(m.Clock.Severity))
	h.clock.Set(m.Clock.Text)
	h.renews.Set(m.Renews)
	h.renew.SetEnabled(m.Can.Renew)
	before := h.drawn
	h.drawn = m
	if before.Clock.Text == "" != (m.Clock.Text == "") || before.Can != m.Can || before.Name != m.Name {
		h.object.Refresh()
	}
}

// renderWho says who is signed in and where. Where there is no room for both, it says less rather than the beginning.
func (h *header) renderWho(m present.Session) {
	const apart = "  ·  "
	if m.Who == "" {
		h.who.SetShorter()
		h.who.Set(m.Where)
		return
	}
	h.who.SetShorter(m.User+apart+m.Where, m.User)
	h.who.Set(m.Who + apart + m.Where)
}

// headerLayout leaves out the labels of the buttons where there is no room for them, and then the buttons that the
// menu has too and the ring, and makes the time smaller, so that the name of the connection can be read.
type headerLayout struct{ h *header }

// roomForLabels is the width from which buttons have their labels, roomForRenew that from which the one
// has that is pressed least, and roomForRenewal that from which the next renewal is told. maxTitle is the most of a name
// that buttons make room for.
const (
	roomForLabels  = 720
	roomForRenew   = 900
	roomForRenewal = 540
	maxTitle       = 60 * theme.Grid
)

// MinSize implements fyne.Layout.
func (l *headerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, theme.ForText(12*theme.Grid))
}

// Layout implements fyne.Layout.
func (l *headerLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.choose(objects, s.Width)
	right := s.Width
	for i := len(objects) - 1; i >= 0; i-- {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if i == 0 {
			least.Width = max(0, right-theme.Small)
			right = least.Width
		}
		o.Resize(least)
		o.Move(fyne.NewPos(right-least.Width, float32(int((s.Height-least.Height)/2+0.5))))
		right -= least.Width + headerGap(i)
	}
}

// choose shows what there is room for.
func (l *headerLayout) choose(objects []fyne.CanvasObject, width float32) {
	h, narrow := l.h, width < theme.ForText(roomForLabels)
	kit.SetVisible(h.renews, width >= theme.ForText(roomForRenewal))
	h.use.SetNarrow(narrow)
	h.renew.SetNarrow(width < theme.ForText(roomForRenew))
	h.signOut.SetNarrow(narrow)
	live := h.drawn.Clock.Text != ""
	kit.SetVisible(h.time, live)
	kit.SetVisible(h.renew, live)
	kit.SetVisible(h.signOut, h.drawn.Can.SignOut)
	title := min(h.name.NaturalWidth(), theme.ForText(maxTitle))
	kit.SetVisible(h.ring, true)
	h.clock.SetSize(theme.SizeTitle)
	for _, o := range []fyne.CanvasObject{h.renew, h.signOut, h.ring} {
		if l.free(objects, width) < title {
			kit.SetVisible(o, false)
		}
	}
	if l.free(objects, width) < title {
		h.clock.SetSize(theme.SizeBody)
	}
}

// free is the width that is left for the name.
func (l *headerLayout) free(objects []fyne.CanvasObject, width float32) float32 {
	width -= theme.Small
	for i, o := range objects[1:] {
		if o.Visible() {
			width -= o.MinSize().Width + headerGap(i+1)
		}
	}
	return width
}

// headerGap is the room before the object at i, which is twice as wide around the time.
func headerGap(i int) float32 {
	if i == 2 || i == 1 {
		return 2 * theme.Small
	}
	return theme.Small
}

package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/view/kit"
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

// The places kept for texts that change, so that nothing moves.
const (
	clockPlace  = "00 h 00 min"
	renewsPlace = "Renews itself in 00 h 00 min"
)

func newHeader(env Env) *header {
	h := &header{env: env, name: kit.NewText("", kit.Title), who: kit.NewText("", kit.Caption), ring: kit.NewRing()}
	h.clock = kit.NewText("", kit.Title.Keeping(clockPlace))
	h.renews = kit.NewText("", kit.Caption.Keeping(renewsPlace))
	h.time = kit.Line(theme.Medium, h.ring, kit.Column(0, h.clock, h.renews))
	do := func(what present.Do) func() { return func() { env.Intents.Do(h.drawn.ID, what) } }
	h.use = env.Kit.Button("Use in…", "use", kit.Plain, do(present.DoUse))
	h.renew = env.Kit.Button("Renew now", "renew", kit.Plain, do(present.DoRenew))
	h.signOut = env.Kit.Button("Sign out", "sign-out", kit.Plain, do(present.DoSignOut))
	h.menu = env.Kit.IconButton("more", "More for this connection", h.openMenu)
	left := kit.Column(0, h.name, h.who)
	row := container.New(&headerLayout{h}, left, h.time, h.use, h.renew, h.signOut, h.menu)
	h.object = kit.Inset(row, theme.Large, theme.Large, theme.Large, theme.Huge)
	return h
}

func (h *header) openMenu() {
	h.env.Kit.ShowMenuBelow(h.env.Canvas(), h.menu, sessionMenu(h.env, h.drawn.ID, h.drawn.Name, h.drawn.Can))
}

func (h *header) render(m present.Session) {
	h.name.Set(m.Name)
	who := m.Where
	if m.Who != "" {
		who = m.Who + "  ·  " + m.Where
	}
	h.who.Set(who)
	h.ring.Set(m.Clock.Share, marks[m.Clock.Mark].color)
	h.clock.Set(m.Clock.Text)
	h.renews.Set(m.Renews)
	kit.SetVisible(h.time, m.Clock.Text != "")
	h.renew.SetEnabled(m.Can.Renew)
	kit.SetVisible(h.renew, m.Clock.Text != "")
	kit.SetVisible(h.signOut, m.Can.SignOut)
	if h.drawn.Clock.Text == "" != (m.Clock.Text == "") || h.drawn.Can != m.Can {
		h.object.Refresh()
	}
	h.drawn = m
}

// headerLayout leaves out the labels of the buttons where there is no room for them.
type headerLayout struct{ h *header }

// roomForLabels is the width from which buttons have their labels, roomForRenew that from which the one
// has that is pressed least, and roomForRenewal that from which the next renewal is told.
const (
	roomForLabels  = 720
	roomForRenew   = 900
	roomForRenewal = 540
)

// MinSize implements fyne.Layout.
func (l *headerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, 12*theme.Grid)
}

// Layout implements fyne.Layout.
func (l *headerLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	narrow := s.Width < roomForLabels
	kit.SetVisible(l.h.renews, s.Width >= roomForRenewal)
	l.h.use.SetNarrow(narrow)
	l.h.renew.SetNarrow(s.Width < roomForRenew)
	l.h.signOut.SetNarrow(narrow)
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
		right -= least.Width + theme.Small
		if i == 2 || i == 1 {
			right -= theme.Small
		}
	}
}

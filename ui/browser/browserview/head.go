package browserview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// head is the line above the toolbar: where the user is, and the ways elsewhere.
type head struct {
	object            *fyne.Container
	back, forward, up *kit.Button
	path              *pathBar
	filter            *kit.Entry
}

func newHead(k *kit.Kit, c Commands, leave func()) *head {
	h := &head{path: newPathBar(k, c.Navigation, leave), filter: kit.NewEntry("filter", messages.Text("browser.filter"), messages.Text("browser.filter"))}
	h.back = k.IconButton("back", "back", present.Hint(messages.Text("browser.back"), "Alt+←"), c.Navigation.Back)
	h.forward = k.IconButton("forward", "forward", present.Hint(messages.Text("browser.forward"), "Alt+→"), c.Navigation.Forward)
	h.up = k.IconButton("up", "up", present.Hint(messages.Text("browser.up"), "Backspace"), c.Navigation.Up)
	refresh := k.IconButton(string(browser.CommandRefresh), "refresh", browser.CommandRefresh.Hint(), func() { c.Runner.Run(browser.CommandRefresh) })
	h.filter.OnChanged = c.Navigation.SetFilter
	h.filter.OnEscape = func() { h.filter.SetText(""); leave() }
	h.filter.OnSubmitted = func(string) { leave() }
	moves := kit.Line(0, h.back, h.forward, h.up, refresh)
	row := kit.Stretch(theme.Small, 1, moves, h.path.object, kit.Sized(h.filter, 152, kit.ButtonHeight()))
	h.object = container.New(&lineOfHead{h}, row)
	return h
}

// lineOfHead leaves out buttons that have keys too where the path has no room.
type lineOfHead struct{ head *head }

// MinSize implements fyne.Layout.
func (*lineOfHead) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

// Layout implements fyne.Layout.
func (l *lineOfHead) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, b := range []*kit.Button{l.head.forward, l.head.up} {
		kit.SetVisible(b, true)
	}
	if objects[0].MinSize().Width+theme.ForText(lastCrumb) > s.Width {
		kit.SetVisible(l.head.forward, false)
		kit.SetVisible(l.head.up, false)
	}
	objects[0].Resize(s)
}

func (h *head) render(m browser.Model) {
	h.back.SetEnabled(m.Folder.CanBack)
	h.forward.SetEnabled(m.Folder.CanNext)
	h.up.SetEnabled(m.Folder.CanUp)
	h.path.render(m.Folder)
	h.filter.Put(m.Filter)
}

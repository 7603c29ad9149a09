package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/buckets"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// ObjectIntents is what a person can want of what is listed.
type ObjectIntents interface {
	// Selection is what is chosen in the listing on screen; nil where there is none.
	Selection() *browse.Selection
	// Chosen tells that it is another.
	Chosen()
	// Allowed says what can be done with it.
	Allowed() browser.Allowed
	// Act begins something; what else it needs to know it asks for.
	Act(act browser.Command)
	// DropSelected takes what is selected into a folder, by dragging it there.
	DropSelected(folder buckets.Entry)
	// Work is the change under way, or what the last one came to, and ActOnWork does what it offers.
	Work() browser.Work
	ActOnWork()
}

// toolbar has the buttons for what is listed.
type toolbar struct {
	env     Env
	object  fyne.CanvasObject
	buttons map[browser.Command]*kit.Button
	upload  *kit.Button
	more    *kit.Button
	drawn   browser.Allowed
}

func newToolbar(env Env) *toolbar {
	t := &toolbar{env: env, buttons: map[browser.Command]*kit.Button{}}
	t.upload = env.Kit.Button("Upload", "upload", kit.Plain, t.openUpload)
	t.more = env.Kit.IconButton("more", "More for what is chosen", t.openMore)
	left := []fyne.CanvasObject{t.upload, t.labelled(browser.CommandDownload, "Download")}
	for _, act := range []browser.Command{browser.CommandNew, browser.CommandShare, browser.CommandRename, browser.CommandDelete} {
		left = append(left, t.icon(act))
	}
	left = append(left, t.more)
	right := []fyne.CanvasObject{t.icon(browser.CommandSearch), t.icon(browser.CommandBookmarks), t.icon(browser.CommandDetails)}
	t.object = container.New(&toolLayout{left: len(left), labels: []*kit.Button{t.upload, t.buttons[browser.CommandDownload]}}, append(left, right...)...)
	return t
}

func (t *toolbar) act(act browser.Command) func() { return func() { t.env.Intents.Act(act) } }

func (t *toolbar) labelled(act browser.Command, label string) *kit.Button {
	b := t.env.Kit.Button(label, theme.IconName(browser.Commands[act].Icon), kit.Plain, t.act(act))
	t.buttons[act] = b
	return b
}

func (t *toolbar) icon(act browser.Command) *kit.Button {
	info := browser.Commands[act]
	b := t.env.Kit.IconButton(theme.IconName(info.Icon), info.Label, t.act(act))
	t.buttons[act] = b
	return b
}

func (t *toolbar) render(m browser.Allowed) {
	t.drawn = m
	for act, b := range t.buttons {
		state := m.State(act)
		b.SetHint(state.Hint)
		b.SetEnabled(!state.Disabled)
	}
	state := m.State(browser.CommandUpload)
	t.upload.SetHint(state.Hint)
	t.upload.SetEnabled(!state.Disabled)
}

// mark shows whether the place is a favourite.
func (t *toolbar) mark(favourite bool) {
	icon := theme.IconName("star")
	if favourite {
		icon = "star-full"
	}
	t.buttons[browser.CommandBookmarks].SetIcon(icon)
}

func (t *toolbar) openUpload() { t.menu(t.upload, browser.CommandUpload, browser.CommandUploadFolder) }

func (t *toolbar) openMore() {
	t.menu(t.more, browser.CommandOpen, browser.CommandCopyPath, browser.CommandCopyTo, browser.CommandMoveTo, browser.CommandSelectAll, browser.CommandDeleted, browser.CommandColumns, browser.CommandShortcuts)
}

func (t *toolbar) menu(below fyne.CanvasObject, acts ...browser.Command) {
	t.menuOf(below, actItems(t.env, t.drawn, acts...))
}

// menuOf shows a menu below a button.
func (t *toolbar) menuOf(below fyne.CanvasObject, items []kit.Item) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below)
	at.Y += below.Size().Height + theme.Grid
	t.env.Kit.ShowMenu(at, items)
}

// actItems are the lines of a menu of acts; an empty act is a gap.
func actItems(env Env, allowed browser.Allowed, acts ...browser.Command) []kit.Item {
	var items []kit.Item
	for _, act := range acts {
		if act == "" {
			items = append(items, kit.Item{})
			continue
		}
		info, state := browser.Commands[act], allowed.State(act)
		note := info.Key
		if state.Denied {
			note = "not allowed"
		}
		items = append(items, kit.Item{Label: info.Label, Note: note, Disabled: state.Disabled, Do: func() { env.Intents.Act(act) }})
	}
	return items
}

// entryMenu is what can be done with what is chosen, and placeMenu with the place itself.
var (
	entryMenu = []browser.Command{
		browser.CommandOpen, browser.CommandDownload, browser.CommandShare, browser.CommandCopyPath, "",
		browser.CommandRename, browser.CommandCopyTo, browser.CommandMoveTo, "", browser.CommandDelete,
	}
	placeMenu = []browser.Command{
		browser.CommandUpload, browser.CommandUploadFolder, browser.CommandNew, "", browser.CommandSearch, browser.CommandDeleted, browser.CommandSelectAll, browser.CommandRefresh,
	}
)

// toolLayout puts some objects at the left and the rest at the right, and leaves out labels where
// there is no room for them.
type toolLayout struct {
	left   int
	labels []*kit.Button
}

// MinSize implements fyne.Layout.
func (*toolLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60*theme.Grid, kit.ButtonHeight)
}

// Layout implements fyne.Layout.
func (l *toolLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	full := float32(len(objects)) * (kit.ButtonHeight + theme.Grid)
	for _, b := range l.labels {
		full += b.WideWidth()
	}
	for _, b := range l.labels {
		b.SetNarrow(full > s.Width)
	}
	x := float32(0)
	for _, o := range objects[:l.left] {
		kit.Center(o, x, o.MinSize(), s.Height)
		x += o.MinSize().Width + theme.Grid
	}
	x = s.Width
	for i := len(objects) - 1; i >= l.left; i-- {
		x -= objects[i].MinSize().Width
		kit.Center(objects[i], x, objects[i].MinSize(), s.Height)
		x -= theme.Grid
	}
}

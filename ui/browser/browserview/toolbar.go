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

// toolbar has the buttons for what is listed.
type toolbar struct {
	kit     *kit.Kit
	runner  Runner
	object  fyne.CanvasObject
	buttons map[browser.Command]*kit.Button
	upload  *kit.Button
	more    *kit.Button
	allowed browser.Allowed
	layout  *toolLayout
}

func newToolbar(k *kit.Kit, r Runner) *toolbar {
	t := &toolbar{kit: k, runner: r, buttons: map[browser.Command]*kit.Button{}}
	t.upload = k.Button("upload-menu", messages.Text("browser.upload"), "upload", kit.Plain, t.openUpload)
	t.more = k.IconButton("more", "more", messages.Text("browser.more"), t.openMore)
	left := []fyne.CanvasObject{t.upload, t.labeled(browser.CommandDownload, messages.Text("browser.download"))}
	for _, c := range []browser.Command{browser.CommandNew, browser.CommandShare, browser.CommandRename, browser.CommandDelete} {
		left = append(left, t.icon(c))
	}
	left = append(left, t.more)
	right := []fyne.CanvasObject{t.icon(browser.CommandSearch), t.icon(browser.CommandBookmarks), t.icon(browser.CommandDetails)}
	t.layout = &toolLayout{left: len(left), labels: []*kit.Button{t.upload, t.buttons[browser.CommandDownload]}}
	for _, c := range folded {
		t.layout.folded = append(t.layout.folded, t.buttons[c])
	}
	t.object = container.New(t.layout, append(left, right...)...)
	return t
}

func (t *toolbar) run(c browser.Command) func() { return func() { t.runner.Run(c) } }

func (t *toolbar) labeled(c browser.Command, label string) *kit.Button {
	b := t.kit.Button(string(c), label, theme.IconName(browser.Commands[c].Icon), kit.Plain, t.run(c))
	t.buttons[c] = b
	return b
}

func (t *toolbar) icon(c browser.Command) *kit.Button {
	b := t.kit.IconButton(string(c), theme.IconName(browser.Commands[c].Icon), c.Label(), t.run(c))
	t.buttons[c] = b
	return b
}

func (t *toolbar) render(m browser.Model) {
	t.allowed = m.Allowed
	for c, b := range t.buttons {
		state := m.Allowed.State(c)
		b.SetHint(state.Hint)
		b.SetEnabled(!state.Disabled)
	}
	state := m.Allowed.State(browser.CommandUpload)
	t.upload.SetHint(state.Hint)
	t.upload.SetEnabled(!state.Disabled)
	star, pane := theme.IconName("star"), kit.Quiet
	if m.Bookmarked {
		star = "star-full"
	}
	if m.DetailsOpen {
		pane = kit.Plain
	}
	t.buttons[browser.CommandBookmarks].SetIcon(star)
	t.buttons[browser.CommandBookmarks].SetOn(m.Bookmarked)
	t.buttons[browser.CommandDetails].SetOn(m.DetailsOpen)
	t.buttons[browser.CommandDetails].SetKind(pane)
}

func (t *toolbar) openUpload() { t.menu(t.upload, browser.CommandUpload, browser.CommandUploadFolder) }

// folded are the commands whose buttons are in the menu where there is no room for them, in that order.
var folded = []browser.Command{
	browser.CommandRename, browser.CommandShare, browser.CommandNew, browser.CommandSearch, browser.CommandDelete,
}

func (t *toolbar) openMore() {
	var commands []browser.Command
	for _, c := range folded {
		if !t.buttons[c].Visible() {
			commands = append(commands, c)
		}
	}
	t.menu(t.more, append(commands, moreMenu...)...)
}

// moreMenu is what there is no button for.
var moreMenu = []browser.Command{
	browser.CommandOpen, browser.CommandCopyPath, browser.CommandCopyTo, browser.CommandMoveTo, browser.CommandSelectAll, browser.CommandDeleted, browser.CommandColumns, browser.CommandShortcuts,
}

func (t *toolbar) menu(below fyne.CanvasObject, commands ...browser.Command) {
	t.menuBelow(below, menuItems(t.runner, t.allowed, commands...))
}

// menuBelow shows a menu below a button.
func (t *toolbar) menuBelow(below fyne.CanvasObject, items []kit.Item) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below)
	at.Y += below.Size().Height + theme.Grid
	t.kit.ShowMenu(at, items)
}

// menuID returns the ID of a command in a menu; that of its button is the command itself.
func menuID(c browser.Command) string { return kit.PartID("menu", string(c)) }

// menuItems are the lines of a menu of commands; an empty command is a gap.
func menuItems(r Runner, allowed browser.Allowed, commands ...browser.Command) []kit.Item {
	var items []kit.Item
	for _, c := range commands {
		if c == "" {
			items = append(items, kit.Item{})
			continue
		}
		state, note := allowed.State(c), present.Keys(browser.Commands[c].Keys)
		if state.Denied {
			note = messages.Text("browser.menu.denied")
		}
		items = append(items, kit.Item{ID: menuID(c), Label: c.Label(), Note: note, Disabled: state.Disabled, Do: func() { r.Run(c) }})
	}
	return items
}

// entryMenu is what can be done with what is selected, and locationMenu with the location itself.
var (
	entryMenu = []browser.Command{
		browser.CommandOpen, browser.CommandDownload, browser.CommandShare, browser.CommandCopyPath, "",
		browser.CommandRename, browser.CommandCopyTo, browser.CommandMoveTo, "", browser.CommandDelete,
	}
	locationMenu = []browser.Command{
		browser.CommandUpload, browser.CommandUploadFolder, browser.CommandNew, "", browser.CommandSearch, browser.CommandDeleted, browser.CommandSelectAll, browser.CommandRefresh,
	}
)

// toolLayout puts some objects at the left and the rest at the right. It leaves out labels where there is no room for
// them, and then buttons.
type toolLayout struct {
	left           int
	labels, folded []*kit.Button
}

// MinSize implements fyne.Layout.
func (*toolLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60*theme.Grid, kit.ButtonHeight())
}

// Layout implements fyne.Layout.
func (l *toolLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	full := float32(len(objects)) * (kit.ButtonHeight() + theme.Grid)
	for _, b := range l.labels {
		full += b.WideWidth()
	}
	for _, b := range l.labels {
		b.SetNarrow(full > s.Width)
	}
	l.fold(objects, s.Width)
	x := float32(0)
	for _, o := range objects[:l.left] {
		if !o.Visible() {
			continue
		}
		kit.Center(o, x, o.MinSize(), s.Height)
		x += o.MinSize().Width + theme.Grid
	}
	x = s.Width
	for i := len(objects) - 1; i >= l.left; i-- {
		if !objects[i].Visible() {
			continue
		}
		x -= objects[i].MinSize().Width
		kit.Center(objects[i], x, objects[i].MinSize(), s.Height)
		x -= theme.Grid
	}
}

// fold hides as many buttons as there is no room for.
func (l *toolLayout) fold(objects []fyne.CanvasObject, width float32) {
	needed := -theme.Grid
	for _, o := range objects {
		needed += o.MinSize().Width + theme.Grid
	}
	for _, b := range l.folded {
		kit.SetVisible(b, needed <= width)
		if needed > width {
			needed -= b.MinSize().Width + theme.Grid
		}
	}
}

package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/selection"
	"daypass/ui/theme"
)

// DeletedIntents is what a person can want of deleted files.
type DeletedIntents interface {
	// Deleted is the list of deleted files on screen, and whether there is one; DeletedCount and DeletedFile are its
	// lines, and DeletedChosen reports whether one is chosen.
	Deleted() (m browser.DeletedFiles, open bool)
	DeletedCount() int
	DeletedFile(i int) browser.EntryRow
	DeletedChosen(i int) bool
	// PickDeleted joins a line to what is chosen.
	PickDeleted(i int, how selection.How)
	// RestoreDeleted brings back what is chosen, or all.
	RestoreDeleted()
	StopDeleted()
	CloseDeleted()
	// HasDeleted reports whether the empty folder on screen has deleted files in it.
	HasDeleted() bool
}

// deleted is the list of what was deleted below a place, in place of its listing.
type deleted struct {
	env     Env
	folder  *folder
	object  *fyne.Container
	title   *kit.Text
	restore *kit.Button
	stop    *kit.Button
	list    *kit.List
	body    *kit.Deck
	message *kit.MessagePane
	bar     *fyne.Container
}

func newDeleted(env Env, f *folder) *deleted {
	d := &deleted{env: env, folder: f, title: kit.NewText("", kit.Strong)}
	d.restore = env.Kit.Button("Restore all", "", kit.Plain, env.Intents.RestoreDeleted)
	d.stop = env.Kit.Button("Stop", "", kit.Plain, env.Intents.StopDeleted)
	shut := env.Kit.IconButton("close", "Close the deleted files (Escape)", d.leave)
	d.bar = kit.Stretch(theme.Small, 1, kit.NewIcon("trash", theme.ColorSecondary, 18), d.title, d.stop, d.restore, shut)
	d.list = kit.NewList(entryHeight, env.Intents.DeletedCount, func() kit.Row { return newEntryRow(f.columns.cells, env.Intents.DeletedFile) })
	d.list.Inset = theme.Huge
	d.list.OnPick, d.list.Marked = env.Intents.PickDeleted, env.Intents.DeletedChosen
	d.list.OnMenu = func(_ int, at fyne.Position) {
		m, _ := env.Intents.Deleted()
		env.Kit.ShowMenu(at, []kit.Item{{Label: m.Restore, Disabled: !m.CanRestore, Do: env.Intents.RestoreDeleted}})
	}
	d.list.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			d.leave()
		}
		return key == fyne.KeyEscape
	}
	d.message = env.Kit.MessagePane(env.Intents.Do)
	d.body = kit.NewDeck()
	d.object = kit.Framed(kit.Inset(d.bar, 0, theme.Huge, theme.Small, theme.Huge), d.body.Object(), nil)
	return d
}

func (d *deleted) leave() {
	d.env.Intents.CloseDeleted()
	d.folder.focusList()
}

func (d *deleted) render(m browser.DeletedFiles) {
	d.title.Set(m.Title)
	if d.restore.Label() != m.Restore {
		d.restore.SetLabel(m.Restore)
		d.bar.Refresh()
	}
	d.restore.SetEnabled(m.CanRestore)
	d.restore.SetHint(m.RestoreHint)
	if d.stop.Visible() != m.Running {
		kit.SetVisible(d.stop, m.Running)
		d.bar.Refresh()
	}
	var o fyne.CanvasObject = d.list
	if m.Message.Title != "" {
		d.message.Render(m.Title, m.Message)
		o = d.message.Object()
	}
	d.body.Show(o)
	d.list.Update()
}

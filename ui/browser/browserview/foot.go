package browserview

import (
	"fyne.io/fyne/v2"

	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// foot is the line below the listing: how much is here, what is under way, and what is selected.
type foot struct {
	object   fyne.CanvasObject
	row      *fyne.Container
	status   *kit.Text
	retry    *kit.Button
	work     *kit.Text
	stop     *kit.Button
	selected *kit.Text
	action   present.Do // what retry does
}

func newFoot(k *kit.Kit, c Status) *foot {
	f := &foot{status: kit.NewText("", kit.Caption), work: kit.NewText("", kit.Caption.Whole()), selected: kit.NewText("", kit.Caption.Right().Whole())}
	f.retry = k.Button("", "", "", kit.Link, func() { c.Do(f.action) })
	f.retry.Hide()
	f.stop = k.Button("work.press", "", "", kit.Link, c.PressWork)
	f.stop.Hide()
	f.row = kit.Stretch(theme.Small, 0, f.status, f.retry, f.work, f.stop, f.selected)
	f.object = kit.Inset(kit.Sized(f.row, 0, entryHeight()), 0, theme.Huge, theme.Grid, theme.Huge)
	return f
}

func (f *foot) render(m browser.Model) {
	status := m.Folder.Status
	switch {
	case m.Search != nil:
		status = m.Search.Status
	case m.Deleted != nil:
		status = m.Deleted.Status
	}
	f.status.Set(status)
	f.action = m.Folder.StatusAction.Do
	f.retry.SetID(kit.PartID("status", string(f.action)))
	moved := setButton(f.retry, m.Folder.StatusAction.Label)
	if f.work.Text() != m.Work.Text {
		f.work.Set(m.Work.Text)
		f.status.SetShorter(beside(m.Work.Text)...)
		kit.SetVisible(f.work, m.Work.Text != "")
		moved = true
	}
	moved = setButton(f.stop, m.Work.Action) || moved
	if f.selected.Text() != m.Allowed.Summary {
		f.selected.Set(m.Allowed.Summary)
		moved = true
	}
	if moved {
		f.row.Refresh()
	}
}

// beside returns the shorter texts of the status beside what is under way: it says nothing where there is no room for both.
func beside(work string) []string {
	if work == "" {
		return nil
	}
	return []string{""}
}

// setButton labels a button, or hides it where that is empty, and reports whether that changed it.
func setButton(b *kit.Button, label string) (changed bool) {
	if b.Label() == label && b.Visible() == (label != "") {
		return false
	}
	b.SetLabel(label)
	kit.SetVisible(b, label != "")
	return true
}

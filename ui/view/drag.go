package view

import (
	"daypass/ui/browser"
	"daypass/ui/kit"
)

// This is the part of the folder that is about dragging its rows.

// band selects the rows from first to last.
func (f *folder) band(first, last int) {
	s := f.env.Intents.Selection()
	if s == nil {
		return
	}
	s.Clear()
	if first <= last {
		s.Only(first)
		s.Range(last, false)
	}
	f.env.Intents.Chosen()
}

// isFolder reports whether row i is a folder, or a bucket, that something can be dropped on.
func (f *folder) isFolder(i int) bool {
	b := f.env.Intents.Browser()
	return b != nil && i < b.Len() && b.Entry(i).Folder
}

// drop takes what is selected into the folder in row i.
func (f *folder) drop(i int) {
	if b := f.env.Intents.Browser(); b != nil && i < b.Len() && !b.At().Root() {
		f.env.Intents.DropSelected(b.Entry(i))
	}
}

// dragLabel says what is carried.
func (f *folder) dragLabel() string {
	if s := f.env.Intents.Selection(); s != nil {
		return browser.DragLabel(s)
	}
	return ""
}

// DropTarget returns the row below the pointer; -1 where that is none of the listing on screen.
func (w *Window) DropTarget() int {
	if w.session == nil || w.main.Shown() != w.session.object || w.session.folder == nil || !w.session.folder.list.Visible() {
		return -1
	}
	return w.session.folder.list.Hovered()
}

// AskDrop asks what to do with what was dropped on a folder.
func (w *Window) AskDrop(q browser.DropQuestion, done func(move bool)) {
	sheet := w.env.Kit.NewSheet(q.Title)
	sheet.AddText(q.Text, kit.Secondary)
	answer := func(move bool) func() {
		return func() {
			sheet.Leave()
			done(move)
		}
	}
	no := w.env.Kit.Button("Cancel", "", kit.Plain, sheet.Leave)
	take := w.env.Kit.Button("Copy", "", kit.Plain, answer(false))
	move := w.env.Kit.Button("Move", "", kit.Primary, answer(true))
	sheet.Show(move, no, take, move)
}

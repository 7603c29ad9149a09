package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/kit"
)

// This is the part of the window that is about where the keyboard is.

// settle gives the focus to the main thing on screen where nothing that is on screen has it.
func (w *Window) settle() {
	c := w.env.Kit.Canvas()
	if c.Overlays().Top() != nil {
		return
	}
	if focused := c.Focused(); focused != nil && !kit.Contains(w.object, focused) {
		c.Unfocus()
	}
	if c.Focused() == nil {
		w.focusMain()
	}
}

// focusMain gives the focus to the main thing on screen: the list, or the button that leads on.
func (w *Window) focusMain() {
	if main := w.mainThing(); main != nil {
		w.env.Kit.Focus(main)
	}
}

// mainThing is what the keyboard is for on the screen that is shown; nil for nothing in particular.
func (w *Window) mainThing() fyne.Focusable {
	switch shown := w.main.Shown(); {
	case shown == nil:
	case w.session != nil && shown == w.session.object:
		return w.session.mainThing()
	case w.agent != nil && shown == w.agent.Object():
		return w.agent.Main()
	case w.notices != nil && shown == w.notices.Object():
		return w.notices.Main()
	}
	for _, s := range w.screens {
		if main, ok := s.(Main); ok && w.main.Shown() == s.Object() {
			return main.Main()
		}
	}
	return nil
}

func (s *session) mainThing() fyne.Focusable {
	if s.folder != nil && s.body.Shown() == s.folder.object {
		return s.folder.mainThing()
	}
	return s.message.Main()
}

// mainThing is the list in the place of the listing, or the button of the message there.
func (f *folder) mainThing() fyne.Focusable {
	switch f.content.Shown() {
	case f.search.object:
		return f.search.list
	case f.deleted.object:
		return f.deleted.list
	case f.message.Object():
		return f.message.Main()
	}
	return f.list
}

// FocusSearch lets the person type what to search for.
func (w *Window) FocusSearch() {
	if w.session != nil && w.session.folder != nil {
		w.env.Kit.Focus(w.session.folder.search.entry)
	}
}

// FocusDeleted goes to the deleted files.
func (w *Window) FocusDeleted() {
	if w.session != nil && w.session.folder != nil {
		w.env.Kit.Focus(w.session.folder.deleted.list)
	}
}

// FocusPath lets the person type a path.
func (w *Window) FocusPath() {
	if w.session != nil && w.main.Shown() == w.session.object {
		w.session.focusPath()
	}
}

// FocusFilter lets the person type a filter.
func (w *Window) FocusFilter() {
	if w.session != nil && w.main.Shown() == w.session.object {
		w.session.focusFilter()
	}
}

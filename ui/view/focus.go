package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/kit"
)

// This is the part of the window that is about where the keyboard is.

// ensureFocus focuses the main thing on screen where nothing that is on screen has it.
func (w *Window) ensureFocus() {
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

// focusMain focuses the main thing on screen: the list, or the button that leads on.
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
	if s.browsing() {
		return s.browser.Main()
	}
	return s.message.Main()
}

// browsing reports whether the buckets are on screen, and no message in their place.
func (s *session) browsing() bool {
	return s.browser != nil && s.body.Shown() == s.browser.Object()
}

// browser returns the screen that browses buckets while it is shown; nil otherwise.
func (w *Window) browser() Browser {
	if w.session != nil && w.main.Shown() == w.session.object && w.session.browsing() {
		return w.session.browser
	}
	return nil
}

// FocusPath lets the user type a path.
func (w *Window) FocusPath() {
	if b := w.browser(); b != nil {
		b.FocusPath()
	}
}

// FocusFilter lets the user type a filter.
func (w *Window) FocusFilter() {
	if b := w.browser(); b != nil {
		b.FocusFilter()
	}
}

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"golang.org/x/text/language"

	"daypass/app/messages"
	"daypass/ui/kit"
)

// Language returns the language of the window for the one in the settings, which is empty for the system's.
func Language(setting string, system language.Tag) language.Tag {
	if setting == "" {
		return system
	}
	return language.Make(setting)
}

// applySettings takes up the language and the look that the user has selected. Where words or their size are others, it
// makes everything on screen again. What it returns brings the user back to where they were, once all is drawn.
func (u *Window) applySettings() (restore func()) {
	preferred := u.Settings
	if u.input.Agent.Ready {
		preferred = u.input.Snapshot.Settings
	}
	resized := u.applyLook(lookOf(preferred, u.preferences))
	if renamed := u.applyLanguage(preferred.Language); !resized && !renamed {
		return func() {}
	}
	return u.rebuild()
}

// applyLanguage reports whether the language is another one now.
func (u *Window) applyLanguage(chosen string) bool {
	if chosen == u.language {
		return false
	}
	u.language = chosen
	messages.Use(Language(chosen, u.SystemLanguage))
	translateToolkit()
	return true
}

// rebuild makes all that is on screen again. What it returns brings the user back to where they were, once all is drawn.
func (u *Window) rebuild() (restore func()) {
	c := u.window.Canvas()
	before := positionOf(u.content, c.Focused())
	hidden, form := u.view.Hidden(), u.form
	c.Unfocus()
	u.form = nil
	u.newView()
	u.view.SetHidden(hidden)
	if form != nil {
		connectionsScreen{u}.form().Fill(form.Typed())
	}
	u.content.Objects = []fyne.CanvasObject{u.view.Object()}
	u.content.Refresh()
	return func() { before.restore(u) }
}

// position is where the user is on screen, so that it can be found on the same screen in another language.
type position struct {
	// focused is the ID of the control that has the focus; empty for none.
	focused string
	// offsets are how far each part that scrolls is scrolled, in the order of the screen.
	offsets []fyne.Position
	// tops are how many rows each list is scrolled, in the order of the screen.
	tops []float64
}

func positionOf(root fyne.CanvasObject, focused fyne.Focusable) (p position) {
	if control, ok := focused.(kit.Control); ok {
		p.focused = control.ID()
	}
	for _, s := range inSight[*container.Scroll](root) {
		p.offsets = append(p.offsets, s.Offset)
	}
	for _, l := range inSight[*kit.List](root) {
		p.tops = append(p.tops, l.Top())
	}
	return p
}

func (p position) restore(u *Window) {
	if lists := inSight[*kit.List](u.content); len(lists) == len(p.tops) {
		for i, l := range lists {
			l.ScrollTo(p.tops[i])
		}
	}
	if scrolls := inSight[*container.Scroll](u.content); len(scrolls) == len(p.offsets) {
		for i, s := range scrolls {
			s.ScrollToOffset(p.offsets[i])
		}
	}
	if found := findAll(u.content, p.focused); p.focused != "" && len(found) == 1 {
		if control, ok := found[0].(fyne.Focusable); ok {
			u.kit.Focus(control)
		}
	}
}

// inSight returns what of root is in sight and of one type.
func inSight[T fyne.CanvasObject](root fyne.CanvasObject) (all []T) {
	if root == nil || !root.Visible() {
		return nil
	}
	if one, ok := root.(T); ok {
		all = append(all, one)
	}
	for _, child := range kit.Inside(root) {
		all = append(all, inSight[T](child)...)
	}
	return all
}

package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/selection"
)

// This is the part of the folder that is about what is chosen in it.

// pick joins item i to what is chosen.
func (f *folder) pick(i int, how selection.How) {
	s, b := f.env.Intents.Selection(), f.env.Intents.Browser()
	if s == nil || i >= b.Len() {
		return
	}
	switch how {
	case selection.Toggle:
		s.Toggle(i)
	case selection.Range:
		s.Range(i, false)
	case selection.Extend:
		s.Range(i, true)
	default:
		s.Only(i)
	}
	f.env.Intents.Chosen()
}

func (f *folder) marked(i int) bool {
	s, b := f.env.Intents.Selection(), f.env.Intents.Browser()
	return s != nil && i < b.Len() && s.Has(b.Entry(i))
}

// setFilter shows only some names; what is hidden by that is not chosen any more.
func (f *folder) setFilter(text string) {
	b := f.env.Intents.Browser()
	if b == nil || b.Filter() == text {
		return
	}
	f.env.Intents.Selection().Clear()
	b.SetFilter(text)
}

// renderChosen shows what is chosen and what can be done with it.
func (f *folder) renderChosen() {
	m := f.env.Intents.Allowed()
	f.tools.render(m)
	f.tools.mark(f.env.Intents.Favourite())
	if f.chosen.Text() != m.Summary {
		f.chosen.Set(m.Summary)
		f.foot.Refresh()
	}
	f.list.Update()
}

// renderWork shows the change under way.
func (f *folder) renderWork() {
	w := f.env.Intents.Work()
	if f.drawnWork == w {
		return
	}
	f.drawnWork = w
	f.work.Set(w.Text)
	kit.SetVisible(f.work, w.Text != "")
	f.stop.SetLabel(w.Action)
	kit.SetVisible(f.stop, w.Action != "")
	f.foot.Refresh()
}

// openMenu shows what can be done with what is chosen, or with the place where the pointer is on
// nothing.
func (f *folder) openMenu(i int, at fyne.Position) {
	acts := entryMenu
	if i < 0 {
		acts = placeMenu
	}
	f.env.Kit.ShowMenu(at, actItems(f.env, f.env.Intents.Allowed(), acts...))
}

// typed takes the keys that the list has no use for.
func (f *folder) typed(key fyne.KeyName) bool {
	b := f.env.Intents.Browser()
	if b == nil {
		return false
	}
	switch key {
	case fyne.KeyBackspace:
		b.Up()
	case fyne.KeyEscape:
		f.clearChosen()
	default:
		act, ok := actKeys[key]
		if ok {
			f.act(act)
		}
		return ok
	}
	return true
}

// actKeys are the keys of acts that need no modifier.
var actKeys = map[fyne.KeyName]browser.Command{
	fyne.KeyF5: browser.CommandRefresh, fyne.KeyF2: browser.CommandRename, fyne.KeyDelete: browser.CommandDelete, fyne.KeyF1: browser.CommandShortcuts,
}

// act does what a key asks for, where it can be done.
func (f *folder) act(act browser.Command) {
	if !f.env.Intents.Allowed().State(act).Disabled {
		f.env.Intents.Act(act)
	}
}

func (f *folder) clearChosen() {
	if s := f.env.Intents.Selection(); s != nil && s.Len() > 0 {
		s.Clear()
		f.env.Intents.Chosen()
	}
}

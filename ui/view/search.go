package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"daypass/app/buckets"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// SearchIntents is what a person can want of a search.
type SearchIntents interface {
	// Search is the search on screen, and whether there is one. Found is what it has found.
	Search() (m browser.Search, open bool)
	Found() []buckets.Entry
	StartSearch(text string)
	StopSearch()
	CloseSearch()
	// OpenFound goes where an entry is; DownloadFound and CopyFound do that to it where it is found.
	OpenFound(e buckets.Entry)
	DownloadFound(e buckets.Entry)
	CopyFound(e buckets.Entry)
}

// search is the search below a place, in place of its listing.
type search struct {
	env     Env
	object  *fyne.Container
	bar     *fyne.Container
	entry   *kit.Entry
	run     *kit.Button
	list    *kit.List
	body    *kit.Deck
	message *kit.MessagePane
	found   []buckets.Entry
	prefix  string
	drawn   browser.Search
	folder  *folder
}

func newSearch(env Env, f *folder) *search {
	s := &search{env: env, folder: f, entry: kit.NewEntry("Search", "")}
	s.entry.OnSubmitted = func(text string) { env.Intents.StartSearch(strings.TrimSpace(text)) }
	s.entry.OnEscape = s.leave
	s.run = env.Kit.Button("Search", "", kit.Plain, s.press)
	shut := env.Kit.IconButton("close", "Close the search (Escape)", s.leave)
	s.bar = kit.Stretch(theme.Small, 1, kit.NewIcon("search", theme.ColorSecondary, 18), kit.Sized(s.entry, 0, kit.ButtonHeight), s.run, shut)
	s.list = kit.NewList(entryHeight, func() int { return len(s.found) }, func() kit.Row { return newEntryRow(f.columns.cells, s.row) })
	s.list.Inset = theme.Huge
	s.list.OnOpen = func(i int) { env.Intents.OpenFound(s.found[i]) }
	s.list.OnMenu = s.menu
	s.list.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			s.leave()
		}
		return key == fyne.KeyEscape
	}
	s.message = env.Kit.MessagePane(env.Intents.Do)
	s.body = kit.NewDeck()
	s.object = kit.Framed(kit.Inset(s.bar, 0, theme.Huge, theme.Small, theme.Huge), s.body.Object(), nil)
	return s
}

func (s *search) leave() {
	s.env.Intents.CloseSearch()
	s.folder.focusList()
}

// press searches, or ends the search under way.
func (s *search) press() {
	if s.drawn.Running {
		s.env.Intents.StopSearch()
		return
	}
	s.env.Intents.StartSearch(strings.TrimSpace(s.entry.Text))
}

func (s *search) render(m browser.Search, prefix string) {
	if m.Text == "" && s.drawn.Text != "" {
		s.entry.Put("")
	}
	s.drawn, s.prefix = m, prefix
	s.entry.SetPlaceHolder(m.Hint)
	label := "Search"
	if m.Running {
		label = "Stop"
	}
	if s.run.Label() != label {
		s.run.SetLabel(label)
		s.bar.Refresh()
	}
	s.found = s.env.Intents.Found()
	var o fyne.CanvasObject = s.list
	if m.Message.Title != "" {
		s.message.Render(prefix, m.Message)
		o = s.message.Object()
	}
	s.body.Show(o)
	s.list.Update()
}

func (s *search) menu(i int, at fyne.Position) {
	if i < 0 || i >= len(s.found) {
		return
	}
	e := s.found[i]
	s.env.Kit.ShowMenu(at, []kit.Item{
		{Label: "Show in its folder", Note: "Enter", Do: func() { s.env.Intents.OpenFound(e) }},
		{Label: "Download…", Do: func() { s.env.Intents.DownloadFound(e) }},
		{Label: "Copy path", Do: func() { s.env.Intents.CopyFound(e) }},
	})
}

// row is line i of what was found.
func (s *search) row(i int) browser.EntryRow {
	if i >= len(s.found) {
		return browser.EntryRow{}
	}
	e := s.found[i]
	return browser.NewEntryRow(e, strings.TrimSuffix(strings.TrimPrefix(e.Key, s.prefix), "/"), false, s.folder.now)
}

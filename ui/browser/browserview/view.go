// Package browserview is the screen that browses buckets, drawn.
package browserview

import (
	"fyne.io/fyne/v2"

	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/selection"
	"daypass/ui/theme"
)

// Runner runs commands.
type Runner interface{ Run(command browser.Command) }

// Navigation goes from one location to another.
type Navigation interface {
	Back()
	Forward()
	Up()
	Go(to location.Location)
	// OpenPath goes to a typed path, and returns what is wrong with it otherwise.
	OpenPath(path string) (invalid string)
	SetFilter(text string)
	// LoadMore tells which line is the last in sight.
	LoadMore(last int)
	// ToggleBookmark adds the location on screen to the bookmarks, or removes it.
	ToggleBookmark()
}

// Selection is what a user can do with lines of the listing.
type Selection interface {
	Select(i int, how selection.How)
	SelectBetween(first, last int)
	Clear()
	Open(i int)
	DropOn(i int)
}

// Status is what a user can press in messages and below the listing.
type Status interface {
	Do(action present.Do)
	PressWork()
}

// Side puts a pane beside the listing.
type Side interface {
	Beside(listing fyne.CanvasObject) fyne.CanvasObject
}

// Commands is all that a user can want of the screen, part by part.
type Commands struct {
	Runner     Runner
	Navigation Navigation
	Selection  Selection
	Columns    Columns
	Results    Results
	Status     Status
}

// View is the screen.
type View struct {
	*dialogs
	kit      *kit.Kit
	commands Commands
	object   fyne.CanvasObject
	head     *head
	tools    *toolbar
	columns  *columns
	list     *listing
	search   *search
	deleted  *deleted
	message  *kit.MessagePane
	content  *kit.Deck
	body     *fyne.Container
	foot     *foot
	drawn    browser.Model
}

// New returns a screen that shows nothing yet, with a pane beside the listing.
func New(k *kit.Kit, c Commands, side Side) *View {
	v := &View{dialogs: &dialogs{k}, kit: k, commands: c}
	v.columns = newColumns(k, c.Columns, v.realign)
	v.list = newListing(k, c, v.columns.cells)
	v.columns.rows = func() []*entryRow { return rowsOf(v.list.List) }
	v.head = newHead(k, c, v.focusList)
	v.tools = newToolbar(k, c.Runner)
	v.search, v.deleted = newSearch(k, c.Results, v.columns.cells, v.focusList), newDeleted(k, c.Results, v.columns.cells, v.focusList)
	v.message = k.MessagePane("", func(_ string, action present.Do) { c.Status.Do(action) })
	v.content = kit.NewDeck()
	v.foot = newFoot(k, c.Status)
	top := kit.Column(0, kit.Inset(v.head.object, 0, theme.Huge, theme.Small, theme.Large), kit.Inset(v.tools.object, 0, theme.Huge, theme.Small, theme.Huge))
	v.body = kit.Framed(v.columns.object, v.content.Object(), nil)
	v.object = kit.Framed(top, side.Beside(v.body), v.foot.object)
	return v
}

// Object returns what to put on screen.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Continue has the listing start where that of an earlier view is, as long as it shows the same location.
func (v *View) Continue(earlier *View) {
	v.drawn.Connection, v.drawn.At = earlier.drawn.Connection, earlier.drawn.At
	v.list.SetSelected(earlier.list.Selected())
	v.list.ScrollTo(earlier.list.Top())
}

// Render implements browser.View.
func (v *View) Render(m browser.Model) {
	moved := m.Connection != v.drawn.Connection || m.At != v.drawn.At
	v.drawn = m
	v.head.render(m)
	v.columns.render(m.Columns)
	v.foot.render(m)
	v.list.render(m)
	if moved {
		v.list.Reset(-1)
	}
	v.tools.render(m)
	v.showContent(m)
}

// showContent shows the listing, or what stands in its place.
func (v *View) showContent(m browser.Model) {
	if headed := m.Folder.Message == nil && m.Search == nil && m.Deleted == nil; v.columns.object.Visible() != headed {
		kit.SetVisible(v.columns.object, headed)
		v.body.Refresh()
	}
	var o fyne.CanvasObject = v.list.List
	switch {
	case m.Search != nil:
		v.search.render(*m.Search)
		o = v.search.object
	case m.Deleted != nil:
		v.deleted.render(*m.Deleted)
		o = v.deleted.object
	case m.Folder.Message != nil:
		v.message.Render(m.Connection, *m.Folder.Message)
		o = v.message.Object()
	}
	v.list.Update()
	if v.content.Show(o) {
		v.list.Update()
	}
	v.kit.EnsureFocus()
}

// Main returns what the keyboard is for: the list in place of the listing, or the button of the message there.
func (v *View) Main() fyne.Focusable {
	switch v.content.Shown() {
	case v.search.object:
		return v.search.list
	case v.deleted.object:
		return v.deleted.list
	case v.message.Object():
		return v.message.Main()
	}
	return v.list.List
}

func (v *View) focusList() { v.kit.Focus(v.list.List) }

// FocusPath implements browser.View.
func (v *View) FocusPath() { v.head.path.edit() }

// FocusFilter lets the user type a filter.
func (v *View) FocusFilter() { v.kit.Focus(v.head.filter) }

// FocusSearch implements browser.View.
func (v *View) FocusSearch() { v.kit.Focus(v.search.entry) }

// FocusDeleted implements browser.View.
func (v *View) FocusDeleted() { v.kit.Focus(v.deleted.list) }

// Reveal implements browser.View.
func (v *View) Reveal(i int) { v.list.Jump(i) }

// DropTarget implements browser.View.
func (v *View) DropTarget() int {
	if !v.list.Visible() {
		return -1
	}
	return v.list.Hovered()
}

// ShowColumns implements browser.View.
func (v *View) ShowColumns() { v.columns.openBelow() }

// ShowBookmarks implements browser.View.
func (v *View) ShowBookmarks(m browser.BookmarkMenu) {
	items := []kit.Item{{ID: "menu.toggle-bookmark", Label: m.Toggle, Disabled: !m.CanToggle, Do: v.commands.Navigation.ToggleBookmark}}
	for _, p := range m.Paths {
		if p.Gap {
			items = append(items, kit.Item{})
		}
		items = append(items, kit.Item{ID: p.ID, Label: p.Label, Note: p.Note, Do: func() { v.commands.Navigation.OpenPath(p.Path) }})
	}
	v.tools.menuBelow(v.tools.buttons[browser.CommandBookmarks], items)
}

// realign lays out all rows again after the columns have changed.
func (v *View) realign() {
	for _, l := range []*kit.List{v.list.List, v.search.list, v.deleted.list} {
		for _, r := range rowsOf(l) {
			r.realign()
		}
	}
}

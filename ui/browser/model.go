package browser

import (
	"time"

	"daypass/app"
	"daypass/app/location"
	"daypass/ui/browser/destination"
	"daypass/ui/browser/listing"
	"daypass/ui/present"
)

// Model is everything on screen.
type Model struct {
	// Connection is the ID of the connection, and At the location that is shown.
	Connection string
	At         location.Location
	Folder     Folder
	Filter     string
	Columns    []ColumnHead
	Rows       Rows
	Allowed    Allowed
	Bookmarked bool
	// DetailsOpen is true while the pane beside the listing is open.
	DetailsOpen bool
	Work        Work
	// Search and Deleted stand in place of the listing; nil for none.
	Search  *Search
	Deleted *DeletedFiles
}

// Rows are the lines of the listing, as it was when the model was made.
type Rows struct {
	list     listing.Rows
	selected *listing.Selection
	root     bool
	now      time.Time
}

// Len is the number of lines.
func (r *Rows) Len() int { return r.list.Len() }

// Row returns line i.
func (r *Rows) Row(i int) EntryRow {
	if i >= r.list.Len() {
		return EntryRow{}
	}
	e := r.list.Entry(i)
	return NewEntryRow(e, r.list.Name(e), r.root, r.now)
}

// Selected reports whether line i is selected.
func (r *Rows) Selected(i int) bool {
	return r.selected != nil && i < r.list.Len() && r.selected.Has(r.list.Entry(i))
}

// IsFolder reports whether line i is a folder, or a bucket, that something can be dropped on.
func (r *Rows) IsFolder(i int) bool { return i < r.list.Len() && r.list.Entry(i).Folder }

// Find returns the next line, from one on and around the end, whose name begins with a text; -1 for none.
func (r *Rows) Find(text string, from int) int { return r.list.FindPrefix(text, from) }

// DragLabel says what is dragged.
func (r *Rows) DragLabel() string {
	if r.selected == nil {
		return ""
	}
	return dragLabel(r.selected)
}

// View is the screen, and the questions that it asks.
type View interface {
	Render(m Model)
	// Reveal scrolls the listing to an entry, and DropTarget returns the one below the pointer; -1 for none.
	Reveal(i int)
	DropTarget() int
	// FocusPath, FocusSearch and FocusDeleted give the keyboard to the path, the text of a search, the deleted files.
	FocusPath()
	FocusSearch()
	FocusDeleted()
	ShowBookmarks(m BookmarkMenu)
	ShowColumns()
	Dialogs
}

// Destination is the way to a folder, as a question where to copy to uses it.
type Destination interface {
	// Show lists the folder of a typed path in a connection, which is called name.
	Show(connection, name, typed string)
	Model() destination.Model
	NewFolder(name string, made func(path string, problem *app.Problem))
	Retry()
	Stop()
	Close()
}

// Dialogs ask and tell.
type Dialogs interface {
	Confirm(q present.Question, do func())
	Tell(title, text string)
	ShowFailures(f present.Failures)
	// AskText asks for a line of text.
	AskText(q TextQuestion, done func(text string))
	// AskDelete asks before something is deleted. done gets whether all versions shall go; left is called when the
	// question is put away, with or without an answer. What it returns shows what has become known.
	AskDelete(q Deletion, done func(forever bool), left func()) (update func(Deletion))
	// AskCopy asks where to copy or move something. done gets the number of the target, the path in it, and whether what
	// is there shall be replaced. What it returns shows what has become of to.
	AskCopy(q CopyQuestion, to Destination, done func(target int, path string, replace bool)) (changed func())
	AskDrop(q DropQuestion, done func(move bool))
	// PickFiles asks for files of this computer. What it returns shows a folder, or why it cannot be listed.
	PickFiles(p FilePicker) (show func(dir string, files []LocalFile, invalid string))
}

// Model returns what is to be shown; ok is false where no storage is on screen.
func (c *Controller) Model() (m Model, ok bool) {
	s := c.Shown()
	if s == nil {
		return Model{}, false
	}
	list := s.Listing
	m = Model{
		Connection: s.ID, At: list.At(), Folder: NewFolder(list, c.name, s.hint.shown()), Filter: list.Filter(),
		Columns:    ColumnHeads(c.Columns.prefs(), list.Order(), list.At().Root()),
		Rows:       Rows{list: list.Rows, selected: s.Selection, root: list.At().Root(), now: c.deps.Now()},
		Allowed:    s.allowed(),
		Bookmarked: s.bookmarked(), DetailsOpen: c.details.IsOpen(), Work: s.work(),
	}
	if s.results != nil {
		s.results.model(&m)
	}
	return m, true
}

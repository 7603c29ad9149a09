package present

import (
	"path"
	"strings"
	"time"

	"daypass/app/buckets"
	"daypass/ui/browse"
)

// Crumb is one step of the way to the place shown.
type Crumb struct {
	Label string
	To    browse.Location
}

// Folder is the place shown, except its entries.
type Folder struct {
	// Path is the place as it can be typed.
	Path    string
	Crumbs  []Crumb
	CanBack bool
	CanNext bool
	CanUp   bool
	// Status is the line below the list.
	Status string
	// StatusAction stands beside the status.
	StatusAction Action
	// Message stands in place of the list where it is not nil.
	Message *Message
}

// PresentFolder makes the head and foot of the place b shows. server is the connection's name; hasDeleted is true where
// a place has deleted files in it and nothing else.
func PresentFolder(b *browse.Browser, server string, hasDeleted bool) Folder {
	at := b.At()
	f := Folder{
		Path: pathOf(at), Crumbs: crumbs(at, server), CanBack: b.CanBack(), CanNext: b.CanForward(), CanUp: !at.Root(),
	}
	f.Status = footer(b, server)
	switch {
	case b.Status() == browse.Loading && b.Slow() && b.Loaded() > 0:
		f.StatusAction = Action{Do: DoStop, Label: "Stop"}
	case b.Stopped() && b.Loaded() > 0:
		f.StatusAction = Action{Do: DoRetry, Label: "Load the rest"}
	}
	if p := b.Problem(); p != nil && b.Loaded() > 0 {
		f.Status, f.StatusAction = Sentence(p.Problem.Title, "The rest is missing."), Action{Do: DoRetry, Label: "Try again"}
		return f
	}
	f.Message = emptiness(b, server)
	if hasDeleted && b.Problem() == nil {
		f.Message = deserted(b)
	}
	return f
}

// PathOf is a place as it can be typed.
func PathOf(at browse.Location) string { return pathOf(at) }

// ShortPath is a path for a menu: its end where it is long.
func ShortPath(path string) string {
	if path == rootPath {
		return "All buckets"
	}
	const most = 48
	if runes := []rune(Visible(path)); len(runes) > most {
		return "…" + string(runes[len(runes)-most:])
	}
	return Visible(path)
}

// rootPath is where the buckets are listed.
const rootPath = PathScheme

// PathScheme begins every path as it is shown.
const PathScheme = "s3://"

func pathOf(at browse.Location) string {
	if at.Root() {
		return rootPath
	}
	return "s3://" + at.Bucket + "/" + at.Prefix
}

func crumbs(at browse.Location, server string) []Crumb {
	list := []Crumb{{Label: server}}
	if at.Root() {
		return list
	}
	list = append(list, Crumb{Label: at.Bucket, To: browse.Location{Bucket: at.Bucket}})
	prefix := ""
	for part := range strings.SplitSeq(strings.TrimSuffix(at.Prefix, "/"), "/") {
		if at.Prefix == "" {
			break
		}
		prefix += part + "/"
		list = append(list, Crumb{Label: named(part), To: browse.Location{Bucket: at.Bucket, Prefix: prefix}})
	}
	return list
}

// footer returns the count of what is here.
func footer(b *browse.Browser, server string) string {
	n, one, many := b.Loaded(), "item", "items"
	if b.At().Root() {
		one, many = "bucket", "buckets"
	}
	count := Grouped(n) + " " + many
	if n == 1 {
		count = "1 " + one
	}
	if b.Filter() != "" {
		count = Grouped(b.Len()) + " of " + count
	}
	switch b.Status() {
	case browse.Loading:
		switch {
		case n == 0:
			return ""
		case b.Stale() && b.Long():
			return count + ", still waiting for " + server
		case b.Stale() && b.Slow():
			return count + ", waiting for " + server
		case b.Stale():
			return count
		}
		if !b.Order().Natural() {
			return count + " so far, loading more, then sorted"
		}
		return count + " so far, loading more"
	case browse.Partial:
		if n == 0 {
			return ""
		}
		return count + " so far"
	case browse.Failed:
		return ""
	}
	if n == 0 {
		return ""
	}
	if b.Arranging() {
		return count + ", being sorted"
	}
	return count
}

// emptiness is what stands where there is nothing to list; nil where there is.
func emptiness(b *browse.Browser, server string) *Message {
	if p := b.Problem(); p != nil {
		return refusal(b, p)
	}
	switch {
	case b.Len() > 0:
		return nil
	case b.Filter() != "" && b.Loaded() > 0:
		return &Message{Mark: Off, Title: "Nothing here matches", Text: "No name loaded so far contains “" + b.Filter() + "”."}
	case b.Status() == browse.Idle, b.Status() == browse.Loading && !b.Slow():
		return nil
	case b.Status() == browse.Loading:
		return loading(b, server)
	case b.Stopped():
		return &Message{
			Mark: Off, Title: "Loading was stopped", Text: "What is in " + pathOf(b.At()) + " is not known.",
			Primary: Action{Do: DoRetry, Label: "Load again"},
		}
	case b.At().Root():
		return &Message{
			Mark: Off, Title: "No buckets here",
			Text:    "The server shows you no buckets. You may still be allowed to open one whose name you know.",
			Primary: Action{Do: DoOpenName, Label: "Open a bucket by name"},
		}
	}
	return &Message{Mark: Off, Title: emptyTitle(b), Text: "There is nothing under " + pathOf(b.At()) + "."}
}

func emptyTitle(b *browse.Browser) string {
	if b.At().Prefix == "" {
		return "This bucket is empty"
	}
	return "This folder is empty"
}

// deserted is for a place that has nothing in it but deleted files, and perhaps the folders that they were in.
func deserted(b *browse.Browser) *Message {
	return &Message{
		Mark: Off, Title: emptyTitle(b), Text: "Files that were deleted in it can be restored.",
		Primary: Action{Do: DoShowDeleted, Label: "Show deleted files"},
	}
}

// loading says what is awaited where nothing is listed yet.
func loading(b *browse.Browser, server string) *Message {
	m := &Message{
		Mark: Busy, Title: "Waiting for " + server, Text: "The server was asked what is in " + pathOf(b.At()) + ".",
		Others: []Action{{Do: DoStop, Label: "Cancel"}},
	}
	if b.At().Root() {
		m.Text = "The server was asked which buckets there are."
	}
	if b.Long() {
		m.Title = "Still waiting for " + server
		m.Text += " It has not answered yet. Daypass keeps waiting; cancel to go elsewhere."
	}
	return m
}

func refusal(b *browse.Browser, e *buckets.Error) *Message {
	m := ProblemMessage(&e.Problem, "")
	m.Mark, m.Primary = Bad, Action{Do: DoRetry, Label: "Try again"}
	if e.Kind != buckets.Denied && e.Kind != buckets.NotFound && e.Kind != buckets.BadName {
		m.Next = JoinSentences(m.Next, NotByItself)
		return &m
	}
	m.Mark = Soon
	if b.At().Root() {
		m.Primary, m.Next = Action{Do: DoOpenName, Label: "Open a bucket by name"}, "If you know a bucket's name, open it. Otherwise ask your administrator."
	} else {
		m.Primary = Action{Do: DoGoUp, Label: "Go up"}
	}
	m.Others = append([]Action{{Do: DoRetry, Label: "Try again"}}, m.Others...)
	return &m
}

// EntryRow is one line of a listing.
type EntryRow struct {
	Icon   string
	Folder bool
	Name   string
	// Values stand beside the name, one for each of Columns but the first.
	Values []string
}

// PresentEntry makes the line of an entry called name.
func PresentEntry(e buckets.Entry, name string, root bool, now time.Time) EntryRow {
	return EntryRow{Icon: iconFor(e, name, root), Folder: e.Folder, Name: named(name), Values: values(e, now)}
}

// named is visible for the name of a folder or an object, which may be empty: in "a//b" and for an object "a/".
func named(name string) string {
	if name == "" {
		return "(no name)"
	}
	return Visible(name)
}

var kinds = map[string]string{
	".csv": "file-table", ".tsv": "file-table", ".parquet": "file-table", ".xlsx": "file-table", ".arrow": "file-table",
	".png": "file-image", ".jpg": "file-image", ".jpeg": "file-image", ".gif": "file-image", ".tif": "file-image", ".tiff": "file-image", ".svg": "file-image",
	".txt": "file-text", ".md": "file-text", ".json": "file-text", ".yaml": "file-text", ".yml": "file-text", ".log": "file-text", ".xml": "file-text", ".py": "file-text",
	".zip": "file-archive", ".gz": "file-archive", ".tar": "file-archive", ".zst": "file-archive", ".xz": "file-archive", ".bz2": "file-archive",
}

func iconFor(e buckets.Entry, name string, root bool) string {
	switch {
	case root:
		return "bucket"
	case e.Folder:
		return "folder"
	}
	return FileIcon(name)
}

// FileIcon returns the icon of a file by the ending of its name.
func FileIcon(name string) string {
	if kind := kinds[strings.ToLower(path.Ext(name))]; kind != "" {
		return kind
	}
	return "file"
}

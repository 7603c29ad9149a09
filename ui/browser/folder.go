package browser

import (
	"strings"
	"time"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/status"
	"daypass/ui/browser/listing"
	"daypass/ui/present"
)

// What the buttons of messages, and the one below the listing, do.
const (
	ActionRetry       present.Do = "retry"
	ActionStop        present.Do = "stop"
	ActionGoUp        present.Do = "go-up"
	ActionOpenName    present.Do = "open-name"
	ActionShowDeleted present.Do = "show-deleted"
)

// Crumb is one step of the way to the location shown.
type Crumb struct {
	Label string
	To    location.Location
}

// Folder is the location shown, except its entries.
type Folder struct {
	// Path is the location as it can be typed.
	Path    string
	Crumbs  []Crumb
	CanBack bool
	CanNext bool
	CanUp   bool
	// Status is the line below the list.
	Status string
	// StatusAction stands beside the status.
	StatusAction present.Action
	// Message stands in place of the list where it is not nil.
	Message *present.Message
}

// NewFolder makes the head and foot of the location l shows. server is the connection's name; hasDeleted is true where
// a location has deleted files in it and nothing else.
func NewFolder(l *listing.Listing, server string, hasDeleted bool) Folder {
	at := l.At()
	f := Folder{
		Path: at.URL(), Crumbs: crumbs(at, server), CanBack: l.CanBack(), CanNext: l.CanForward(), CanUp: !at.Root(),
	}
	f.Status = footer(l, server)
	switch {
	case l.Status() == listing.Loading && l.Slow() && l.Loaded() > 0:
		f.StatusAction = present.Action{Do: ActionStop, Label: "Stop"}
	case l.Stopped() && l.Loaded() > 0:
		f.StatusAction = present.Action{Do: ActionRetry, Label: "Load the rest"}
	}
	if p := l.Problem(); p != nil && l.Loaded() > 0 {
		f.Status, f.StatusAction = present.Sentence(p.Problem.Current().Title, "The rest is missing."), present.Action{Do: ActionRetry, Label: "Try again"}
		return f
	}
	f.Message = emptiness(l, server)
	if hasDeleted && l.Problem() == nil {
		f.Message = deserted(l)
	}
	return f
}

// ShortPath is a path for a menu: its end where it is long.
func ShortPath(path string) string {
	if path == location.Scheme {
		return "All buckets"
	}
	const most = 48
	if runes := []rune(present.Visible(path)); len(runes) > most {
		return "…" + string(runes[len(runes)-most:])
	}
	return present.Visible(path)
}

func crumbs(at location.Location, server string) []Crumb {
	list := []Crumb{{Label: server}}
	if at.Root() {
		return list
	}
	list = append(list, Crumb{Label: at.Bucket, To: location.Location{Bucket: at.Bucket}})
	prefix := ""
	for part := range strings.SplitSeq(strings.TrimSuffix(at.Prefix, "/"), "/") {
		if at.Prefix == "" {
			break
		}
		prefix += part + "/"
		list = append(list, Crumb{Label: named(part), To: location.Location{Bucket: at.Bucket, Prefix: prefix}})
	}
	return list
}

// footer returns the count of what is here.
func footer(l *listing.Listing, server string) string {
	n, one, many := l.Loaded(), "item", "items"
	if l.At().Root() {
		one, many = "bucket", "buckets"
	}
	count := present.Grouped(n) + " " + many
	if n == 1 {
		count = "1 " + one
	}
	if l.Filter() != "" {
		count = present.Grouped(l.Len()) + " of " + count
	}
	switch l.Status() {
	case listing.Loading:
		switch {
		case n == 0:
			return ""
		case l.Stale() && l.Long():
			return count + ", still waiting for " + server
		case l.Stale() && l.Slow():
			return count + ", waiting for " + server
		case l.Stale():
			return count
		}
		if !l.Order().Natural() {
			return count + " so far, loading more, then sorted"
		}
		return count + " so far, loading more"
	case listing.Partial:
		if n == 0 {
			return ""
		}
		return count + " so far"
	case listing.Failed:
		return ""
	}
	if n == 0 {
		return ""
	}
	if l.Arranging() {
		return count + ", being sorted"
	}
	return count
}

// emptiness is what stands where there is nothing to list; nil where there is.
func emptiness(l *listing.Listing, server string) *present.Message {
	if p := l.Problem(); p != nil {
		return denial(l, p)
	}
	switch {
	case l.Len() > 0:
		return nil
	case l.Filter() != "" && l.Loaded() > 0:
		return &present.Message{Severity: status.Neutral, Title: "Nothing here matches", Text: "No name loaded so far contains “" + l.Filter() + "”."}
	case l.Status() == listing.Idle, l.Status() == listing.Loading && !l.Slow():
		return nil
	case l.Status() == listing.Loading:
		return loading(l, server)
	case l.Stopped():
		return &present.Message{
			Severity: status.Neutral, Title: "Loading was stopped", Text: "What is in " + l.At().URL() + " is not known.",
			Primary: present.Action{Do: ActionRetry, Label: "Load again"},
		}
	case l.At().Root():
		return &present.Message{
			Severity: status.Neutral, Title: "No buckets here",
			Text:    "The server shows you no buckets. You may still be allowed to open one whose name you know.",
			Primary: present.Action{Do: ActionOpenName, Label: "Open a bucket by name"},
		}
	}
	return &present.Message{Severity: status.Neutral, Title: emptyTitle(l), Text: "There is nothing under " + l.At().URL() + "."}
}

func emptyTitle(l *listing.Listing) string {
	if l.At().Prefix == "" {
		return "This bucket is empty"
	}
	return "This folder is empty"
}

// deserted is for a location that has nothing in it but deleted files, and perhaps the folders that they were in.
func deserted(l *listing.Listing) *present.Message {
	return &present.Message{
		Severity: status.Neutral, Title: emptyTitle(l), Text: "Files that were deleted in it can be restored.",
		Primary: present.Action{Do: ActionShowDeleted, Label: "Show deleted files"},
	}
}

// loading says what is awaited where nothing is listed yet.
func loading(l *listing.Listing, server string) *present.Message {
	m := &present.Message{
		Severity: status.Busy, Title: "Waiting for " + server, Text: "The server was asked what is in " + l.At().URL() + ".",
		Others: []present.Action{{Do: ActionStop, Label: "Cancel"}},
	}
	if l.At().Root() {
		m.Text = "The server was asked which buckets there are."
	}
	if l.Long() {
		m.Title = "Still waiting for " + server
		m.Text += " It has not answered yet. Daypass keeps waiting; cancel to go elsewhere."
	}
	return m
}

func denial(l *listing.Listing, e *buckets.Error) *present.Message {
	m := present.ProblemMessage(&e.Problem, "")
	m.Severity, m.Primary = status.Error, present.Action{Do: ActionRetry, Label: "Try again"}
	if e.Kind != buckets.Denied && e.Kind != buckets.NotFound && e.Kind != buckets.InvalidName {
		m.Next = present.JoinSentences(m.Next, present.RetriesNot())
		return &m
	}
	m.Severity = status.Warning
	if l.At().Root() {
		m.Primary, m.Next = present.Action{Do: ActionOpenName, Label: "Open a bucket by name"}, "If you know a bucket's name, open it. Otherwise ask your administrator."
	} else {
		m.Primary = present.Action{Do: ActionGoUp, Label: "Go up"}
	}
	m.Others = append([]present.Action{{Do: ActionRetry, Label: "Try again"}}, m.Others...)
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

// NewEntryRow makes the line of an entry called name.
func NewEntryRow(e buckets.Entry, name string, root bool, now time.Time) EntryRow {
	return EntryRow{Icon: iconFor(e, name, root), Folder: e.Folder, Name: named(name), Values: values(e, now)}
}

// named is visible for the name of a folder or an object, which may be empty: in "a//b" and for an object "a/".
func named(name string) string {
	if name == "" {
		return "(no name)"
	}
	return present.Visible(name)
}

func iconFor(e buckets.Entry, name string, root bool) string {
	switch {
	case root:
		return "bucket"
	case e.Folder:
		return "folder"
	}
	return present.FileIcon(name)
}

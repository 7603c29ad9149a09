package browser

import (
	"strings"
	"time"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/messages"
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
		f.StatusAction = present.Action{Do: ActionStop, Label: messages.Text("common.stop")}
	case l.Stopped() && l.Loaded() > 0:
		f.StatusAction = present.Action{Do: ActionRetry, Label: messages.Text("browser.list.load-rest")}
	}
	if p := l.Problem(); p != nil && l.Loaded() > 0 {
		f.Status, f.StatusAction = present.Sentence(p.Problem.Current().Title, messages.Text("browser.list.incomplete")), present.Action{Do: ActionRetry, Label: messages.Text("common.try-again")}
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
		return messages.Text("browser.all-buckets")
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
	n := l.Loaded()
	if n == 0 || l.Status() == listing.Failed {
		return ""
	}
	items := counted(l)
	with := func(id string) string { return messages.Text(id, messages.Args{"Items": items}) }
	switch {
	case l.Status() == listing.Loading && l.Stale():
		return present.WaitingFor(items, server, l.Wait())
	case l.Status() == listing.Loading && l.Order().Natural():
		return with("browser.status.loading")
	case l.Status() == listing.Loading:
		return with("browser.status.loading-sorted")
	case l.Status() == listing.Partial:
		return with("browser.status.partial")
	case l.Arranging():
		return with("browser.status.sorting")
	}
	return items
}

// counted returns how many items or buckets are loaded, and how many of them are shown.
func counted(l *listing.Listing) string {
	n, shown := l.Loaded(), messages.Args{"Shown": present.Grouped(l.Len())}
	switch filtered := l.Filter() != ""; {
	case l.At().Root() && filtered:
		return messages.Plural("browser.items.buckets-filtered", n, shown)
	case l.At().Root():
		return messages.Plural("browser.items.buckets", n)
	case filtered:
		return messages.Plural("browser.items.filtered", n, shown)
	}
	return messages.Plural("common.items", n)
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
		return &present.Message{Severity: status.Neutral, Title: messages.Text("browser.list.no-match"), Text: messages.Text("browser.list.no-match.text", messages.Args{"Text": l.Filter()})}
	case l.Status() == listing.Idle, l.Status() == listing.Loading && !l.Slow():
		return nil
	case l.Status() == listing.Loading:
		return loading(l, server)
	case l.Stopped():
		return &present.Message{
			Severity: status.Neutral, Title: messages.Text("browser.list.stopped"), Text: messages.Text("browser.list.stopped.text", messages.Args{"Location": l.At().URL()}),
			Primary: present.Action{Do: ActionRetry, Label: messages.Text("browser.list.load-again")},
		}
	case l.At().Root():
		return &present.Message{
			Severity: status.Neutral, Title: messages.Text("browser.list.empty.buckets"),
			Text:    messages.Text("browser.list.empty.buckets.text"),
			Primary: present.Action{Do: ActionOpenName, Label: messages.Text("browser.open-by-name")},
		}
	}
	return &present.Message{Severity: status.Neutral, Title: emptyTitle(l), Text: messages.Text("browser.list.empty.text", messages.Args{"Location": l.At().URL()})}
}

func emptyTitle(l *listing.Listing) string {
	if l.At().Prefix == "" {
		return messages.Text("browser.list.empty.bucket")
	}
	return messages.Text("browser.list.empty.folder")
}

// deserted is for a location that has nothing in it but deleted files, and perhaps the folders that they were in.
func deserted(l *listing.Listing) *present.Message {
	return &present.Message{
		Severity: status.Neutral, Title: emptyTitle(l), Text: messages.Text("browser.list.empty.deleted"),
		Primary: present.Action{Do: ActionShowDeleted, Label: CommandDeleted.Label()},
	}
}

// loading says what is awaited where nothing is listed yet.
func loading(l *listing.Listing, server string) *present.Message {
	m := &present.Message{
		Severity: status.Busy, Title: present.WaitTitle("", server, l.Wait()),
		Text:   messages.Text("browser.list.waiting", messages.Args{"Location": l.At().URL()}),
		Others: []present.Action{{Do: ActionStop, Label: messages.Text("common.cancel")}},
	}
	if l.At().Root() {
		m.Text = messages.Text("browser.list.waiting.buckets")
	}
	if l.Long() {
		m.Text = present.JoinSentences(m.Text, messages.Text("window.waiting.no-response"))
	}
	return m
}

func denial(l *listing.Listing, e *buckets.Error) *present.Message {
	m := present.ProblemMessage(&e.Problem, "")
	m.Severity, m.Primary = status.Error, present.Action{Do: ActionRetry, Label: messages.Text("common.try-again")}
	if e.Kind != buckets.Denied && e.Kind != buckets.NotFound && e.Kind != buckets.InvalidName {
		m.Next = present.JoinSentences(m.Next, present.RetriesNot())
		return &m
	}
	m.Severity = status.Warning
	if l.At().Root() {
		m.Primary, m.Next = present.Action{Do: ActionOpenName, Label: messages.Text("browser.open-by-name")}, messages.Text("browser.denied.buckets.next")
	} else {
		m.Primary = present.Action{Do: ActionGoUp, Label: messages.Text("browser.go-up")}
	}
	m.Others = append([]present.Action{{Do: ActionRetry, Label: messages.Text("common.try-again")}}, m.Others...)
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
		return messages.Text("browser.location.no-name")
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

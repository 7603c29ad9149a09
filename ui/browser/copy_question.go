package browser

import (
	"path"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/ui/browser/listing"
	"daypass/ui/present"
)

// CopyTarget is a connection that can be copied to.
type CopyTarget struct {
	ID, Name string
	// Path is where in it, to begin with, and Recent are paths that the user has bookmarked or visited.
	Path   string
	Recent []string
	// SameServer is true where it leads to the server of the first one.
	SameServer bool
}

// CopyQuestion asks where to copy or move what is selected.
type CopyQuestion struct {
	Title string
	// Targets are the connections to choose from; the first is where it is now.
	Targets []CopyTarget
	// ID names what is done then.
	ID, Yes string
	// Choice is the box beside it.
	Choice string

	at      location.Location
	entries []buckets.Entry
	move    bool
}

// CopyTargets are the connections that can be copied to from here, which is one of them and comes first. last returns
// where the user was in one last.
func CopyTargets(sessions []app.Session, here string, at location.Location, last func(id string) string, now time.Time) []CopyTarget {
	var targets []CopyTarget
	endpoints := map[string]string{}
	for _, s := range sessions {
		endpoints[s.ID] = s.Endpoint
		switch {
		case s.ID == here:
			targets = append([]CopyTarget{{ID: s.ID, Name: s.Name, Path: at.URL()}}, targets...)
		case s.HasCredentials(now):
			targets = append(targets, CopyTarget{ID: s.ID, Name: s.Name, Path: last(s.ID)})
		}
	}
	for i := range targets {
		targets[i].SameServer = i > 0 && buckets.SameServer(endpoints[targets[i].ID], endpoints[here])
	}
	used := map[string]int{}
	for i := range targets {
		name := targets[i].Name
		if used[name]++; used[name] > 1 {
			targets[i].Name = messages.Text("browser.copy.target", messages.Args{"Name": name, "Number": present.Grouped(used[name])})
		}
	}
	return targets
}

// FolderRow is the line of a folder or bucket that can be copied into.
func FolderRow(name string, bucket bool) EntryRow {
	row := EntryRow{Icon: "folder", Folder: true, Name: name, Values: make([]string, len(Columns)-1)}
	if bucket {
		row.Icon = "bucket"
	}
	return row
}

// AskCopy asks where to copy or move what is selected.
func AskCopy(move bool, at location.Location, entries []buckets.Entry, targets []CopyTarget) CopyQuestion {
	q := CopyQuestion{
		ID: "copy", Title: about("browser.copy.title.", at, entries), Targets: targets, Yes: messages.Text("browser.copy.yes"),
		Choice: messages.Text("browser.copy.replace"), at: at, entries: entries, move: move,
	}
	if move {
		q.ID, q.Title, q.Yes = "move", about("browser.move.title.", at, entries), messages.Text("browser.move.yes")
	}
	return q
}

// Text says how it is done, for what goes to a target.
func (q CopyQuestion) Text(target int) string {
	switch {
	case target == 0:
		return messages.Text("browser.copy.text")
	case q.move:
		return messages.Text("browser.move.through", messages.Args{"Connection": q.Targets[0].Name})
	}
	return messages.Text("browser.copy.through")
}

// Check says what is wrong with a path in a target; empty for nothing.
func (q CopyQuestion) Check(target int, path string) string {
	to, err := location.ParseFolder(path)
	switch {
	case err != nil:
		return err.Error()
	case to.Root():
		return messages.Text("browser.copy.needs-bucket")
	case to.Bucket == q.at.Bucket && (target == 0 || q.Targets[target].SameServer):
		return q.overlap(to.Prefix)
	}
	return ""
}

// overlap says what is wrong with a folder in the bucket that everything is in: it is where that is, or in it.
func (q CopyQuestion) overlap(prefix string) string {
	id := "browser.copy."
	if q.move {
		id = "browser.move."
	}
	if prefix == q.at.Prefix {
		return messages.Text("browser.copy.same-folder")
	}
	for _, e := range q.entries {
		switch {
		case !e.Folder || !buckets.IntoItself(e.Key, prefix):
			continue
		case prefix == e.Key:
			return messages.Text(id + "into-itself")
		}
		return messages.Text(id + "into-subfolder")
	}
	return ""
}

// DropQuestion asks what to do with what was dropped on a folder.
type DropQuestion struct{ Title, Text string }

// AskDrop asks whether to move or copy entries into a folder that they were dropped on.
func AskDrop(at location.Location, entries []buckets.Entry, folder string) DropQuestion {
	return DropQuestion{
		Title: about("browser.drop.title.", at, entries, messages.Args{"Folder": present.Visible(folder)}),
		Text:  messages.Text("browser.drop.text"),
	}
}

// dragLabel says what is dragged.
func dragLabel(s *listing.Selection) string {
	if e, ok := s.Single(); ok {
		return present.Visible(path.Base(e.Key))
	}
	return messages.Plural("common.items", s.Len())
}

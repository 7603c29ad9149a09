package browser

import (
	"path"
	"strconv"
	"strings"
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
			targets[i].Name += " (" + strconv.Itoa(used[name]) + ")"
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
	id, verb := "copy", "Copy "
	if move {
		id, verb = "move", "Move "
	}
	return CopyQuestion{
		ID: id, Title: verb + what(at, entries) + " to", Targets: targets, Yes: strings.TrimSpace(verb),
		Choice: "Replace what is there by the same name", at: at, entries: entries, move: move,
	}
}

// Text says how it is done, for what goes to a target.
func (q CopyQuestion) Text(target int) string {
	switch {
	case target == 0:
		return "The server copies by itself; nothing goes through this computer."
	case q.move:
		return "It goes through this computer as a transfer. Each file is deleted from " + q.Targets[0].Name + " once it is there."
	}
	return "It goes through this computer as a transfer."
}

// Check says what is wrong with a path in a target; empty for nothing.
func (q CopyQuestion) Check(target int, path string) string {
	to, err := location.ParseFolder(path)
	switch {
	case err != nil:
		return err.Error()
	case to.Root():
		return "The path needs a bucket, like s3://bucket/folder/."
	case to.Bucket == q.at.Bucket && (target == 0 || q.Targets[target].SameServer):
		return q.overlap(to.Prefix)
	}
	return ""
}

// overlap says what is wrong with a folder in the bucket that everything is in: it is where that is, or in it.
func (q CopyQuestion) overlap(prefix string) string {
	verb := "copied"
	if q.move {
		verb = "moved"
	}
	if prefix == q.at.Prefix {
		return "This is where it is."
	}
	for _, e := range q.entries {
		switch {
		case !e.Folder || !buckets.IntoItself(e.Key, prefix):
			continue
		case prefix == e.Key:
			return "A folder cannot be " + verb + " into itself. Choose another one."
		}
		return "A folder cannot be " + verb + " into a folder inside it. Choose another one."
	}
	return ""
}

// DropQuestion asks what to do with what was dropped on a folder.
type DropQuestion struct{ Title, Text string }

// AskDrop asks whether to move or copy entries into a folder that they were dropped on.
func AskDrop(at location.Location, entries []buckets.Entry, folder string) DropQuestion {
	return DropQuestion{
		Title: "Move " + what(at, entries) + " to “" + present.Visible(folder) + "”?",
		Text:  "The server copies by itself; nothing goes through this computer. What is there by the same name is not replaced.",
	}
}

// dragLabel says what is dragged.
func dragLabel(s *listing.Selection) string {
	if e, ok := s.Single(); ok {
		return present.Visible(path.Base(e.Key))
	}
	return messages.Plural("common.items", s.Len())
}

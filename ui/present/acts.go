package present

import (
	"daypass/app/buckets"
	"daypass/ui/browse"
)

// Act is something that can be done in a listing.
type Act string

// The acts.
const (
	ActOpen         Act = "open"
	ActUpload       Act = "upload"
	ActUploadFolder Act = "upload-folder"
	ActNew          Act = "new"
	ActDownload     Act = "download"
	ActShare        Act = "share"
	ActRename       Act = "rename"
	ActCopyTo       Act = "copy-to"
	ActMoveTo       Act = "move-to"
	ActDelete       Act = "delete"
	ActCopyPath     Act = "copy-path"
	ActSelectAll    Act = "select-all"
	ActRefresh      Act = "refresh"
	ActSearch       Act = "search"
	ActDeleted      Act = "deleted"
	ActRestore      Act = "restore"
	ActTags         Act = "tags"
	ActBringBack    Act = "bring-back"
	ActDropVersion  Act = "drop-version"
	ActDetails      Act = "details"
	ActFavourite    Act = "favourite"
	ActColumns      Act = "columns"
	ActShortcuts    Act = "shortcuts"
)

// ActInfo is how an act is shown.
type ActInfo struct {
	Label string
	Icon  string
	// Key is the key that does it, as one says it.
	Key string
}

// Acts are the acts by what they are called.
var Acts = map[Act]ActInfo{
	ActOpen:         {"Open", "open", "Enter"},
	ActUpload:       {"Upload files…", "upload", "Ctrl+U"},
	ActUploadFolder: {"Upload a folder…", "upload", "Ctrl+Shift+U"},
	ActNew:          {"New folder…", "folder-plus", "Ctrl+Shift+N"},
	ActDownload:     {"Download…", "download", "Ctrl+D"},
	ActShare:        {"Share a link…", "share", "Ctrl+K"},
	ActRename:       {"Rename…", "edit", "F2"},
	ActCopyTo:       {"Copy to…", "copy", "Ctrl+Shift+C"},
	ActMoveTo:       {"Move to…", "forward", "Ctrl+Shift+M"},
	ActDelete:       {"Delete…", "trash", "Delete"},
	ActCopyPath:     {"Copy path", "copy", "Ctrl+C"},
	ActSelectAll:    {"Choose all", "", "Ctrl+A"},
	ActRefresh:      {"Refresh", "refresh", "F5"},
	ActSearch:       {"Search below this folder", "search", "Ctrl+Shift+F"},
	ActDeleted:      {"Show deleted files", "trash", "Ctrl+Shift+D"},
	ActDetails:      {"Details", "panel-right", "Ctrl+I"},
	ActFavourite:    {"Favourites", "star", "Ctrl+B"},
	ActColumns:      {"Columns…", "", ""},
	ActShortcuts:    {"Keys and shortcuts", "keyboard", "F1"},
}

// ActState says whether an act can be done, and why not.
type ActState struct {
	Disabled bool
	// Refused is true where the server did not allow it before.
	Refused bool
	// Hint names it, or says why it cannot be done.
	Hint string
}

// Refused remembers what a server did not allow, by bucket and act.
type Refused map[RefusedAct]string

// RefusedAct is one act in one bucket; an empty bucket stands for all of them.
type RefusedAct struct {
	Bucket string
	Act    Act
}

// Allowed holds what can be done with what is chosen.
type Allowed struct {
	States map[Act]ActState
	// Summary says what is chosen; empty for nothing.
	Summary string
}

// Covered is what can be done while something else stands in place of the listing: nothing with what is chosen in
// it, which cannot be seen. why says what to do about that.
func (a Allowed) Covered(why string) Allowed {
	for _, act := range []Act{ActOpen, ActDownload, ActShare, ActRename, ActCopyTo, ActMoveTo, ActDelete, ActCopyPath, ActSelectAll} {
		a.States[act] = ActState{Disabled: true, Hint: Acts[act].Label + ": " + why}
	}
	a.Summary = ""
	return a
}

// State is the state of an act.
func (a Allowed) State(act Act) ActState { return a.States[act] }

// PresentActs works out what can be done in the place b shows with what is chosen there.
func PresentActs(b *browse.Browser, s *browse.Selection, refused Refused) Allowed {
	a := Allowed{States: map[Act]ActState{}, Summary: summary(s)}
	root, n := b.At().Root(), s.Len()
	for act, info := range Acts {
		state := ActState{Hint: hint(info)}
		if reason := impossible(act, root, n, b, s); reason != "" {
			state = ActState{Disabled: true, Hint: info.Label + ": " + reason}
		} else if why := refused[RefusedAct{bucketOf(b, s), Family(act)}]; why != "" {
			state = ActState{Disabled: true, Refused: true, Hint: why}
		}
		a.States[act] = state
	}
	return a
}

func hint(i ActInfo) string {
	if i.Key == "" {
		return i.Label
	}
	return i.Label + " (" + i.Key + ")"
}

// bucketOf is the bucket that an act is about.
func bucketOf(b *browse.Browser, s *browse.Selection) string {
	if !b.At().Root() {
		return b.At().Bucket
	}
	if e, ok := s.Single(); ok {
		return e.Key
	}
	return ""
}

// Family gives the act by whose refusal an act is known to be refused.
func Family(act Act) Act {
	switch act {
	case ActUploadFolder, ActNew:
		return ActUpload
	case ActOpen, ActShare:
		return ActDownload
	}
	return act
}

// impossible says in a few words why an act makes no sense here; empty where it does.
func impossible(act Act, root bool, n int, b *browse.Browser, s *browse.Selection) string {
	switch act {
	case ActUpload, ActUploadFolder:
		if root {
			return "open a bucket first"
		}
	case ActDownload, ActDelete, ActCopyPath:
		if n == 0 {
			return "choose something first"
		}
		if root && n > 1 && act != ActCopyPath {
			return "choose one bucket"
		}
	case ActOpen, ActRename, ActShare:
		return single(act, root, n, s)
	case ActCopyTo, ActMoveTo:
		if root {
			return "open a bucket first"
		}
		if n == 0 {
			return "choose something first"
		}
	case ActSelectAll:
		if b.Len() == 0 {
			return "nothing is here"
		}
	case ActSearch, ActDeleted:
		if root {
			return "open a bucket first"
		}
	}
	return ""
}

func single(act Act, root bool, n int, s *browse.Selection) string {
	e, one := s.Single()
	switch {
	case n == 0:
		return "choose something first"
	case !one:
		return "choose one thing"
	case act == ActShare && (root || e.Folder):
		return "only files can be shared"
	case act == ActRename && root:
		return "buckets keep their names"
	}
	return ""
}

// summary says what is chosen.
func summary(s *browse.Selection) string {
	n := s.Len()
	if n == 0 {
		return ""
	}
	text := Grouped(n) + " chosen"
	if size, ok := s.Size(); ok && n > 0 {
		text += ", " + Bytes(size)
	}
	return text
}

// PathsOf are the entries as they can be typed or given to a tool.
func PathsOf(at browse.Location, entries []buckets.Entry) []string {
	var out []string
	for _, e := range entries {
		if at.Root() {
			out = append(out, "s3://"+e.Key+"/")
			continue
		}
		out = append(out, "s3://"+at.Bucket+"/"+e.Key)
	}
	return out
}

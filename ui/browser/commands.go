package browser

import (
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser/listing"
	"daypass/ui/present"
)

// Command is something that can be done in a listing.
type Command string

// The commands.
const (
	CommandOpen           Command = "open"
	CommandUpload         Command = "upload"
	CommandUploadFolder   Command = "upload-folder"
	CommandNew            Command = "new"
	CommandDownload       Command = "download"
	CommandShare          Command = "share"
	CommandRename         Command = "rename"
	CommandCopyTo         Command = "copy-to"
	CommandMoveTo         Command = "move-to"
	CommandDelete         Command = "delete"
	CommandCopyPath       Command = "copy-path"
	CommandSelectAll      Command = "select-all"
	CommandRefresh        Command = "refresh"
	CommandSearch         Command = "search"
	CommandDeleted        Command = "deleted"
	CommandRestore        Command = "restore"
	CommandTags           Command = "tags"
	CommandRestoreVersion Command = "bring-back"
	CommandDeleteVersion  Command = "drop-version"
	CommandDetails        Command = "details"
	CommandBookmarks      Command = "favourite"
	CommandColumns        Command = "columns"
	CommandShortcuts      Command = "shortcuts"
)

// CommandInfo is how a command is shown.
type CommandInfo struct {
	Label string
	Icon  string
	// Key is the key that does it, as one says it.
	Key string
}

// Commands are all commands.
var Commands = map[Command]CommandInfo{
	CommandOpen:         {"Open", "open", "Enter"},
	CommandUpload:       {"Upload files…", "upload", "Ctrl+U"},
	CommandUploadFolder: {"Upload a folder…", "upload", "Ctrl+Shift+U"},
	CommandNew:          {"New folder…", "folder-plus", "Ctrl+Shift+N"},
	CommandDownload:     {"Download…", "download", "Ctrl+D"},
	CommandShare:        {"Share a link…", "share", "Ctrl+K"},
	CommandRename:       {"Rename…", "edit", "F2"},
	CommandCopyTo:       {"Copy to…", "copy", "Ctrl+Shift+C"},
	CommandMoveTo:       {"Move to…", "forward", "Ctrl+Shift+M"},
	CommandDelete:       {"Delete…", "trash", "Delete"},
	CommandCopyPath:     {"Copy path", "copy", "Ctrl+C"},
	CommandSelectAll:    {"Choose all", "", "Ctrl+A"},
	CommandRefresh:      {"Refresh", "refresh", "F5"},
	CommandSearch:       {"Search below this folder", "search", "Ctrl+Shift+F"},
	CommandDeleted:      {"Show deleted files", "trash", "Ctrl+Shift+D"},
	CommandDetails:      {"Details", "panel-right", "Ctrl+I"},
	CommandBookmarks:    {"Favourites", "star", "Ctrl+B"},
	CommandColumns:      {"Columns…", "", ""},
	CommandShortcuts:    {"Keys and shortcuts", "keyboard", "F1"},
}

// CommandState says whether a command can be run, and why not.
type CommandState struct {
	Disabled bool
	// Denied is true where the server did not allow it before.
	Denied bool
	// Hint names it, or says why it cannot be done.
	Hint string
}

// Denials remembers what a server did not allow, by bucket and command.
type Denials map[Denial]string

// Denial is one command in one bucket; an empty bucket stands for all of them.
type Denial struct {
	Bucket  string
	Command Command
}

// Allowed holds what can be done with what is selected.
type Allowed struct {
	States map[Command]CommandState
	// Summary says what is selected; empty for nothing.
	Summary string
}

// Covered is what can be done while something else stands in place of the listing: nothing with what is selected in
// it, which cannot be seen. why says what to do about that.
func (a Allowed) Covered(why string) Allowed {
	for _, c := range []Command{CommandOpen, CommandDownload, CommandShare, CommandRename, CommandCopyTo, CommandMoveTo, CommandDelete, CommandCopyPath, CommandSelectAll} {
		a.States[c] = CommandState{Disabled: true, Hint: Commands[c].Label + ": " + why}
	}
	a.Summary = ""
	return a
}

// State returns the state of a command.
func (a Allowed) State(c Command) CommandState { return a.States[c] }

// NewAllowed works out what can be done in the location l shows with what is selected there.
func NewAllowed(l *listing.Listing, s *listing.Selection, denied Denials) Allowed {
	a := Allowed{States: map[Command]CommandState{}, Summary: summary(s)}
	root, n := l.At().Root(), s.Len()
	for c, info := range Commands {
		state := CommandState{Hint: hint(info)}
		if reason := impossible(c, root, n, l, s); reason != "" {
			state = CommandState{Disabled: true, Hint: info.Label + ": " + reason}
		} else if why := denied[Denial{bucketOf(l, s), family(c)}]; why != "" {
			state = CommandState{Disabled: true, Denied: true, Hint: why}
		}
		a.States[c] = state
	}
	return a
}

func hint(i CommandInfo) string {
	if i.Key == "" {
		return i.Label
	}
	return i.Label + " (" + i.Key + ")"
}

// bucketOf is the bucket that a command is about.
func bucketOf(l *listing.Listing, s *listing.Selection) string {
	if !l.At().Root() {
		return l.At().Bucket
	}
	if e, ok := s.Single(); ok {
		return e.Key
	}
	return ""
}

// family returns the command by whose denial a command is known to be denied.
func family(c Command) Command {
	switch c {
	case CommandUploadFolder, CommandNew:
		return CommandUpload
	case CommandOpen, CommandShare:
		return CommandDownload
	}
	return c
}

// impossible says in a few words why a command makes no sense here; empty where it does.
func impossible(c Command, root bool, n int, l *listing.Listing, s *listing.Selection) string {
	switch c {
	case CommandUpload, CommandUploadFolder:
		if root {
			return "open a bucket first"
		}
	case CommandDownload, CommandDelete, CommandCopyPath:
		if n == 0 {
			return "choose something first"
		}
		if root && n > 1 && c != CommandCopyPath {
			return "choose one bucket"
		}
	case CommandOpen, CommandRename, CommandShare:
		return single(c, root, n, s)
	case CommandCopyTo, CommandMoveTo:
		if root {
			return "open a bucket first"
		}
		if n == 0 {
			return "choose something first"
		}
	case CommandSelectAll:
		if l.Len() == 0 {
			return "nothing is here"
		}
	case CommandSearch, CommandDeleted:
		if root {
			return "open a bucket first"
		}
	}
	return ""
}

func single(c Command, root bool, n int, s *listing.Selection) string {
	e, one := s.Single()
	switch {
	case n == 0:
		return "choose something first"
	case !one:
		return "choose one thing"
	case c == CommandShare && (root || e.Folder):
		return "only files can be shared"
	case c == CommandRename && root:
		return "buckets keep their names"
	}
	return ""
}

// summary says what is selected.
func summary(s *listing.Selection) string {
	n := s.Len()
	if n == 0 {
		return ""
	}
	text := present.Grouped(n) + " chosen"
	if size, ok := s.Size(); ok && n > 0 {
		text += ", " + present.Bytes(size)
	}
	return text
}

// Paths are the entries as they can be typed or given to a tool.
func Paths(at location.Location, entries []buckets.Entry) []string {
	var out []string
	for _, e := range entries {
		if at.Root() {
			out = append(out, location.Location{Bucket: e.Key}.URL())
			continue
		}
		out = append(out, location.Location{Bucket: at.Bucket, Prefix: e.Key}.URL())
	}
	return out
}

package browser

import (
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/messages"
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
	CommandBookmarks      Command = "bookmarks"
	CommandColumns        Command = "columns"
	CommandShortcuts      Command = "shortcuts"
)

// CommandInfo is how a command is shown.
type CommandInfo struct {
	Icon string
	// Keys are the keys that do it, as present.Keys takes them.
	Keys string
}

// Commands are all commands.
var Commands = map[Command]CommandInfo{
	CommandOpen:         {"open", "Enter"},
	CommandUpload:       {"upload", "Ctrl+U"},
	CommandUploadFolder: {"upload", "Ctrl+Shift+U"},
	CommandNew:          {"folder-plus", "Ctrl+Shift+N"},
	CommandDownload:     {"download", "Ctrl+D"},
	CommandShare:        {"share", "Ctrl+K"},
	CommandRename:       {"edit", "F2"},
	CommandCopyTo:       {"copy", "Ctrl+Shift+C"},
	CommandMoveTo:       {"forward", "Ctrl+Shift+M"},
	CommandDelete:       {"trash", "Delete"},
	CommandCopyPath:     {"copy", "Ctrl+C"},
	CommandSelectAll:    {"", "Ctrl+A"},
	CommandRefresh:      {"refresh", "F5"},
	CommandSearch:       {"search", "Ctrl+Shift+F"},
	CommandDeleted:      {"trash", "Ctrl+Shift+D"},
	CommandDetails:      {"panel-right", "Ctrl+I"},
	CommandBookmarks:    {"star", "Ctrl+B"},
	CommandColumns:      {"", ""},
	CommandShortcuts:    {"keyboard", "F1"},
}

// Label returns what the command is called in menus.
func (c Command) Label() string { return messages.Text("browser.command." + string(c)) }

// Hint returns the tooltip of the command: its label and its keys.
func (c Command) Hint() string { return present.Hint(c.Label(), Commands[c].Keys) }

// unavailable returns the tooltip of a command that cannot be run, with the reason.
func (c Command) unavailable(reason string) string {
	return messages.Text("common.sentence", messages.Args{"Title": trimEllipsis(c.Label()), "Detail": reason})
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
		a.States[c] = CommandState{Disabled: true, Hint: c.unavailable(why)}
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
	for c := range Commands {
		state := CommandState{Hint: c.Hint()}
		if reason := impossible(c, root, n, l, s); reason != "" {
			state = CommandState{Disabled: true, Hint: c.unavailable(reason)}
		} else if why := denied[Denial{bucketOf(l, s), family(c)}]; why != "" {
			state = CommandState{Disabled: true, Denied: true, Hint: why}
		}
		a.States[c] = state
	}
	return a
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

// impossible says why a command makes no sense here; empty where it does.
func impossible(c Command, root bool, n int, l *listing.Listing, s *listing.Selection) string {
	switch c {
	case CommandUpload, CommandUploadFolder:
		if root {
			return messages.Text("browser.unavailable.no-bucket")
		}
	case CommandDownload, CommandDelete, CommandCopyPath:
		if n == 0 {
			return messages.Text("browser.unavailable.none")
		}
		if root && n > 1 && c != CommandCopyPath {
			return messages.Text("browser.unavailable.several-buckets")
		}
	case CommandOpen, CommandRename, CommandShare:
		return single(c, root, n, s)
	case CommandCopyTo, CommandMoveTo:
		if root {
			return messages.Text("browser.unavailable.no-bucket")
		}
		if n == 0 {
			return messages.Text("browser.unavailable.none")
		}
	case CommandSelectAll:
		if l.Len() == 0 {
			return messages.Text("browser.unavailable.empty")
		}
	case CommandSearch, CommandDeleted:
		if root {
			return messages.Text("browser.unavailable.no-bucket")
		}
	}
	return ""
}

func single(c Command, root bool, n int, s *listing.Selection) string {
	e, one := s.Single()
	switch {
	case n == 0:
		return messages.Text("browser.unavailable.none")
	case !one:
		return messages.Text("browser.unavailable.several")
	case c == CommandShare && (root || e.Folder):
		return messages.Text("browser.unavailable.no-file")
	case c == CommandRename && root:
		return messages.Text("browser.unavailable.bucket-name")
	}
	return ""
}

// summary says what is selected.
func summary(s *listing.Selection) string {
	n := s.Len()
	if n == 0 {
		return ""
	}
	selected := messages.Plural("common.selected", n)
	if size, ok := s.Size(); ok {
		return present.Facts(selected, present.Bytes(size))
	}
	return selected
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

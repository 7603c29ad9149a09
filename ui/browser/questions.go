package browser

import (
	"strings"
	"unicode/utf8"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/auth/safetext"
	"daypass/ui/present"
)

// TextQuestion asks for a line of text.
type TextQuestion struct {
	// ID names what is done then, Field is the ID of the field.
	ID, Field   string
	Title, Text string
	// Label is what is asked for, Value what stands there at first, of which the first Select letters are
	// marked.
	Label, Value string
	Select       int
	Yes          string
	// Check says what is wrong with a text; empty for nothing.
	Check func(text string) string
}

// checkName returns why a name cannot be that of a file or folder.
func checkName(name string) string {
	switch {
	case name == "":
		return "A name is needed."
	case name == "." || name == "..":
		return "This name means a folder itself, or the one above it."
	case strings.Contains(name, "/"):
		return "A name has no slash in it."
	case !utf8.ValidString(name) || safetext.HasHidden(name):
		return "There are characters in the name that cannot be seen. Type it anew."
	}
	return ""
}

// AskNewFolder asks for the name of a folder in the one with this path.
func AskNewFolder(folder string) TextQuestion {
	return TextQuestion{ID: "make-folder", Field: "name", Title: "New folder in " + present.Visible(folder), Label: "Name", Yes: "Make folder", Check: checkName}
}

// AskNewBucket asks for the name of a bucket.
func AskNewBucket() TextQuestion {
	return TextQuestion{
		ID: "make-bucket", Field: "name", Title: "New bucket", Text: "A bucket's name has 3 to 63 small letters, digits, dots and hyphens. It cannot be changed later.",
		Label: "Name", Yes: "Make bucket", Check: checkBucket,
	}
}

func checkBucket(name string) string {
	if len(name) < 3 || len(name) > 63 {
		return "A bucket's name has 3 to 63 characters."
	}
	for _, c := range name {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.-", c) {
			return "A bucket's name has small letters, digits, dots and hyphens only."
		}
	}
	if strings.Trim(name, ".-") != name {
		return "A bucket's name begins and ends with a letter or a digit."
	}
	return ""
}

// AskRename asks for another name of an entry. The name without its ending is marked.
func AskRename(e buckets.Entry, name string) TextQuestion {
	q := TextQuestion{ID: "rename", Field: "name", Title: "Rename “" + named(name) + "”", Label: "New name", Value: name, Yes: "Rename"}
	q.Select = len([]rune(name))
	if dot := strings.LastIndex(name, "."); dot > 0 && !e.Folder {
		q.Select = len([]rune(name[:dot]))
	}
	if e.Folder {
		q.Text = "Everything in the folder is copied to its new name and then deleted under the old one. That takes a while for a large one."
	}
	q.Check = func(text string) string {
		if text == name {
			return "This is the name it has."
		}
		return checkName(text)
	}
	return q
}

// what names entries: the one there is, or how many.
func what(at location.Location, entries []buckets.Entry) string {
	if len(entries) != 1 {
		return messages.Plural("common.items", len(entries))
	}
	if entries[0].Folder && entries[0].Key == at.Prefix {
		return "everything in " + at.URL()
	}
	return "“" + named(nameIn(at, entries[0])) + "”"
}

func nameIn(at location.Location, e buckets.Entry) string {
	return strings.TrimSuffix(strings.TrimPrefix(e.Key, at.Prefix), "/")
}

// Deletion asks before something is deleted.
type Deletion struct {
	Title string
	// Names are the first of what is deleted, and More says how many others there are.
	Names []string
	More  string
	// Sum is how much that is, and Fate what becomes of it.
	Sum, Fate string
	// Forever is true where there are versions to delete too.
	Forever bool
	Yes     string
}

// DeleteForever is the choice to delete all versions.
const DeleteForever = "Delete all earlier versions too, for good"

// namesShown is how many names a question shows.
const namesShown = 8

// DeletionState is what is known of what is to be deleted; nil parts are not known yet.
type DeletionState struct {
	At      location.Location
	Entries []buckets.Entry
	// Sum is how much it is with all that is in folders.
	Sum *objects.Sum
	// Versioned is whether the bucket keeps earlier versions.
	Versioned *bool
	// Server is the one that is asked for that, and Wait how long it has not answered.
	Server string
	Wait   present.Wait
}

// NewDeletion makes the question.
func NewDeletion(d DeletionState) Deletion {
	q := Deletion{Title: "Delete " + what(d.At, d.Entries) + "?", Yes: "Delete"}
	if d.At.Root() {
		q.Title, q.Yes = "Delete the bucket "+what(d.At, d.Entries)+"?", "Delete bucket"
		q.Fate = "The server deletes only empty buckets."
		return q
	}
	for i, e := range d.Entries {
		if e.Key == d.At.Prefix {
			break // the title says it
		}
		if i == namesShown {
			q.More = "and " + present.Counted(len(d.Entries)-i, "more", "more")
			break
		}
		name := present.Visible(nameIn(d.At, e))
		if e.Folder {
			name += "/"
		}
		q.Names = append(q.Names, name)
	}
	q.Sum, q.Fate = sumOf(d), fateOf(d.Versioned)
	q.Forever = d.Versioned != nil && *d.Versioned
	return q
}

func sumOf(d DeletionState) string {
	folders := false
	for _, e := range d.Entries {
		folders = folders || e.Folder
	}
	switch {
	case d.Sum == nil && folders:
		return present.WaitingFor("Counting what is in the folders", d.Server, d.Wait)
	case d.Sum == nil:
		return ""
	case d.Sum.More:
		return "More than " + present.Counted(d.Sum.Objects, "file", "files") + ", " + present.Bytes(d.Sum.Bytes)
	}
	return present.Counted(d.Sum.Objects, "file", "files") + ", " + present.Bytes(d.Sum.Bytes)
}

func fateOf(versioned *bool) string {
	switch {
	case versioned == nil:
		return ""
	case *versioned:
		return "This bucket keeps earlier versions: what you delete stays below as one, until somebody deletes that too."
	}
	return "This bucket keeps no earlier versions: what you delete is gone for good."
}

// Work is a change under way, or what one has come to. An empty Text means none.
type Work struct {
	Text string
	// Action is the label of the button beside it; empty for none.
	Action string
}

// ChangeWork says how far a change has come, and that server is awaited where it has reported nothing for a while.
func ChangeWork(doing string, r objects.Result, server string, wait present.Wait) Work {
	w := Work{Text: doing, Action: "Stop"}
	if n := r.Done + r.Failures; n > 0 {
		w.Text += ", " + present.Counted(n, "file", "files") + " so far"
	}
	w.Text = present.WaitingFor(w.Text, server, wait)
	return w
}

// LookupWork says that a typed path is looked for.
func LookupWork(name, server string, wait present.Wait) Work {
	return Work{Text: present.WaitingFor("Looking for "+name, server, wait), Action: "Stop"}
}

// doneWords say what was done to files.
var doneWords = map[Command]string{CommandDelete: "deleted", CommandRestore: "restored", CommandCopyTo: "copied", CommandMoveTo: "moved"}

// DoneText says what a change has come to; empty where that is seen.
func DoneText(c Command, r objects.Result) string {
	if word := doneWords[c]; word != "" && r.Done > 0 {
		return present.Grouped(r.Done) + " " + word
	}
	return ""
}

// FailuresOf lists what a change did not do; ok is true where that is nothing.
func FailuresOf(doing string, r objects.Result) (f present.Failures, ok bool) {
	if r.Failures == 0 {
		return present.Failures{}, true
	}
	total := r.Done + r.Failures
	f = present.Failures{Title: present.Grouped(r.Failures) + " of " + present.Counted(total, "file", "files") + " failed", Text: doing}
	for _, one := range r.Failed {
		f.Lines = append(f.Lines, present.FailureLine{Name: present.Visible(one.Key), Why: present.ProblemSentence(one.Err.Problem)})
	}
	if rest := r.Failures - len(r.Failed); rest > 0 {
		f.More = "and " + present.Counted(rest, "more", "more")
	}
	return f, false
}

// Reason is why a command is off from now on, for its hint.
func Reason(e *buckets.Error) string { return present.ProblemSentence(e.Problem) }

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
		return messages.Text("browser.name.empty")
	case name == "." || name == "..":
		return messages.Text("browser.name.dots")
	case strings.Contains(name, "/"):
		return messages.Text("browser.name.slash")
	case !utf8.ValidString(name) || safetext.HasHidden(name):
		return messages.Text("browser.name.hidden")
	}
	return ""
}

// AskNewFolder asks for the name of a folder in the one with this path.
func AskNewFolder(folder string) TextQuestion {
	return TextQuestion{ID: "make-folder", Field: "name", Title: messages.Text("browser.new-folder.title", messages.Args{"Folder": present.Visible(folder)}), Label: messages.Text("browser.column.name"), Yes: messages.Text("browser.new-folder.yes"), Check: checkName}
}

// AskNewBucket asks for the name of a bucket.
func AskNewBucket() TextQuestion {
	return TextQuestion{
		ID: "make-bucket", Field: "name", Title: messages.Text("browser.new-bucket.title"), Text: messages.Text("browser.new-bucket.text"),
		Label: messages.Text("browser.column.name"), Yes: messages.Text("browser.new-bucket.yes"), Check: checkBucket,
	}
}

func checkBucket(name string) string {
	if len(name) < 3 || len(name) > 63 {
		return messages.Text("browser.new-bucket.length")
	}
	for _, c := range name {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.-", c) {
			return messages.Text("browser.new-bucket.alphabet")
		}
	}
	if strings.Trim(name, ".-") != name {
		return messages.Text("browser.new-bucket.ends")
	}
	return ""
}

// AskRename asks for another name of an entry. The name without its ending is marked.
func AskRename(e buckets.Entry, name string) TextQuestion {
	q := TextQuestion{ID: "rename", Field: "name", Title: messages.Text("browser.rename.title", messages.Args{"Name": named(name)}), Label: messages.Text("browser.rename.label"), Value: name, Yes: messages.Text("browser.rename.yes")}
	q.Select = len([]rune(name))
	if dot := strings.LastIndex(name, "."); dot > 0 && !e.Folder {
		q.Select = len([]rune(name[:dot]))
	}
	if e.Folder {
		q.Text = messages.Text("browser.rename.folder")
	}
	q.Check = func(text string) string {
		if text == name {
			return messages.Text("browser.name.same")
		}
		return checkName(text)
	}
	return q
}

// about returns a text about entries: the one there is, how many there are, or everything in the folder on screen. Its
// ID begins with id.
func about(id string, at location.Location, entries []buckets.Entry, args ...messages.Args) string {
	switch {
	case len(entries) != 1:
		return messages.Plural(id+"items", len(entries), args...)
	case entries[0].Folder && entries[0].Key == at.Prefix:
		return messages.Text(id+"everything", append(args, messages.Args{"Location": at.URL()})...)
	}
	return messages.Text(id+"one", append(args, messages.Args{"Name": named(nameIn(at, entries[0]))})...)
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
	if d.At.Root() {
		return Deletion{
			Title: about("browser.delete.bucket.", d.At, d.Entries), Yes: messages.Text("browser.delete.bucket.yes"),
			Fate: messages.Text("browser.delete.bucket.text"),
		}
	}
	q := Deletion{Title: about("browser.delete.title.", d.At, d.Entries), Yes: messages.Text("browser.delete.yes")}
	for i, e := range d.Entries {
		if e.Key == d.At.Prefix {
			break // the title says it
		}
		if i == namesShown {
			q.More = messages.Plural("common.and-more", len(d.Entries)-i)
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
		return present.WaitingFor(messages.Text("browser.delete.counting"), d.Server, d.Wait)
	case d.Sum == nil:
		return ""
	case d.Sum.More:
		return messages.Plural("browser.delete.more-files", d.Sum.Objects, messages.Args{"Size": present.Bytes(d.Sum.Bytes)})
	}
	return messages.Plural("common.files-and-size", d.Sum.Objects, messages.Args{"Size": present.Bytes(d.Sum.Bytes)})
}

func fateOf(versioned *bool) string {
	switch {
	case versioned == nil:
		return ""
	case *versioned:
		return messages.Text("browser.delete.kept")
	}
	return messages.Text("browser.delete.permanent")
}

// Work is a change under way, or what one has come to. An empty Text means none.
type Work struct {
	Text string
	// Action is the label of the button beside it; empty for none.
	Action string
}

// ChangeWork says how far a change has come, and that server is awaited where it has reported nothing for a while.
func ChangeWork(doing string, r objects.Result, server string, wait present.Wait) Work {
	if n := r.Done + r.Failures; n > 0 {
		doing = messages.Plural("browser.operation.progress", n, messages.Args{"Operation": doing})
	}
	return Work{Text: present.WaitingFor(doing, server, wait), Action: messages.Text("common.stop")}
}

// LookupWork says that a typed path is looked for.
func LookupWork(name, server string, wait present.Wait) Work {
	return Work{Text: present.WaitingFor(messages.Text("browser.lookup", messages.Args{"Path": name}), server, wait), Action: messages.Text("common.stop")}
}

// DoneText says what a change has come to; empty where that is seen.
func DoneText(c Command, r objects.Result) string {
	switch c {
	case CommandDelete, CommandRestore, CommandCopyTo, CommandMoveTo:
		if r.Done > 0 {
			return messages.Plural("browser.done."+string(c), r.Done)
		}
	}
	return ""
}

// FailuresOf lists what a change did not do; ok is true where that is nothing.
func FailuresOf(doing string, r objects.Result) (f present.Failures, ok bool) {
	if r.Failures == 0 {
		return present.Failures{}, true
	}
	total := r.Done + r.Failures
	f = present.Failures{Title: messages.Plural("browser.failures.title", total, messages.Args{"Failed": present.Grouped(r.Failures)}), Text: doing}
	for _, one := range r.Failed {
		f.Lines = append(f.Lines, present.FailureLine{Name: present.Visible(one.Key), Why: present.ProblemSentence(one.Err.Problem)})
	}
	if rest := r.Failures - len(r.Failed); rest > 0 {
		f.More = messages.Plural("common.and-more", rest)
	}
	return f, false
}

// Reason is why a command is off from now on, for its hint.
func Reason(e *buckets.Error) string { return present.ProblemSentence(e.Problem) }

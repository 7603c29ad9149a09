package browser

import (
	"daypass/ui/opener"
	"daypass/ui/present"
)

// maxOpened is the size in bytes from which the user is asked before a file is fetched to be shown.
const maxOpened = 200_000_000

// OpenQuestion is what is asked before a file of the storage is opened by another program; without a title nothing is.
type OpenQuestion struct {
	Title, Text string
	// Yes is the button that opens it all the same; empty where it is not opened.
	Yes string
	// Harmless is true where no more than time is lost by opening it.
	Harmless bool
}

// AskOpen returns what is asked before a file is fetched to be opened. size is in bytes.
func AskOpen(name string, size int64, kind opener.Kind) OpenQuestion {
	switch {
	case kind != opener.Harmless:
		return presentKind(name, kind, "")
	case size > maxOpened:
		return OpenQuestion{
			Title: "Open “" + present.Visible(name) + "”?", Text: "It has " + present.Bytes(size) + ", all of which is fetched before it can be shown.",
			Yes: "Open", Harmless: true,
		}
	}
	return OpenQuestion{}
}

// AskDisguised returns what is asked about a file whose content is of a kind that its name does not say.
func AskDisguised(name string, kind opener.Kind) OpenQuestion {
	return presentKind(name, kind, ", whatever its name says")
}

// fileKinds are the words for each kind: what it is, and what opening it would do or may do.
var fileKinds = map[opener.Kind]struct{ what, effect string }{
	opener.Program:   {"a program", "Opening it would run it."},
	opener.Script:    {"a script", "Opening it can run it."},
	opener.Installer: {"an installer", "Opening it would install software."},
	opener.Shortcut:  {"a shortcut", "Opening it can run a program or connect to another computer."},
	opener.Setting:   {"a settings file", "Opening it would change settings of this computer."},
	opener.Disk:      {"a disk image", "Opening it would mount it, with whatever programs are in it."},
	opener.Macros:    {"a document that can contain macros", "Macros are programs: they can do what you can do on this computer."},
	opener.Page:      {"a web page", "It can contain scripts, and imitate a sign-in page."},
	opener.Query:     {"a data query", "It can fetch data from another computer, or send it there."},
	opener.Archive:   {"an archive", "The files in it can be programs."},
}

func presentKind(name string, kind opener.Kind, disguised string) OpenQuestion {
	words := fileKinds[kind]
	if kind.Refused() {
		return OpenQuestion{
			Title: "This is " + words.what,
			Text: "“" + present.Visible(name) + "” is " + words.what + disguised + ". " + words.effect +
				" Daypass does not do that from the storage. Download it if you trust whoever put it there.",
		}
	}
	return OpenQuestion{
		Title: "Open " + words.what + "?", Yes: "Open",
		Text: "“" + present.Visible(name) + "” is " + words.what + disguised + ". " + words.effect + " Open it only if you trust whoever put it there.",
	}
}

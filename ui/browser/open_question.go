package browser

import (
	"daypass/app/messages"
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
		return askKind(name, kind, "text")
	case size > maxOpened:
		return OpenQuestion{
			Title: messages.Text("browser.open.large.title", messages.Args{"Name": present.Visible(name)}),
			Text:  messages.Text("browser.open.large.text", messages.Args{"Size": present.Bytes(size)}),
			Yes:   messages.Text("browser.open.yes"), Harmless: true,
		}
	}
	return OpenQuestion{}
}

// AskDisguised returns what is asked about a file whose content is of a kind that its name does not say.
func AskDisguised(name string, kind opener.Kind) OpenQuestion {
	return askKind(name, kind, "disguised")
}

// askKind returns what is asked about a file of a kind. what is the text that says what it is.
func askKind(name string, kind opener.Kind, what string) OpenQuestion {
	about := "browser.open.kind." + string(kind) + "."
	q := OpenQuestion{Title: messages.Text(about + "title"), Text: messages.Text(about+what, messages.Args{"Name": present.Visible(name)})}
	if kind.Refused() {
		q.Text = present.JoinSentences(q.Text, messages.Text("browser.open.refused"))
		return q
	}
	q.Text, q.Yes = present.JoinSentences(q.Text, messages.Text("browser.open.trust")), messages.Text("browser.open.yes")
	return q
}

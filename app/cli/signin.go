package cli

import (
	"daypass/app/messages"
	"daypass/assets/signin"
)

// pageTexts begins the IDs of the texts of the pages after a sign-in.
const pageTexts = "agent.page."

// pageWords returns the words of a page after a sign-in in the language of the process.
func pageWords(p signin.Page) signin.Words {
	id := pageTexts + p.Kind
	return signin.Words{
		Language: messages.Current().Tag().String(),
		Title:    messages.Text(id + ".tab"), Heading: messages.Text(id + ".title"), Text: messages.Text(id + ".text"),
	}
}

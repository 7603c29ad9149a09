package connection

import (
	"sync"

	"golang.org/x/text/language"

	"daypass/app/messages"
)

// fieldTexts begins the IDs of the texts on what is wrong with a field.
const fieldTexts = "agent.connection.field."

// none is no text.
var none messages.Message

// text returns a text on what is wrong with a field. The values of its parameters follow their names.
func text(id string, namesAndValues ...string) messages.Message {
	m := messages.Message{ID: fieldTexts + id}
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		if m.Args == nil {
			m.Args = map[string]string{}
		}
		m.Args[namesAndValues[i]] = namesAndValues[i+1]
	}
	return m
}

// english is the language of errors that become part of others.
var english = sync.OnceValue(func() *messages.Printer { return messages.In(language.English) })

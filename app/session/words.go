package session

import (
	"context"
	"errors"

	"daypass/app/messages"
	"daypass/app/oserror"
	"daypass/auth/safetext"
)

// Words are a problem as a user reads it.
type Words struct {
	// Title is what happened, in a few words.
	Title string
	// Detail is the cause, in a sentence or more.
	Detail string
	// NextStep is what the user can do now.
	NextStep string
	// Admin is what an administrator must change; empty where nothing is known of that.
	Admin string
}

const (
	// textPrefix is how the IDs of a problem's texts begin. The code follows, and then the part.
	textPrefix = "problem."
	titlePart  = ".title"
	detailPart = ".detail"
	nextPart   = ".next"
	adminPart  = ".admin"
)

// TextOfError is the ID of the text that is an error's own, in English.
const TextOfError = "problem.reason.error"

// The texts of the catalogue that fit several problems.
const (
	// textOfServer is what a server answered, in its own words.
	textOfServer = "problem.reason.server-message"
	// textOfProvider is what an identity provider answered, in its own words.
	textOfProvider = "problem.reason.provider-message"
)

// ErrorText returns the reason that is an error's own text, which is not translated.
func ErrorText(text string) messages.Message {
	return messages.Message{ID: TextOfError, Args: map[string]string{"Error": Sentence(text)}}
}

// ReasonsOf returns what an error says of itself, in sentences: its message where it has one and that of its cause, the
// words for an error of the system, and its own text otherwise.
func ReasonsOf(err error) []messages.Message {
	var m interface{ Message() messages.Message }
	if !errors.As(err, &m) {
		if named := messages.Of(err); named.ID != "" {
			return []messages.Message{named}
		}
		if system, ok := oserror.Message(err); ok {
			return []messages.Message{system}
		}
		return []messages.Message{ErrorText(safetext.Text(err.Error()))}
	}
	all := []messages.Message{m.Message()}
	if said, ok := m.(*messages.Error); ok && said.Err != nil && !isContext(said.Err) {
		all = append(all, ReasonsOf(said.Err)...)
	}
	return all
}

// isContext reports whether an error says no more than that somebody stopped waiting.
func isContext(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// ServerMessage returns the reason that is what a server answered in its own words; none where it said nothing.
func ServerMessage(server, message string) []messages.Message {
	if message == "" {
		return nil
	}
	return []messages.Message{{ID: textOfServer, Args: map[string]string{"Server": server, "Message": Sentence(message)}}}
}

// ProviderMessage returns the reason that is what an identity provider answered in its own words.
func ProviderMessage(message string) messages.Message {
	return messages.Message{ID: textOfProvider, Args: map[string]string{"Message": Sentence(message)}}
}

// Current returns the problem's words in the language of this process.
func (p Problem) Current() Words { return p.Words(messages.Current()) }

// English returns the problem's words in English, for JSON output.
func (p Problem) English() Words { return p.Words(messages.ForPrograms()) }

// Words returns the problem's words in the printer's language.
func (p Problem) Words(printer *messages.Printer) Words {
	t := p.Texts()
	return Words{
		Title: printer.Say(t.Title), Detail: printer.Sentences(t.Detail),
		NextStep: printer.Say(t.NextStep), Admin: printer.Sentences(t.Admin),
	}
}

// Texts are a problem's words before they are in a language.
type Texts struct {
	Title messages.Message
	// Detail and Admin are sentences.
	Detail, Admin []messages.Message
	NextStep      messages.Message
}

// Texts returns the problem's words for where they travel on.
func (p Problem) Texts() Texts {
	if !p.translated() {
		return Texts{Title: asItIs(p.Title), Detail: some(asItIs(p.Detail)), NextStep: asItIs(p.NextStep), Admin: some(asItIs(p.Admin))}
	}
	return Texts{
		Title:    p.text(titlePart),
		Detail:   append(some(p.text(detailPart)), p.Reasons...),
		NextStep: p.nextStep(),
		Admin:    append(some(p.text(adminPart)), p.Hints...),
	}
}

// asItIs returns the message that is a text in no language of the catalogue; the zero one for an empty text.
func asItIs(text string) messages.Message {
	if text == "" {
		return messages.Message{}
	}
	return messages.Message{ID: TextOfError, Args: map[string]string{"Error": text}}
}

// some returns a message in a list; none where it is the zero one.
func some(m messages.Message) []messages.Message {
	if m.ID == "" {
		return nil
	}
	return []messages.Message{m}
}

// translated reports whether the problem's words are in the catalogue.
func (p Problem) translated() bool {
	return p.Title == "" && p.Detail == "" && messages.Has(textPrefix+p.Code+titlePart)
}

// text returns a part of the problem's words: that of its variant, else the usual one; the zero one where there is none.
func (p Problem) text(part string) messages.Message {
	id := textPrefix + p.Code + part
	if variant := textPrefix + p.Code + "." + p.Variant + part; p.Variant != "" && messages.Has(variant) {
		id = variant
	} else if !messages.Has(id) {
		return messages.Message{}
	}
	return messages.Message{ID: id, Args: p.Params}
}

// nextStep returns what the user can do: request the Scope where there is one.
func (p Problem) nextStep() messages.Message {
	if p.Scope != "" {
		return messages.Message{ID: "problem.scope-offered", Args: map[string]string{"Scope": p.Scope, "Provider": p.Params["Provider"]}}
	}
	return p.text(nextPart)
}

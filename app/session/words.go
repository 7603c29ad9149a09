package session

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"

	"daypass/app/messages"
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

// The texts of the catalogue that fit several problems.
const (
	// textOfError is an error's own text, in English.
	textOfError = "problem.reason.error"
	// textOfServer is what a server answered, in its own words.
	textOfServer = "problem.reason.server-message"
	// textOfProvider is what an identity provider answered, in its own words.
	textOfProvider = "problem.reason.provider-message"
)

// ErrorText returns the reason that is an error's own text, which is not translated.
func ErrorText(text string) messages.Message {
	return messages.Message{ID: textOfError, Args: map[string]string{"Error": Sentence(text)}}
}

// ReasonOf returns what an error says of itself: its message where it has one, and its own text otherwise.
func ReasonOf(err error) messages.Message {
	var m interface{ Message() messages.Message }
	if errors.As(err, &m) {
		return m.Message()
	}
	return ErrorText(err.Error())
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

// english is the printer for what is stored and sent beside a problem's code.
var english = sync.OnceValue(func() *messages.Printer { return messages.In(language.English) })

// Current returns the problem's words in the language of this process.
func (p Problem) Current() Words { return p.Words(messages.Current()) }

// English returns the problem's words in English, for JSON output.
func (p Problem) English() Words { return p.Words(english()) }

// Words returns the problem's words in the printer's language.
func (p Problem) Words(printer *messages.Printer) Words {
	if !p.translated() {
		return Words{Title: p.Title, Detail: p.Detail, NextStep: p.NextStep, Admin: p.Admin}
	}
	args := written(printer, p.Params)
	return Words{
		Title:    p.text(printer, titlePart, args),
		Detail:   sentences(printer, p.text(printer, detailPart, args), p.Reasons),
		NextStep: p.nextStep(printer, args),
		Admin:    sentences(printer, p.text(printer, adminPart, args), p.Hints),
	}
}

// translated reports whether the problem's words are in the catalogue.
func (p Problem) translated() bool {
	return p.Title == "" && p.Detail == "" && messages.Has(textPrefix+p.Code+titlePart)
}

// text returns a part of the problem's words: that of its variant, else the usual one; empty where there is none.
func (p Problem) text(printer *messages.Printer, part string, args messages.Args) string {
	id := textPrefix + p.Code + part
	if variant := textPrefix + p.Code + "." + p.Variant + part; p.Variant != "" && messages.Has(variant) {
		id = variant
	} else if !messages.Has(id) {
		return ""
	}
	return printer.Text(id, args)
}

// nextStep returns what the user can do: request the Scope where there is one.
func (p Problem) nextStep(printer *messages.Printer, args messages.Args) string {
	if p.Scope != "" {
		return printer.Text("problem.scope-offered", messages.Args{"Scope": p.Scope, "Provider": p.Params["Provider"]})
	}
	return p.text(printer, nextPart, args)
}

// sentences returns a text with more sentences after it.
func sentences(printer *messages.Printer, text string, more []messages.Message) string {
	for _, m := range more {
		switch sentence := printer.Text(m.ID, written(printer, m.Args)); text {
		case "":
			text = sentence
		default:
			text = printer.Text("problem.sentences", messages.Args{"First": text, "Second": sentence})
		}
	}
	return text
}

// written returns the parameters of a text as they are written in the printer's language.
func written(printer *messages.Printer, params map[string]string) messages.Args {
	args := make(messages.Args, len(params))
	for name, value := range params {
		args[name] = value
		switch {
		case name == "Operation", name == "Feature":
			if id := textPrefix + strings.ToLower(name) + "." + value; messages.Has(id) {
				args[name] = printer.Text(id)
			}
		case strings.HasSuffix(name, "Duration"):
			if d, err := time.ParseDuration(value); err == nil {
				args[name] = printer.Format().Span(d)
			}
		case strings.HasSuffix(name, "Time"):
			if t, err := time.Parse(time.RFC3339, value); err == nil {
				args[name] = printer.Format().TimeOn(t.Local())
			}
		case strings.HasSuffix(name, "Size"):
			if n, err := strconv.ParseInt(value, 10, 64); err == nil {
				args[name] = printer.Format().Bytes(n)
			}
		}
	}
	return args
}

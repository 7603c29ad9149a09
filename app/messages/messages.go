// Package messages is the catalogue of all texts that users see: in the window, the tray, notifications, the command
// line and the browser page. A text has an ID, named parameters, and plural forms where it counts something. The source
// is English, catalog/AREA.en.json; the other languages are beside it. The format of the files is that of go-i18n.
//
// What travels between processes or is stored is a [Message], which becomes words only where it is shown.
package messages

import (
	"maps"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"daypass/app/format"
)

// Args are the values of a text's parameters by their names. A value is a string, or a [Message].
type Args map[string]any

// Count is the name of the parameter with the number that a plural form is for.
const Count = "Count"

// Message is a text by its ID. The zero Message is no text.
type Message struct {
	// ID is that of the catalogue.
	ID string `json:"id"`
	// Args are the values of its parameters. The name says how a value is written where it is shown: one that ends in
	// Duration is a time.Duration, in Time a time in RFC 3339, in Date a time.DateOnly, in Size a number of bytes, in
	// Number a number, and in List names with ListSeparator between them. An Operation or Feature is the last part of the ID of its text.
	Args map[string]string `json:"args,omitempty"`
}

// Printer writes texts in one language. It may be used by several goroutines.
type Printer struct {
	tag       language.Tag
	formatter format.Formatter
	// texts returns the texts of an area of the catalogue.
	texts func(area string) *i18n.Localizer
	// forPrograms is set where times stay in RFC 3339.
	forPrograms bool
	// plain has the texts without parameters that were written before, by their IDs.
	plain sync.Map
}

// current is the printer of this process, and initial how to find out its first language.
var (
	current atomic.Pointer[Printer]
	initial atomic.Pointer[func() language.Tag]
)

// Use makes tag the language of this process. It is English before.
func Use(tag language.Tag) { current.Store(In(tag)) }

// UseWhenNeeded makes what tag returns the language of this process. It is called once, before the first text is
// written, since finding out the language and reading its texts takes time.
func UseWhenNeeded(tag func() language.Tag) {
	initial.Store(&tag)
	current.Store(nil)
}

// Current returns the printer in the language of this process.
func Current() *Printer {
	if p := current.Load(); p != nil {
		return p
	}
	first := language.English
	if tag := initial.Load(); tag != nil {
		first = (*tag)()
	}
	current.CompareAndSwap(nil, In(first))
	return current.Load()
}

// Text returns the text with this ID in the language of this process.
func Text(id string, args ...Args) string { return Current().Text(id, args...) }

// Plural returns the text with this ID in its form for n, in the language of this process.
func Plural(id string, n int, args ...Args) string { return Current().Plural(id, n, args...) }

// Tag returns the language, with the region that it was asked for with.
func (p *Printer) Tag() language.Tag { return p.tag }

// Format returns the formatter for numbers, sizes, durations and times in this language.
func (p *Printer) Format() format.Formatter { return p.formatter }

// Text returns the text with this ID: in English where the language lacks it, and the ID where English lacks it too.
func (p *Printer) Text(id string, args ...Args) string {
	if len(args) == 0 {
		if text, ok := p.plain.Load(id); ok {
			return text.(string)
		}
		text := p.localize(&i18n.LocalizeConfig{MessageID: id})
		p.plain.Store(id, text)
		return text
	}
	return p.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: p.values(args)})
}

// Plural returns the text with this ID in its form for n. Its parameter Count is n, written in this language.
func (p *Printer) Plural(id string, n int, args ...Args) string {
	values := p.values(args)
	values[Count] = p.formatter.Number(n)
	return p.localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: n, TemplateData: values})
}

// Say returns the words of a message; none for the zero Message.
func (p *Printer) Say(m Message) string {
	if m.ID == "" {
		return ""
	}
	return p.Text(m.ID, p.Values(m.Args))
}

// Has reports whether English has a text with this ID.
func Has(id string) bool {
	if _, ok := known.Load(id); ok {
		return true
	}
	_, err := bundle(language.English, areaOf(id)).Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: Args{}, PluralCount: 2})
	if err == nil {
		known.Store(id, true)
	}
	return err == nil
}

// known has the IDs that Has has found.
var known sync.Map

// values are all args, in which messages have become words.
func (p *Printer) values(all []Args) Args {
	values := Args{}
	for _, args := range all {
		maps.Copy(values, args)
	}
	for name, value := range values {
		if m, ok := value.(Message); ok {
			values[name] = p.Say(m)
		}
	}
	return values
}

func (p *Printer) localize(lc *i18n.LocalizeConfig) string {
	text, _ := p.texts(areaOf(lc.MessageID)).Localize(lc) // an error is a text that this language lacks, which the tests of the catalogue find
	if text == "" {
		return lc.MessageID
	}
	return strings.ReplaceAll(text, noValue, "")
}

// noValue is what a template writes for a parameter that was not given.
const noValue = "<no value>"

package messages

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"
)

// programs is the printer of what programs read.
var programs = sync.OnceValue(func() *Printer {
	p := In(language.English)
	p.forPrograms = true
	return p
})

// ForPrograms returns the printer for the texts in JSON output and in what is stored beside a code: they are in English,
// with times in RFC 3339.
func ForPrograms() *Printer { return programs() }

// The ends of the names of parameters whose values travel as they are stored, see Message.
const (
	durationSuffix = "Duration"
	timeSuffix     = "Time"
	dateSuffix     = "Date"
	sizeSuffix     = "Size"
	numberSuffix   = "Number"
	listSuffix     = "List"
)

// ListSeparator separates the names in the value of a parameter whose name ends in List.
const ListSeparator = "\n"

// Values returns the parameters of a Message as they are written in this language.
func (p *Printer) Values(params map[string]string) Args {
	args := make(Args, len(params))
	for name, value := range params {
		args[name] = p.value(name, value)
	}
	return args
}

// value returns the value of a parameter by what its name says of it; a value of another form is returned as it is.
func (p *Printer) value(name, value string) string {
	switch {
	case name == "Operation", name == "Feature":
		if id := "problem." + strings.ToLower(name) + "." + value; Has(id) {
			return p.Text(id)
		}
	case strings.HasSuffix(name, durationSuffix):
		if d, err := time.ParseDuration(value); err == nil {
			return p.Format().Span(d)
		}
	case strings.HasSuffix(name, timeSuffix):
		if t, err := time.Parse(time.RFC3339, value); err == nil {
			return p.Time(t)
		}
	case strings.HasSuffix(name, dateSuffix):
		if t, err := time.Parse(time.DateOnly, value); err == nil && !p.forPrograms {
			return p.Format().Date(t)
		}
	case strings.HasSuffix(name, sizeSuffix):
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return p.Format().Bytes(n)
		}
	case strings.HasSuffix(name, listSuffix):
		return p.Format().Names(strings.Split(value, ListSeparator))
	case strings.HasSuffix(name, numberSuffix):
		if n, err := strconv.Atoi(value); err == nil {
			return p.Format().Number(n)
		}
	}
	return value
}

// Sentences returns the words of messages that are sentences, one after the other.
func (p *Printer) Sentences(all []Message) string {
	text := ""
	for _, m := range all {
		switch sentence := p.Say(m); {
		case text == "":
			text = sentence
		case sentence != "":
			text = p.Text("common.joined", Args{"First": text, "Second": sentence})
		}
	}
	return text
}

// Time returns an instant with day and hour, in the time zone of this process, and with the year where that is not the
// present one.
func (p *Printer) Time(t time.Time) string {
	if p.forPrograms {
		return t.UTC().Format(time.RFC3339)
	}
	if t = t.Local(); t.Year() != time.Now().Year() {
		return p.Format().Instant(t)
	}
	return p.Format().TimeOn(t)
}

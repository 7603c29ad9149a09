package doctor

import (
	"strconv"
	"time"

	"daypass/app/messages"
)

// Hidden returns a field whose value is a secret.
func Hidden(name string) Field { return textField(name, message("agent.doctor.value.hidden")) }

// HiddenToken returns a field whose value is a secret with this length in characters. source is where it came from;
// empty where that is known.
func HiddenToken(name string, length int, source string) Field {
	if source == "" {
		return textField(name, message("agent.doctor.value.hidden-length", "LengthNumber", strconv.Itoa(length)))
	}
	return textField(name, message("agent.doctor.value.hidden-token", "LengthNumber", strconv.Itoa(length), "Source", source))
}

// Time returns a field whose value is an instant.
func Time(name string, at time.Time) Field { return textField(name, timeText(at)) }

// Lifetime returns the field of the lifetime of credentials.
func Lifetime(d time.Duration) Field {
	text := message("agent.doctor.value.lifetime", "LifetimeDuration", d.String())
	return Field{Name: "Life", NameID: "agent.doctor.field.lifetime", Value: d.String(), Text: &text}
}

// Clock returns the field of the server's clock minus ours, in seconds.
func Clock(seconds int64) Field {
	value := strconv.FormatInt(seconds, 10) + " s"
	if seconds >= 0 {
		value = "+" + value
	}
	return Field{Name: "Clock", NameID: "agent.doctor.field.clock", Value: value}
}

// textField returns a field whose value is a text, with it in English.
func textField(name string, text messages.Message) Field {
	return Field{Name: name, Value: messages.ForPrograms().Say(text), Text: &text}
}

// timeText returns an instant as a text.
func timeText(at time.Time) messages.Message {
	return message("agent.doctor.value.time", "Time", at.UTC().Format(time.RFC3339))
}

// fieldsIn returns a copy of fields with their names and values in a language.
func fieldsIn(p *messages.Printer, list []Field) []Field {
	list = append([]Field(nil), list...)
	for i, f := range list {
		list[i].Value = valueIn(p, f.Text, f.Value)
		if f.NameID != "" {
			list[i].Name = p.Text(f.NameID)
		}
	}
	return list
}

// plainFields returns a copy of fields without the IDs of their texts.
func plainFields(list []Field) []Field {
	list = append([]Field(nil), list...)
	for i := range list {
		list[i].NameID, list[i].Text = "", nil
	}
	return list
}

// valueIn returns the words of a message, and value where there is none.
func valueIn(p *messages.Printer, m *messages.Message, value string) string {
	if m == nil {
		return value
	}
	return p.Say(*m)
}

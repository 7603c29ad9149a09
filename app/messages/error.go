package messages

import (
	"errors"
	"strings"
)

// Error is an error with words for users. It may be a sentinel: its words are looked up when they are shown.
type Error struct {
	// Text are the words: a sentence.
	Text Message
	// Err is the cause; nil for none.
	Err error
}

// Of returns the words that an error names by their ID, as those do that know no catalogue; the zero Message for another
// error.
func Of(err error) Message {
	var named interface {
		Text() (id string, args map[string]string)
	}
	if !errors.As(err, &named) {
		return Message{}
	}
	id, args := named.Text()
	return Message{ID: id, Args: args}
}

// NewError returns an error with the text of this ID and the values of its parameters, each behind its name. cause may be
// nil.
func NewError(cause error, id string, namesAndValues ...string) *Error {
	e := &Error{Text: Message{ID: id}, Err: cause}
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		if e.Text.Args == nil {
			e.Text.Args = map[string]string{}
		}
		e.Text.Args[namesAndValues[i]] = namesAndValues[i+1]
	}
	return e
}

// Error implements error, in English.
func (e *Error) Error() string {
	text := ForPrograms().Say(e.Text)
	if e.Err == nil {
		return text
	}
	return strings.TrimSuffix(text, ".") + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Message returns the words.
func (e *Error) Message() Message { return e.Text }

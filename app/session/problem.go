package session

import (
	"encoding/json"
	"strings"
	"time"

	"daypass/app/messages"
)

// Problem is a failure that a user is shown. It travels and is stored as a code with parameters, and becomes words only
// where it is shown, see Words. It holds no secret.
type Problem struct {
	// Code is stable and for machines, such as "sts-policy-unknown". Its texts are in the catalogue.
	Code string
	// Variant selects other texts of the same code; empty for the usual ones.
	Variant string
	// Params are the values of the parameters of its texts, by their names. The name says how a value is written: an
	// Operation or Feature is the last part of the ID of its text, and the others are as in messages.Message.
	Params map[string]string
	// Reasons say more about the cause, and Hints about what an administrator must change, each in a sentence.
	Reasons, Hints []messages.Message
	// Scope is one that the provider offers, that was not requested, and with which the same sign-in may succeed;
	// empty where there is none.
	Scope string
	// At is when it happened.
	At time.Time

	// Title, Detail, NextStep and Admin are the words of a problem that the catalogue has none for: one that an earlier
	// version stored or sent.
	Title, Detail, NextStep, Admin string
}

// storedProblem is a Problem as it is stored and sent. The words are the stored ones, and English ones for a problem
// of the catalogue: earlier versions and the readers of JSON output know no others.
type storedProblem struct {
	Code     string             `json:"code"`
	Variant  string             `json:"variant,omitempty"`
	Params   *map[string]string `json:"params,omitempty"`
	Reasons  []messages.Message `json:"reasons,omitempty"`
	Hints    []messages.Message `json:"hints,omitempty"`
	Title    string             `json:"title"`
	Detail   string             `json:"detail"`
	NextStep string             `json:"next_step"`
	Admin    string             `json:"admin,omitempty"`
	Scope    string             `json:"scope,omitempty"`
	At       time.Time          `json:"at"`
}

// MarshalJSON implements json.Marshaler.
func (p Problem) MarshalJSON() ([]byte, error) {
	words := p.English()
	s := storedProblem{
		Code: p.Code, Variant: p.Variant, Reasons: p.Reasons, Hints: p.Hints, Scope: p.Scope, At: p.At,
		Title: words.Title, Detail: words.Detail, NextStep: words.NextStep, Admin: words.Admin,
	}
	if p.translated() {
		params := p.Params
		if params == nil {
			params = map[string]string{}
		}
		s.Params = &params
	}
	return json.Marshal(s)
}

// UnmarshalJSON implements json.Unmarshaler.
func (p *Problem) UnmarshalJSON(data []byte) error {
	var s storedProblem
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*p = Problem{Code: s.Code, Scope: s.Scope, At: s.At, Title: s.Title, Detail: s.Detail, NextStep: s.NextStep, Admin: s.Admin}
	if s.Params == nil || !messages.Has(textPrefix+s.Code+titlePart) {
		return nil
	}
	p.Variant, p.Reasons, p.Hints = s.Variant, s.Reasons, s.Hints
	if len(*s.Params) > 0 {
		p.Params = *s.Params
	}
	p.Title, p.Detail, p.NextStep, p.Admin = "", "", "", ""
	return nil
}

// Sentence returns an error's text as a sentence.
func Sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

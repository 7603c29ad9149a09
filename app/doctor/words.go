package doctor

import "daypass/app/messages"

// Words are the texts of a check by their IDs, so that each client shows them in its own language.
type Words struct {
	Title messages.Message `json:"title"`
	// Detail and Admin are sentences.
	Detail []messages.Message `json:"detail,omitempty"`
	Admin  []messages.Message `json:"admin,omitempty"`
}

// message returns a text with the values of its parameters, each behind its name.
func message(id string, namesAndValues ...string) messages.Message {
	m := messages.Message{ID: id}
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		if m.Args == nil {
			m.Args = map[string]string{}
		}
		m.Args[namesAndValues[i]] = namesAndValues[i+1]
	}
	return m
}

// sentences are several, of which the zero ones are left out.
func sentences(all ...messages.Message) (out []messages.Message) {
	for _, m := range all {
		if m.ID != "" {
			out = append(out, m)
		}
	}
	return out
}

// check returns a check with these words.
func (w Words) check(code string, severity Severity) Check {
	return Check{Code: code, Severity: severity, Words: &w}.in(messages.ForPrograms())
}

// in returns the check with its texts in a language.
func (c Check) in(p *messages.Printer) Check {
	if c.Words != nil {
		c.Title, c.Detail, c.Admin = p.Say(c.Words.Title), p.Sentences(c.Words.Detail), p.Sentences(c.Words.Admin)
	}
	return c
}

// Translated returns the report with its texts in the language of this process, as far as it has their IDs.
func (r Report) Translated() Report {
	p := messages.Current()
	r = r.in(p)
	for i, c := range r.Claims {
		r.Claims[i].Value = valueIn(p, c.Text, c.Value)
	}
	r.Sent, r.Answered = fieldsIn(p, r.Sent), fieldsIn(p, r.Answered)
	return r
}

// Plain returns the report as programs read it: with its texts in English, and without their IDs.
func (r Report) Plain() Report {
	r = r.in(messages.ForPrograms())
	for i := range r.Checks {
		r.Checks[i].Words = nil
	}
	for i := range r.Claims {
		r.Claims[i].NoteID, r.Claims[i].Text = "", nil
	}
	r.Sent, r.Answered = plainFields(r.Sent), plainFields(r.Answered)
	for i := range r.Programs {
		r.Programs[i].NoteID = ""
	}
	return r
}

// in returns a copy of the report with its texts in a language.
func (r Report) in(p *messages.Printer) Report {
	r.Checks, r.Claims, r.Programs = append([]Check(nil), r.Checks...), append([]Claim(nil), r.Claims...), append([]Program(nil), r.Programs...)
	for i, c := range r.Checks {
		r.Checks[i] = c.in(p)
	}
	for i, c := range r.Claims {
		if c.NoteID != "" {
			r.Claims[i].Note = p.Text(c.NoteID)
		}
	}
	for i, program := range r.Programs {
		if program.NoteID != "" {
			r.Programs[i].Note = p.Text(program.NoteID)
		}
	}
	return r
}

// Package diagnosis is the screen with the details of a connection, for anyone who is asked for help. It knows no
// toolkit; package diagnosisview draws it.
package diagnosis

import (
	"strings"

	"daypass/app"
	"daypass/app/doctor"
	"daypass/app/messages"
	"daypass/app/status"
)

// Found is what was found of a connection, or why nothing was.
type Found struct {
	ID     string
	Report *doctor.Report
	Failed *app.Problem
}

// Model is the screen.
type Model struct {
	ID    string
	Title string
	// Text is the line below the title.
	Text   string
	Checks []Check
	Tables []Table
	// Report is all of it as text, without secrets; empty until it is there.
	Report string
	Busy   bool
}

// Check is one thing that was checked.
type Check struct {
	Severity             status.Severity
	Title, Detail, Admin string
}

// Table is a heading and facts by name.
type Table struct {
	Title string
	Facts []Fact
}

// Fact is a name, a value and what it is for.
type Fact struct{ Name, Value, Note string }

var severities = map[doctor.Severity]status.Severity{
	doctor.OK: status.OK, doctor.Notice: status.Neutral, doctor.Warning: status.Warning, doctor.Failure: status.Error,
}

// Present returns the screen for a session.
func Present(s app.Session, f Found) Model {
	d := Model{ID: s.ID, Title: messages.Text("diagnosis.title", messages.Args{"Connection": s.Name}), Text: messages.Text("diagnosis.text")}
	switch {
	case f.ID == s.ID && f.Failed != nil:
		words := f.Failed.Current()
		d.Checks = []Check{{Severity: status.Error, Title: words.Title, Detail: words.Detail}}
	case f.ID != s.ID || f.Report == nil:
		d.Busy, d.Text = true, messages.Text("diagnosis.checking")
	default:
		d.fill(*f.Report)
	}
	return d
}

func (d *Model) fill(r doctor.Report) {
	d.Report, r = r.Text(), r.Translated()
	for _, c := range r.Checks {
		d.Checks = append(d.Checks, Check{severities[c.Severity], c.Title, c.Detail, c.Admin})
	}
	d.add(messages.Text("diagnosis.connection"), []Fact{
		{messages.Text("diagnosis.provider"), r.Issuer, ""}, {messages.Text("diagnosis.client-id"), r.ClientID, ""}, {messages.Text("diagnosis.server"), r.Endpoint, ""},
	})
	var claims, programs []Fact
	for _, c := range r.Claims {
		claims = append(claims, Fact{c.Name, c.Value, c.Note})
	}
	for _, p := range r.Programs {
		programs = append(programs, Fact{p.Name, strings.TrimSpace(p.Version + "  " + p.Path), p.Note})
	}
	d.add(messages.Text("diagnosis.claims"), claims)
	d.add(messages.Text("diagnosis.sent"), factsOf(r.Sent))
	d.add(messages.Text("diagnosis.returned"), factsOf(r.Answered))
	d.add(messages.Text("diagnosis.tools"), programs)
}

func (d *Model) add(title string, facts []Fact) {
	if len(facts) > 0 {
		d.Tables = append(d.Tables, Table{title, facts})
	}
}

func factsOf(fields []doctor.Field) []Fact {
	var out []Fact
	for _, f := range fields {
		out = append(out, Fact{Name: f.Name, Value: f.Value})
	}
	return out
}

package present

import (
	"strings"

	"daypass/app"
	"daypass/app/doctor"
)

// Found is what was found of a connection, or why nothing was.
type Found struct {
	ID     string
	Report *doctor.Report
	Failed *app.Problem
}

// Diagnosis is the details of a connection, for whoever is asked for help.
type Diagnosis struct {
	ID    string
	Title string
	// Text is the line below the title.
	Text   string
	Checks []CheckLine
	Tables []FactTable
	// Report is all of it as text, without secrets; empty until it is there.
	Report string
	Busy   bool
}

// CheckLine is one thing that was looked at.
type CheckLine struct {
	Mark                 Mark
	Title, Detail, Admin string
}

// FactTable is a heading and facts by name.
type FactTable struct {
	Title string
	Facts []Fact
}

// Fact is a name, a value and what it is for.
type Fact struct{ Name, Value, Note string }

var checkMarks = map[doctor.Mark]Mark{doctor.OK: Good, doctor.Notice: Off, doctor.Warning: Soon, doctor.Failure: Bad}

func diagnosis(s app.Session, f Found) Diagnosis {
	d := Diagnosis{ID: s.ID, Title: "Details of " + s.Name, Text: "What the login and the server say, for whoever is asked for help. It holds no secrets."}
	switch {
	case f.ID == s.ID && f.Failed != nil:
		d.Checks = []CheckLine{{Mark: Bad, Title: f.Failed.Title, Detail: f.Failed.Detail}}
	case f.ID != s.ID || f.Report == nil:
		d.Busy, d.Text = true, "Looking into the connection and this computer."
	default:
		d.fill(*f.Report)
	}
	return d
}

func (d *Diagnosis) fill(r doctor.Report) {
	d.Report = r.Text()
	for _, c := range r.Checks {
		d.Checks = append(d.Checks, CheckLine{checkMarks[c.Mark], c.Title, c.Detail, c.Admin})
	}
	d.add("Connection", []Fact{{"Login", r.Issuer, ""}, {"Client ID", r.ClientID, ""}, {"Server", r.Endpoint, ""}})
	var claims, programs []Fact
	for _, c := range r.Claims {
		claims = append(claims, Fact{c.Name, c.Value, c.Note})
	}
	for _, p := range r.Programs {
		programs = append(programs, Fact{p.Name, strings.TrimSpace(p.Version + "  " + p.Path), p.Note})
	}
	d.add("What the login says about you", claims)
	d.add("Sent to the server", factsOf(r.Sent))
	d.add("Answered by the server", factsOf(r.Answered))
	d.add("Tools on this computer", programs)
}

func (d *Diagnosis) add(title string, facts []Fact) {
	if len(facts) > 0 {
		d.Tables = append(d.Tables, FactTable{title, facts})
	}
}

func factsOf(fields []doctor.Field) []Fact {
	var out []Fact
	for _, f := range fields {
		out = append(out, Fact{Name: f.Name, Value: f.Value})
	}
	return out
}

// Package doctor looks into why a connection does not do what is expected of it: what the provider
// says of a user against what the storage server wants, and what on this machine gets between a
// tool and its credentials. What it finds holds no secret.
package doctor

import (
	"fmt"
	"strings"
	"time"

	"daypass/app/columns"
	"daypass/app/messages"
)

// Report is what was found of one connection.
type Report struct {
	// Connection is its name, Version the program's.
	Connection string    `json:"connection"`
	Version    string    `json:"version"`
	At         time.Time `json:"at"`
	// Issuer and Audience are the provider's and the client's as the connection has them.
	Issuer   string `json:"issuer"`
	ClientID string `json:"client_id"`
	Endpoint string `json:"endpoint"`
	// Claims are those of the ID token. Empty when nobody is signed in.
	Claims []Claim `json:"claims,omitempty"`
	// Sent and Answered are the parameters of the STS call and what came back, secrets hidden.
	Sent     []Field `json:"sent,omitempty"`
	Answered []Field `json:"answered,omitempty"`
	// Checks are what was looked at, the worst first.
	Checks []Check `json:"checks"`
	// Programs are the tools found on this machine.
	Programs []Program `json:"programs,omitempty"`
}

// Claim is one claim of the ID token, as text.
type Claim struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	// Note says what the claim is for, and NoteID is the ID of that text.
	Note   string `json:"note,omitempty"`
	NoteID string `json:"note_id,omitempty"`
	// Text is the value where it is a text or a time, and Value is it in English.
	Text *messages.Message `json:"text,omitempty"`
}

// Field is a name and a value.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	// NameID is the ID of the name's text; empty for a name of the protocol.
	NameID string `json:"name_id,omitempty"`
	// Text is the value where it is a text or a time, and Value is it in English.
	Text *messages.Message `json:"text,omitempty"`
}

// Severity is the result of a check.
type Severity string

// The severities, the worst last.
const (
	OK      Severity = "ok"
	Notice  Severity = "notice"
	Warning Severity = "warning"
	Failure Severity = "failure"
)

// Check is the result of one check.
type Check struct {
	// Code names it, such as "claim-missing".
	Code     string   `json:"code"`
	Severity Severity `json:"mark"`
	// Title is one line, Detail says more for a user. They are in English, as Admin is.
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	// Admin is what the administrator must change.
	Admin string `json:"admin,omitempty"`
	// Words are the IDs of these texts; nil where they came as they are.
	Words *Words `json:"words,omitempty"`
}

// Program is a tool on this machine.
type Program struct {
	Name    string `json:"name"`
	Path    string `json:"path"`
	Version string `json:"version,omitempty"`
	// Note says what this version cannot do, and NoteID is the ID of that text.
	Note   string `json:"note,omitempty"`
	NoteID string `json:"note_id,omitempty"`
	// Listing is how it did when it was to list a bucket; nil where nobody asked for that.
	Listing *Listing `json:"listing,omitempty"`
	// Overrides are the variables of the environment that win over what Daypass sets up for it.
	Overrides []string `json:"overrides,omitempty"`
}

// Text returns the report for a mail to the administrator, in the language of this process.
func (r Report) Text() string {
	r = r.Translated()
	var b strings.Builder
	b.WriteString(messages.Text("agent.doctor.report.title", messages.Args{
		"Version": r.Version, "Connection": r.Connection, "Time": messages.Current().Time(r.At),
	}) + "\n")
	r.parties(&b)
	for _, c := range r.Checks {
		fmt.Fprintf(&b, "\n[%s] %s\n", messages.Text(severityTexts+string(c.Severity)), c.Title)
		indent(&b, c.Detail)
		if c.Admin != "" {
			indent(&b, messages.Text("agent.doctor.report.admin", messages.Args{"Text": c.Admin}))
		}
	}
	if len(r.Claims) > 0 {
		b.WriteString("\n" + messages.Text("agent.doctor.report.claims") + "\n")
	}
	for _, c := range r.Claims {
		fmt.Fprintf(&b, "  %s = %s%s\n", c.Name, c.Value, inParentheses(c.Note))
	}
	fields(&b, messages.Text("agent.doctor.report.sent"), r.Sent)
	fields(&b, messages.Text("agent.doctor.report.answered"), r.Answered)
	if len(r.Programs) > 0 {
		b.WriteString("\n" + messages.Text("agent.doctor.report.tools") + "\n")
	}
	for _, p := range r.Programs {
		fmt.Fprintf(&b, "  %s %s (%s)%s\n", p.Name, p.Version, p.Path, inParentheses(p.Note))
		for _, line := range p.lines() {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	return b.String()
}

// severityTexts begins the IDs of the words for severities.
const severityTexts = "agent.doctor.severity."

// parties writes who takes part in the sign-in.
func (r Report) parties(b *strings.Builder) {
	_ = columns.Write(b, "  ", 2, [][]string{ // a strings.Builder takes everything
		{messages.Text("agent.doctor.report.provider"), r.Issuer},
		{messages.Text("agent.doctor.report.client-id"), r.ClientID},
		{messages.Text("agent.doctor.report.server"), r.Endpoint},
	})
}

func fields(b *strings.Builder, title string, list []Field) {
	if len(list) > 0 {
		b.WriteString("\n" + title + "\n")
	}
	for _, f := range list {
		fmt.Fprintf(b, "  %s = %s\n", f.Name, f.Value)
	}
}

func indent(b *strings.Builder, text string) {
	for line := range strings.Lines(text) {
		b.WriteString("  " + strings.TrimRight(line, "\n") + "\n")
	}
}

func inParentheses(s string) string {
	if s == "" {
		return ""
	}
	return "  (" + s + ")"
}

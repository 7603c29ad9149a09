package tools

import (
	"strings"
	"time"

	"daypass/app"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/auth/safetext"
	"daypass/ui/present"
)

// lifetimes are how long limited credentials can be valid, besides as long as the connection's own.
var lifetimes = []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 4 * time.Hour}

// Form is what the user asks for in credentials that allow less than their own.
type Form struct {
	Locations []location.Location
	Write     bool
	Lifetime  time.Duration
	// Program is what to call the program in the list.
	Program string
	// Daypass is how to call it in a terminal; empty for by its name.
	Daypass string
	// Copied is true once the command was copied.
	Copied bool
	// Fault is what is wrong with the location that was typed.
	Fault string
	// Buckets are those to select from; nil where they are not known.
	Buckets []string
	// HasPolicy is true where the connection has a policy of its own.
	HasPolicy bool
	// Issuing is true while the server is asked for the credentials.
	Issuing bool
	// Issued is the name of the program that has a token now; empty for none.
	Issued string
}

// Scope returns what is requested from the server.
func (f Form) Scope() limits.Scope {
	return limits.Scope{Locations: f.Locations, Write: f.Write, Duration: f.Lifetime}
}

// LimitModel is the form for limited credentials.
type LimitModel struct {
	Title, Text string
	// Refused is why this connection cannot have limited credentials.
	Refused   present.Problem
	Locations []string
	Fault     string
	Buckets   []string
	Write     bool
	// Lifetimes are what Lifetime can be.
	Lifetimes []present.Choice
	Lifetime  string
	Program   string
	// Policy is what is sent to the server, in lines, and Length how long it is; Problem says why there
	// is none.
	Policy, Length, Problem string
	// Command runs a program with these credentials; Copied is true once it was copied.
	Command  string
	Copied   bool
	CanIssue bool
	Issuing  bool
	// Issued says that there is a token to copy, Note what happens to the copy, Result that of the last command.
	Issued, Note, Result string
}

func limitModel(s app.Session, f Form, result string, clears time.Duration, now time.Time) *LimitModel {
	p := &LimitModel{
		Title: messages.Text("tools.limit.title"),
		Text:  messages.Text("tools.limit.text"),
	}
	if f.HasPolicy {
		taken, _ := app.HandoverProblem(app.ErrHasPolicy)
		p.Refused = present.ProblemOf(&taken)
		return p
	}
	for _, l := range f.Locations {
		p.Locations = append(p.Locations, present.Visible(l.Path()))
	}
	p.Fault, p.Buckets, p.Write, p.Program, p.Issuing, p.Result = f.Fault, f.Buckets, f.Write, f.Program, f.Issuing, result
	p.Lifetimes, p.Lifetime = lifetimeChoices(f.Lifetime), f.Lifetime.String()
	p.setPolicy(s, f)
	p.CanIssue = p.Problem == "" && s.HasCredentials(now) && !f.Issuing
	if f.Issued != "" {
		p.Issued = messages.Text("tools.limit.created", messages.Args{"Program": present.Visible(f.Issued)})
		p.Note = clearsNote(clears)
	}
	return p
}

// lifetimeChoices returns the lifetimes to select from, and d besides where it is none of them.
func lifetimeChoices(d time.Duration) []present.Choice {
	choices := []present.Choice{{Value: time.Duration(0).String(), Label: messages.Text("tools.limit.lifetime.own")}}
	for _, l := range lifetimes {
		choices = append(choices, present.Choice{Value: l.String(), Label: present.Lifetime(l)})
	}
	if present.LabelOf(choices, d.String()) == "" {
		choices = append(choices, present.Choice{Value: d.String(), Label: present.Span(d)})
	}
	return choices
}

// LifetimeOf returns the lifetime that a choice stands for.
func LifetimeOf(value string) time.Duration {
	d, _ := time.ParseDuration(value)
	return d
}

// setPolicy sets the policy, or why there is none.
func (p *LimitModel) setPolicy(s app.Session, f Form) {
	text, err := f.Scope().Policy()
	if p.Problem = limitProblem(err); p.Problem != "" {
		return
	}
	p.Policy = safetext.Text(policyLines(text))
	p.Length = messages.Text("tools.limit.policy.length", messages.Args{"Length": present.Grouped(len(text)), "Max": present.Grouped(limits.MaxPolicyLength)})
	p.Command, p.Copied = safetext.Text(f.Command(s.ID)), f.Copied
}

// policyLines puts each statement of a policy on a line of its own. Within a string of JSON a quote has
// a backslash before it, so that none can look like the start of a statement.
func policyLines(text string) string {
	return strings.NewReplacer(`[{"Effect"`, "[\n  {\"Effect\"", `},{"Effect"`, "},\n  {\"Effect\"").Replace(text)
}

// Command returns what runs a program with these credentials from a terminal.
func (f Form) Command(id string) string {
	daypass := f.Daypass
	if daypass == "" {
		daypass = "daypass"
	}
	words := []string{daypass, "exec", tools.Handle(id)}
	for _, l := range f.Locations {
		words = append(words, "--only", tools.ShellWord(l.Path()))
	}
	if f.Write {
		words = append(words, "--write")
	}
	if f.Lifetime > 0 {
		words = append(words, "--for", shortDuration(f.Lifetime))
	}
	return strings.Join(append(words, "--", "python3 train.py"), " ")
}

// shortDuration returns a duration of whole minutes as a flag takes it.
func shortDuration(d time.Duration) string {
	return strings.Replace(strings.TrimSuffix(d.String(), "m0s")+"m", "h0m", "h", 1)
}

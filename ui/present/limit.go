package present

import (
	"errors"
	"strings"
	"time"

	"daypass/auth/safetext"

	"daypass/app"
	"daypass/app/limits"
	"daypass/app/tools"
)

// LimitLife is how long limited keys can be asked to live; zero is as long as the connection's own.
type LimitLife struct {
	Life  time.Duration
	Label string
}

// LimitLives are the lives to choose from; the first is the one at first.
var LimitLives = []LimitLife{
	{0, "as long as my own keys"},
	{15 * time.Minute, "15 minutes"},
	{30 * time.Minute, "30 minutes"},
	{time.Hour, "1 hour"},
	{4 * time.Hour, "4 hours"},
}

// Limit is what is known of keys that reach less than the person's own.
type Limit struct {
	Places []limits.Place
	Write  bool
	Life   time.Duration
	// Program is what to call the program in the list.
	Program string
	// Daypass is how to call it in a terminal; empty for by its name.
	Daypass string
	// Copied is true once the command was copied.
	Copied bool
	// Fault is what is wrong with the place that was typed.
	Fault string
	// Buckets are those to choose from; nil where they are not known.
	Buckets []string
	// Taken is true where the connection has a policy of its own.
	Taken bool
	// Making is true while the server is asked for the keys.
	Making bool
	// Made is the name of the program that has keys now; empty for none.
	Made string
}

// Scope is what is asked of the server.
func (l Limit) Scope() limits.Scope {
	return limits.Scope{Places: l.Places, Write: l.Write, Duration: l.Life}
}

// LimitPage is where keys for less are made.
type LimitPage struct {
	Title, Text string
	// Refused is why it cannot be done with this connection.
	Refused Trouble
	Places  []string
	Fault   string
	Buckets []string
	Write   bool
	// Lives are what Life can be.
	Lives   []string
	Life    string
	Program string
	// Policy is what is sent to the server, in lines, and Length how long it is; Problem says why there
	// is none.
	Policy, Length, Problem string
	// Command runs a program with these keys; Copied is true once it was copied.
	Command string
	Copied  bool
	CanMake bool
	Making  bool
	// Made says that there are keys to copy, Note what becomes of the copy, Said what became of the last press.
	Made, Note, Said string
}

func limitPage(s app.Session, l Limit, said string, clears time.Duration, now time.Time) *LimitPage {
	p := &LimitPage{
		Title: "Limited keys",
		Text:  "Keys for one program that reach only the buckets and folders you choose. They never allow more than you may do yourself.",
	}
	if l.Taken {
		taken, _ := app.HandoverProblem(app.ErrPolicyTaken)
		p.Refused = troubleOf(&taken)
		return p
	}
	for _, place := range l.Places {
		p.Places = append(p.Places, Visible(place.String()))
	}
	p.Fault, p.Buckets, p.Write, p.Program, p.Making, p.Said = l.Fault, l.Buckets, l.Write, l.Program, l.Making, said
	p.Life = lifeLabel(l.Life)
	for _, one := range LimitLives {
		p.Lives = append(p.Lives, one.Label)
	}
	p.policy(s, l)
	p.CanMake = p.Problem == "" && s.Live(now) && !l.Making
	if l.Made != "" {
		p.Made = "“" + Visible(l.Made) + "” has keys until you revoke them below or sign out. What you copy is a token for them, for programs that use an AWS SDK on this computer."
		p.Note = strings.TrimSpace(clearsNote(clears))
	}
	return p
}

func lifeLabel(life time.Duration) string {
	for _, l := range LimitLives {
		if l.Life == life {
			return l.Label
		}
	}
	return span(life)
}

// LifeOf is the life that a label stands for.
func LifeOf(label string) time.Duration {
	for _, l := range LimitLives {
		if l.Label == label {
			return l.Life
		}
	}
	return 0
}

// policy fills in the policy, or why there is none.
func (p *LimitPage) policy(s app.Session, l Limit) {
	text, err := l.Scope().Policy()
	if fault, ok := errors.AsType[*limits.ScopeError](err); ok {
		p.Problem = fault.Reason
		return
	}
	if err != nil {
		p.Problem = Sentence(err.Error(), "")
		return
	}
	p.Policy = safetext.Text(policyLines(text))
	p.Length = Grouped(len(text)) + " of " + Grouped(limits.MaxPolicyLength) + " bytes, as it is sent"
	p.Command, p.Copied = safetext.Text(l.Command(s.ID)), l.Copied
}

// policyLines puts each statement of a policy on a line of its own. Within a string of JSON a quote has
// a backslash before it, so that none can look like the start of a statement.
func policyLines(text string) string {
	return strings.NewReplacer(`[{"Effect"`, "[\n  {\"Effect\"", `},{"Effect"`, "},\n  {\"Effect\"").Replace(text)
}

// Command runs a program with these keys from a terminal.
func (l Limit) Command(id string) string {
	daypass := l.Daypass
	if daypass == "" {
		daypass = "daypass"
	}
	words := []string{daypass, "exec", tools.Handle(id)}
	for _, place := range l.Places {
		words = append(words, "--only", tools.ShellWord(place.String()))
	}
	if l.Write {
		words = append(words, "--write")
	}
	if l.Life > 0 {
		words = append(words, "--for", shortLife(l.Life))
	}
	return strings.Join(append(words, "--", "python3 train.py"), " ")
}

// shortLife is a life of whole minutes as a flag takes it.
func shortLife(d time.Duration) string {
	return strings.Replace(strings.TrimSuffix(d.String(), "m0s")+"m", "h0m", "h", 1)
}

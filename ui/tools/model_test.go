package tools_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/limits"
	"daypass/app/location"
	apptools "daypass/app/tools"
	"daypass/ui/present"
	"daypass/ui/tools"
	"daypass/ui/uitest"
)

// What the screen on other tools says in each state, word by word.
func TestPresent_states(t *testing.T) {
	hour := uitest.SignedIn(42 * time.Minute)
	lost := uitest.Lost(-time.Minute)
	lost.Waiting = []string{"aws"}
	base := tools.State{ID: hour.ID, Tools: uitest.Tools(), Clients: uitest.Clients()}
	with := func(change func(*tools.State)) tools.State {
		u := base
		change(&u)
		return u
	}
	change, removal, nothing := uitest.Change(), uitest.Removal(), apptools.Change{}
	limit := tools.Form{Locations: []location.Location{{Bucket: "measurements", Prefix: "it's 2026/"}}, Write: true, Lifetime: 90 * time.Minute, Issued: "train.py"}
	pair := tools.GatewayForm{Program: "restic", Pair: &tools.ShownPair{Program: "restic", Endpoint: "http://127.0.0.1:21234", Region: "us-east-1", AccessKeyID: "DAYPASS1"}}
	served := []clients.Client{
		{ID: "7", Name: "restic", Endpoint: true, Gateway: true, Fetches: 1204, Refused: 1, LastFetch: uitest.Now.Add(-time.Minute), Sent: 3 << 20, Received: 5 << 30},
		{ID: "8", Name: "s3cmd", Endpoint: true, Gateway: true, Scope: &limits.Scope{Locations: limit.Locations}},
		{ID: "9", Name: "kopia", Endpoint: true, Gateway: true, Paused: true},
	}
	for name, tt := range map[string]struct {
		session app.Session
		state   tools.State
	}{
		"begin":    {hour, tools.State{ID: hour.ID}},
		"first":    {hour, base},
		"filtered": {hour, with(func(u *tools.State) { u.Filter = " DuckDB" })},
		"no-match": {hour, with(func(u *tools.State) { u.Filter = "none of them" })},
		"missing":  {hour, with(func(u *tools.State) { u.Tool = "mc" })},
		"looking":  {hour, with(func(u *tools.State) { u.Tool, u.Step = "rclone", apptools.StepAdd })},
		"install":  {hour, with(func(u *tools.State) { u.Tool, u.Step, u.Change = "rclone", apptools.StepAdd, &change })},
		"remove":   {hour, with(func(u *tools.State) { u.Tool, u.Step, u.Change = "aws", apptools.StepRemove, &removal })},
		"nothing":  {hour, with(func(u *tools.State) { u.Tool, u.Step, u.Change = "mc", apptools.StepAdd, &nothing })},
		"refused": {hour, with(func(u *tools.State) {
			u.Problem = &app.Problem{Title: "Taken", Detail: "In the file.", NextStep: "Rename it.", Admin: "Allow it."}
		})},
		"waiting":      {lost, with(func(u *tools.State) { u.Clients = nil })},
		"limited-none": {hour, with(func(u *tools.State) { u.Tool = tools.Limited })},
		"limited":      {hour, with(func(u *tools.State) { u.Tool, u.Limit = tools.Limited, limit })},
		"gateway":      {hour, with(func(u *tools.State) { u.Tool, u.Gateway, u.Clients = tools.AnyProgram, pair, served })},
		"gateway-limited": {hour, with(func(u *tools.State) {
			u.Tool, u.Gateway = tools.AnyProgram, tools.GatewayForm{Limited: true, Locations: limit.Locations, Write: true}
		})},
		"gateway-nowhere": {hour, with(func(u *tools.State) { u.Tool, u.Gateway = tools.AnyProgram, tools.GatewayForm{Limited: true} })},
		"gateway-policy":  {lost, with(func(u *tools.State) { u.Tool, u.Limit.HasPolicy = tools.AnyProgram, true })},
		"limited-taken":   {hour, with(func(u *tools.State) { u.Tool, u.Limit.HasPolicy = tools.Limited, true })},
	} {
		t.Run(name, func(t *testing.T) {
			clears := uitest.Snapshot(tt.session).Settings.ClearClipboardAfter()
			m := tools.Present(tt.session, tt.state, clears, uitest.Now)
			uitest.Golden(t, "use-"+name+".txt", describe(m))
		})
	}
}

func describe(m tools.Model) string {
	var b strings.Builder
	line := func(format string, args ...any) {
		if s := strings.TrimRight(fmt.Sprintf(format, args...), " "); s != "" {
			b.WriteString(s + "\n")
		}
	}
	line("[%s] %s %s %s", m.Title, m.Severity, m.Text, map[bool]string{true: "[Sign in]"}[m.SignIn])
	for _, r := range m.Rows {
		line("%s", r.Heading)
		line("%s%s %s", map[bool]string{true: "* "}[r.Selected], r.Name, map[bool]string{true: "(set up)"}[r.Ready])
	}
	line("%s", m.NoMatch)
	if m.Busy {
		line("(looking)")
	}
	describeProblem(line, m.Problem)
	if p := m.Tool; p != nil {
		line("\n# %s (%s) %s\n%s\n%s\n%s", p.Name, p.Severity, p.State, p.Lead, p.Snippet, p.Lasts)
		line("%s", strings.Join(p.Notes, "\n"))
		line("%s %s", p.Format, p.CopyNote)
		line("can set up %v, take out %v", p.CanInstall, p.CanRemove)
		describeChange(line, p.Change)
	}
	if p := m.Limit; p != nil {
		line("\n# %s\n%s\n%s", p.Title, p.Text, strings.Join(p.Locations, "\n"))
		describeProblem(line, p.Refused)
		line("write %v, %s, can make %v", p.Write, present.LabelOf(p.Lifetimes, p.Lifetime), p.CanIssue)
		line("%s\n%s\n%s\n%s\n%s\n%s", p.Policy, p.Length, p.Problem, p.Command, p.Issued, p.Note)
	}
	if p := m.Gateway; p != nil {
		line("\n# %s\n%s\n%s\n%s", p.Title, p.Text, p.Program, strings.Join(p.Locations.Locations, "\n"))
		line("can limit %v, limited %v, write %v, can create %v\n%s\n%s", p.CanLimit, p.Limited, p.Write, p.CanCreate, p.Problem, p.Created)
		for _, f := range p.Fields {
			line("%s: %s [%s]", f.Label, f.Value, f.Copy)
		}
		line("%s", p.Note)
	}
	line("\n# %s\n%s%s", m.Clients.Title, m.Clients.Waiting, m.Clients.None)
	for _, r := range m.Clients.Rows {
		line("%s %s: %s; %s [%s] %s", r.Severity, r.Name, r.When, r.Scope, r.Revoke, r.Ask)
	}
	return b.String()
}

func describeProblem(line func(string, ...any), t present.Problem) {
	if t.Title != "" {
		line("! %s: %s Next: %s", t.Title, t.Text, t.Next)
	}
}

func describeChange(line func(string, ...any), c *tools.ChangeModel) {
	if c == nil {
		return
	}
	line("\n## %s (looking %v)", c.Title, c.Busy)
	for _, f := range c.Files {
		line("%s %s\n%s", f.Path, f.Note, f.Diff)
	}
	line("%s [%s %v]", c.Note, c.Yes, c.CanApply)
}

// What a file or a program's name holds cannot deceive the reader.
func TestRule34_toolTextsAreShownEscaped(t *testing.T) {
	s := uitest.SignedIn(time.Hour)
	tool := uitest.Tools()[0]
	tool.Program, tool.Snippet = "/usr/bin/a\u202ews", "aws\u202e ls"
	change := apptools.Change{Files: []apptools.FileChange{{Path: "/home/a\u202eda/config", Diff: "--- x\n+++ x\n+a\u202eb\tc\r\n"}}}
	u := tools.State{
		ID: s.ID, Tools: []apptools.Tool{tool}, Step: apptools.StepAdd, Change: &change, Problem: &app.Problem{Title: "No", Detail: "in \u202e"},
		Clients: []clients.Client{{Name: "py\u202ethon", Scope: &limits.Scope{Locations: []location.Location{{Bucket: "abc", Prefix: "\u202e"}}}}},
	}
	s.Waiting = []string{"a\u202ews"}
	text := describe(tools.Present(s, u, 0, uitest.Now))
	if strings.ContainsRune(text, '\u202e') || strings.ContainsRune(text, '\r') || !strings.Contains(text, "+a\\u202eb\tc") {
		t.Errorf("%q", text)
	}
}

// What the command for limited keys asks for is what the page shows.
func TestFormCommand_limits(t *testing.T) {
	l := tools.Form{
		Locations: []location.Location{{Bucket: "measurements", Prefix: "it's $(id)/"}, {Bucket: "archive"}}, Write: true, Lifetime: 90 * time.Minute,
	}
	want := `daypass exec lake --only 'measurements/it'\''s $(id)/' --only archive --write --for 1h30m -- python3 train.py`
	if got := l.Command("lake"); got != want {
		t.Errorf("%s", got)
	}
	l = tools.Form{Locations: []location.Location{{Bucket: "archive"}}, Lifetime: 15 * time.Minute, Daypass: "'/opt/my tools/daypass'"}
	if got := l.Command("lake"); got != "'/opt/my tools/daypass' exec lake --only archive --for 15m -- python3 train.py" {
		t.Errorf("%s", got)
	}
	limit := tools.Present(uitest.SignedIn(time.Hour), tools.State{ID: uitest.SignedIn(time.Hour).ID, Tools: uitest.Tools(), Tool: tools.Limited}, 0, uitest.Now).Limit
	for _, one := range limit.Lifetimes {
		if tools.LifetimeOf(one.Value).String() != one.Value {
			t.Errorf("%s is %v", one.Label, tools.LifetimeOf(one.Value))
		}
	}
	var fault *limits.ScopeError
	if _, err := (tools.Form{}).Scope().Policy(); !errors.As(err, &fault) {
		t.Errorf("%v", err)
	}
}

// Two programs of one name, such as two notebooks, have controls of their own.
func TestPresent_clientsOfOneName(t *testing.T) {
	s := uitest.SignedIn(time.Hour)
	all := []clients.Client{{ID: "1", Name: "python3"}, {ID: "2", Name: "python3"}, {ID: "3", Name: "aws"}}
	m := tools.Present(s, tools.State{ID: s.ID, Clients: all}, 0, uitest.Now)
	for i, want := range []string{"python3", "python3 2", "aws"} {
		if got := m.Clients.Rows[i].Key; got != want {
			t.Errorf("client %d is %q, want %q", i, got, want)
		}
	}
}

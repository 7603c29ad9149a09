package present_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/broker/consumers"
	"daypass/app/limits"
	"daypass/app/tools"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

// What the screen on other tools says in each state, word by word.
func TestUseScreens(t *testing.T) {
	hour := uitest.SignedIn(42 * time.Minute)
	lost := uitest.Lost(-time.Minute)
	lost.Waiting = []string{"aws"}
	base := present.Using{ID: hour.ID, Tools: uitest.Tools(), Consumers: uitest.Consumers()}
	with := func(change func(*present.Using)) present.Using {
		u := base
		change(&u)
		return u
	}
	change, removal, nothing := uitest.Change(), uitest.Removal(), tools.Change{}
	limit := present.Limit{Places: []limits.Place{{Bucket: "measurements", Prefix: "it's 2026/"}}, Write: true, Life: 90 * time.Minute, Made: "train.py"}
	for name, tt := range map[string]struct {
		session app.Session
		using   present.Using
	}{
		"begin":    {hour, present.Using{ID: hour.ID}},
		"first":    {hour, base},
		"missing":  {hour, with(func(u *present.Using) { u.Tool = "mc" })},
		"looking":  {hour, with(func(u *present.Using) { u.Tool, u.Step = "rclone", tools.StepAdd })},
		"set-up":   {hour, with(func(u *present.Using) { u.Tool, u.Step, u.Change = "rclone", tools.StepAdd, &change })},
		"take-out": {hour, with(func(u *present.Using) { u.Tool, u.Step, u.Change = "aws", tools.StepRemove, &removal })},
		"nothing":  {hour, with(func(u *present.Using) { u.Tool, u.Step, u.Change = "mc", tools.StepAdd, &nothing })},
		"refused": {hour, with(func(u *present.Using) {
			u.Problem = &app.Problem{Title: "Taken", Detail: "In the file.", NextStep: "Rename it.", Admin: "Allow it."}
		})},
		"waiting":       {lost, with(func(u *present.Using) { u.Consumers = nil })},
		"limited-none":  {hour, with(func(u *present.Using) { u.Tool = present.ToolLimited })},
		"limited":       {hour, with(func(u *present.Using) { u.Tool, u.Limit = present.ToolLimited, limit })},
		"limited-taken": {hour, with(func(u *present.Using) { u.Tool, u.Limit.Taken = present.ToolLimited, true })},
	} {
		t.Run(name, func(t *testing.T) {
			w := present.Present(present.Input{
				Snapshot: uitest.Snapshot(tt.session), Agent: present.Agent{Ready: true}, Screen: present.ShowUse, Selected: tt.session.ID,
				Using: tt.using, Now: uitest.Now,
			})
			uitest.Golden(t, "use-"+name+".txt", describeUse(w.UseIn))
		})
	}
}

func describeUse(m present.UseIn) string {
	var b strings.Builder
	line := func(format string, args ...any) {
		if s := strings.TrimRight(fmt.Sprintf(format, args...), " "); s != "" {
			b.WriteString(s + "\n")
		}
	}
	line("[%s] %s %s %s", m.Title, m.Mark, m.Text, map[bool]string{true: "[Sign in]"}[m.SignIn])
	for _, r := range m.Rows {
		line("%s%s %s", map[bool]string{true: "* "}[r.Chosen], r.Name, map[bool]string{true: "(set up)"}[r.Ready])
	}
	if m.Busy {
		line("(looking)")
	}
	describeTrouble(line, m.Trouble)
	if p := m.Tool; p != nil {
		line("\n# %s (%s) %s\n%s\n%s\n%s", p.Name, p.Mark, p.State, p.Lead, p.Snippet, p.Lasts)
		line("%s", strings.Join(p.Notes, "\n"))
		line("%s %s", p.Format, p.KeysNote)
		line("can set up %v, take out %v", p.CanSetUp, p.CanTakeOut)
		describeChange(line, p.Change)
	}
	if p := m.Limit; p != nil {
		line("\n# %s\n%s\n%s", p.Title, p.Text, strings.Join(p.Places, "\n"))
		describeTrouble(line, p.Refused)
		line("write %v, %s, can make %v", p.Write, p.Life, p.CanMake)
		line("%s\n%s\n%s\n%s\n%s\n%s", p.Policy, p.Length, p.Problem, p.Command, p.Made, p.Note)
	}
	line("\n# %s\n%s%s", m.Fetched.Title, m.Fetched.Waiting, m.Fetched.None)
	for _, r := range m.Fetched.Rows {
		line("%s %s: %s; %s [%s] %s", r.Mark, r.Name, r.When, r.Reach, r.Revoke, r.Ask)
	}
	return b.String()
}

func describeTrouble(line func(string, ...any), t present.Trouble) {
	if t.Title != "" {
		line("! %s: %s Next: %s", t.Title, t.Text, t.Next)
	}
}

func describeChange(line func(string, ...any), c *present.ChangePage) {
	if c == nil {
		return
	}
	line("\n## %s (looking %v)", c.Title, c.Busy)
	for _, f := range c.Files {
		line("%s %s\n%s", f.Path, f.Note, f.Diff)
	}
	line("%s [%s %v]", c.Note, c.Yes, c.CanDo)
}

// What a file or a program's name holds cannot deceive the reader.
func TestRule34NothingOnTheScreenOnToolsDeceives(t *testing.T) {
	s := uitest.SignedIn(time.Hour)
	tool := uitest.Tools()[0]
	tool.Program, tool.Snippet = "/usr/bin/a\u202ews", "aws\u202e ls"
	change := tools.Change{Files: []tools.FileChange{{Path: "/home/a\u202eda/config", Diff: "--- x\n+++ x\n+a\u202eb\tc\r\n"}}}
	u := present.Using{
		ID: s.ID, Tools: []tools.Tool{tool}, Step: tools.StepAdd, Change: &change, Problem: &app.Problem{Title: "No", Detail: "in \u202e"},
		Consumers: []consumers.Consumer{{Name: "py\u202ethon", Scope: &limits.Scope{Places: []limits.Place{{Bucket: "abc", Prefix: "\u202e"}}}}},
	}
	s.Waiting = []string{"a\u202ews"}
	w := present.Present(present.Input{Snapshot: uitest.Snapshot(s), Agent: present.Agent{Ready: true}, Screen: present.ShowUse, Selected: s.ID, Using: u, Now: uitest.Now})
	text := describeUse(w.UseIn)
	if strings.ContainsRune(text, '\u202e') || strings.ContainsRune(text, '\r') || !strings.Contains(text, "+a\\u202eb\tc") {
		t.Errorf("%q", text)
	}
}

// What the command for limited keys asks for is what the page shows.
func TestLimitCommand(t *testing.T) {
	l := present.Limit{
		Places: []limits.Place{{Bucket: "measurements", Prefix: "it's $(id)/"}, {Bucket: "archive"}}, Write: true, Life: 90 * time.Minute,
	}
	want := `daypass exec lake --only 'measurements/it'\''s $(id)/' --only archive --write --for 1h30m -- python3 train.py`
	if got := l.Command("lake"); got != want {
		t.Errorf("%s", got)
	}
	l = present.Limit{Places: []limits.Place{{Bucket: "archive"}}, Life: 15 * time.Minute, Daypass: "'/opt/my tools/daypass'"}
	if got := l.Command("lake"); got != "'/opt/my tools/daypass' exec lake --only archive --for 15m -- python3 train.py" {
		t.Errorf("%s", got)
	}
	for _, one := range present.LimitLives {
		if one.Life > 0 && present.LifeOf(one.Label) != one.Life {
			t.Errorf("%s is %v", one.Label, present.LifeOf(one.Label))
		}
	}
	var fault *limits.ScopeError
	if _, err := (present.Limit{}).Scope().Policy(); !errors.As(err, &fault) {
		t.Errorf("%v", err)
	}
}

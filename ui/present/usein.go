package present

import (
	"slices"
	"strings"
	"time"

	"daypass/auth/safetext"

	"daypass/app"
	"daypass/app/broker/consumers"
	"daypass/app/tools"
)

// ToolLimited is the place in the list of tools where keys for less are made.
const ToolLimited = "limited"

// Using is what is known for ShowUse.
type Using struct {
	// ID is the connection that it is about.
	ID string
	// Tools are nil until they are there.
	Tools []tools.Tool
	// Tool is the one that is chosen; empty for the first.
	Tool string
	// Consumers are those who fetched keys.
	Consumers []consumers.Consumer
	// Step is what was asked for the chosen tool, and Change what it would do; nil while that is looked at.
	Step   tools.Step
	Change *tools.Change
	// Problem is why the last thing came to nothing.
	Problem *app.Problem
	// Said tells what became of the last press.
	Said string
	// Limit is what is typed for keys that reach less.
	Limit Limit
}

// UseIn is the screen on how to use a connection's keys in other tools.
type UseIn struct {
	ID, Title, Text string
	// SignIn is true where signing in is what helps.
	SignIn bool
	Mark   Mark
	// Busy is true until there is something to show.
	Busy    bool
	Rows    []ToolRow
	Trouble Trouble
	// Tool is nil where limited keys are chosen, and Limit is nil elsewhere.
	Tool    *ToolPage
	Limit   *LimitPage
	Fetched Fetched
}

// ToolRow is one line in the list of tools.
type ToolRow struct {
	ID, Name string
	Chosen   bool
	// Ready is true where the tool was found and its files are set up.
	Ready bool
}

// Trouble is a failure with its cause and the next step. An empty Title means none.
type Trouble struct{ Title, Text, Next string }

func troubleOf(p *app.Problem) Trouble {
	if p == nil {
		return Trouble{}
	}
	t := Trouble{Title: p.Title, Text: safetext.Text(p.Detail), Next: p.NextStep}
	if p.Admin != "" {
		t.Next = strings.TrimSpace(t.Next + " For the administrator: " + p.Admin)
	}
	return t
}

// ToolPage is how to use one tool.
type ToolPage struct {
	ID, Name string
	Mark     Mark
	// State says whether it is there and set up.
	State string
	// Lead says where the snippet goes.
	Lead, Snippet string
	Lasts         string
	Notes         []string
	// CanSetUp and CanTakeOut are what can be done with its files.
	CanSetUp, CanTakeOut bool
	// Format is that of the keys themselves, for a copy; empty where there is none. KeysNote says what
	// becomes of the copy.
	Format, KeysNote string
	Said             string
	Change           *ChangePage
}

// ChangePage is what a step would do, before it is done.
type ChangePage struct {
	Title, Yes string
	// Busy is true while it is looked at.
	Busy  bool
	Files []FilePage
	// Note says what else hangs on it, or that there is nothing to do.
	Note string
	// CanDo is true where there is something to do.
	CanDo bool
}

// FilePage is the change of one file.
type FilePage struct{ Path, Note, Diff string }

func useIn(s app.Session, u Using, clears time.Duration, c *countdown) UseIn {
	m := UseIn{ID: s.ID, Title: "Use " + s.Name + " in…", Mark: Off}
	m.say(s, c)
	if u.ID != s.ID {
		m.Busy = true
		return m
	}
	m.Trouble = troubleOf(u.Problem)
	m.Fetched = fetched(u.Consumers, s.Waiting, c.now)
	if u.Tools == nil {
		m.Busy = u.Problem == nil
		return m
	}
	chosen := chosenTool(u)
	for _, t := range u.Tools {
		m.Rows = append(m.Rows, ToolRow{ID: t.ID, Name: t.Name, Chosen: t.ID == chosen, Ready: t.SetUp == tools.SetUpDone && t.Program != ""})
	}
	m.Rows = append(m.Rows, ToolRow{ID: ToolLimited, Name: "Limited keys", Chosen: chosen == ToolLimited})
	for _, t := range u.Tools {
		if t.ID == chosen {
			m.Tool = toolPage(t, u, clears)
		}
	}
	if chosen == ToolLimited {
		m.Limit = limitPage(s, u.Limit, u.Said, clears, c.now)
	}
	return m
}

// chosenTool is the tool on screen: at first one that is on this computer.
func chosenTool(u Using) string {
	here := func(t tools.Tool) bool { return t.ID == u.Tool }
	if u.Tool == ToolLimited || slices.ContainsFunc(u.Tools, here) {
		return u.Tool
	}
	for _, t := range u.Tools {
		if t.Program != "" {
			return t.ID
		}
	}
	if len(u.Tools) > 0 {
		return u.Tools[0].ID
	}
	return ""
}

// say fills in why tools get no keys.
func (m *UseIn) say(s app.Session, c *countdown) {
	if s.Live(c.now) {
		return
	}
	m.Mark, m.Text = Soon, "There are no keys now, so tools get none."
	if can := s.Can(c.now); can.SignIn {
		m.SignIn, m.Text = true, "There are no keys until you sign in, so tools get none."
	}
}

var leads = map[string]string{
	"sh": "Type in a terminal:", "python": "In your program:", "sql": "Run in DuckDB:",
	"fish": "Type in fish:", "powershell": "Type in PowerShell:",
}

func toolPage(t tools.Tool, u Using, clears time.Duration) *ToolPage {
	p := &ToolPage{
		ID: t.ID, Name: t.Name, Lead: leads[t.Language], Snippet: safetext.Text(t.Snippet), Lasts: t.Lasts, Said: u.Said,
		CanSetUp: t.SetUp == tools.SetUpMissing, CanTakeOut: t.SetUp == tools.SetUpDone, Format: tools.Find(t.ID).CopyFormat(),
	}
	for _, note := range t.Notes {
		p.Notes = append(p.Notes, safetext.Text(note))
	}
	p.Mark, p.State = toolState(t)
	if p.CanSetUp {
		p.Lead = "Set it up first. Then " + strings.ToLower(p.Lead[:1]) + p.Lead[1:]
	}
	if p.Format != "" {
		p.KeysNote = "“Copy with keys” is for another computer or a container: it holds the keys of this moment themselves." + clearsNote(clears)
	}
	if u.Step != "" {
		p.Change = changePage(t, u)
	}
	return p
}

func clearsNote(clears time.Duration) string {
	if clears <= 0 {
		return " A copy stays on the clipboard until Daypass is closed."
	}
	return " A copy on the clipboard is cleared after " + span(clears) + "."
}

func toolState(t tools.Tool) (Mark, string) {
	where := "Not found on this computer"
	if t.Program != "" {
		where = "Found at " + Visible(t.Program)
	}
	switch {
	case t.SetUp == tools.SetUpDone && t.Program == "":
		return Off, "Its profile is set up. " + where + "."
	case t.SetUp == tools.SetUpDone:
		return Good, "Set up. " + where + "."
	case t.SetUp == tools.SetUpMissing:
		return Off, "Not set up. " + where + "."
	case t.Program != "":
		return Off, "Needs no file. " + where + "."
	}
	return Off, "Needs no file."
}

func changePage(t tools.Tool, u Using) *ChangePage {
	p := &ChangePage{Title: "Setting up " + t.Name + " changes this", Yes: "Set it up"}
	if u.Step == tools.StepRemove {
		p.Title, p.Yes = "Taking "+t.Name+" out again changes this", "Take it out"
	}
	if u.Change == nil {
		p.Busy = u.Problem == nil
		return p
	}
	for _, f := range u.Change.Files {
		p.Files = append(p.Files, filePage(f))
	}
	p.CanDo = len(p.Files) > 0
	switch {
	case !p.CanDo:
		p.Note = "There is nothing to change."
	case u.Step == tools.StepRemove && tools.Find(t.ID).InstallsProfileAlone():
		p.Note = alsoServed(t, u.Tools)
	}
	return p
}

func filePage(f tools.FileChange) FilePage {
	p := FilePage{Path: Visible(f.Path)}
	switch {
	case f.New:
		p.Note = "This file is made."
	case f.Backup != "":
		p.Note = "The file as it is will be kept as " + Visible(f.Backup) + "."
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(f.Diff, "\n"), "\n") {
		if !strings.HasPrefix(line, "--- ") && !strings.HasPrefix(line, "+++ ") || len(lines) > 0 {
			lines = append(lines, line)
		}
	}
	p.Diff = safetext.Text(strings.Join(lines, "\n"))
	return p
}

// alsoServed names the other tools that lose the profile too.
func alsoServed(t tools.Tool, all []tools.Tool) string {
	var others []string
	for _, o := range all {
		if o.ID != t.ID && o.SetUp == tools.SetUpDone && tools.Find(o.ID).ReadsProfile {
			others = append(others, o.Name)
		}
	}
	if len(others) == 0 {
		return ""
	}
	return "The profile serves " + listed(others) + " too."
}

// listed is a list as one says it.
func listed(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

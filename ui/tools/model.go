package tools

import (
	"slices"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/fold"
	"daypass/app/messages"
	"daypass/app/status"
	"daypass/app/tools"
	"daypass/auth/safetext"
	"daypass/ui/present"
)

// Limited stands in the list of tools for the form for limited credentials.
const Limited = "limited"

// State is what the screen knows.
type State struct {
	// ID is the connection that it is about.
	ID string
	// Tools are nil until they are loaded.
	Tools []tools.Tool
	// Tool is the selected one; empty for the first.
	Tool string
	// Filter is what the names of the tools in the list must have in them; empty for all.
	Filter string
	// Clients are the programs that get credentials.
	Clients []clients.Client
	// Step is what was requested for the selected tool, and Change what it would change; nil while that is loaded.
	Step   tools.Step
	Change *tools.Change
	// Problem is why the last request failed.
	Problem *app.Problem
	// Note is the ID of the text on the result of the last command; empty for none.
	Note string
	// Limit is the form for limited credentials.
	Limit Form
	// Gateway is the form for key pairs.
	Gateway GatewayForm
}

// Model is the screen.
type Model struct {
	ID, Title, Text string
	// SignIn is true where signing in is what helps.
	SignIn   bool
	Severity status.Severity
	// Busy is true until there is something to show.
	Busy bool
	// Filter narrows Rows; NoMatch says that nothing is left.
	Filter, NoMatch string
	Rows            []Row
	Problem         present.Problem
	// Tool is nil where limited credentials or any S3 program are selected, and Limit is nil but for the former.
	Tool  *Page
	Limit *LimitModel
	// Gateway is nil but where any S3 program is selected.
	Gateway *GatewayModel
	Clients Clients
}

// Row is one line in the list of tools.
type Row struct {
	ID, Name string
	Selected bool
	// Ready is true where the tool was found and its files are set up.
	Ready bool
	// Heading stands above the row where a group begins with it; empty elsewhere.
	Heading string
}

// Page is how to use one tool.
type Page struct {
	ID, Name string
	Severity status.Severity
	// State says whether the tool was found and is set up.
	State string
	// Lead says where the snippet goes.
	Lead, Snippet string
	Lasts         string
	Notes         []string
	// CanInstall and CanRemove are what can be done with its files.
	CanInstall, CanRemove bool
	// Format is that of the credentials themselves, for a copy; empty where there is none. CopyNote says what
	// happens to the copy.
	Format, CopyNote string
	// Result is that of the last command.
	Result string
	Change *ChangeModel
}

// ChangeModel is what a step would change, before it is applied.
type ChangeModel struct {
	Title, Yes string
	// Busy is true while it is loaded.
	Busy  bool
	Files []FileModel
	// Note says what else depends on it, or that there is nothing to change.
	Note string
	// CanApply is true where there is something to change.
	CanApply bool
}

// FileModel is the change of one file.
type FileModel struct{ Path, Note, Diff string }

// Present returns the screen for a session. clears is how long a secret stays on the clipboard; zero: until Daypass
// ends.
func Present(s app.Session, u State, clears time.Duration, now time.Time) Model {
	m := Model{ID: s.ID, Title: messages.Text("tools.title", messages.Args{"Connection": s.Name}), Severity: status.Neutral}
	m.setAvailability(s, now)
	if u.ID != s.ID {
		m.Busy = true
		return m
	}
	m.Problem = present.ProblemOf(u.Problem)
	m.Clients = clientsOf(u.Clients, s.Waiting, now)
	if u.Tools == nil {
		m.Busy = u.Problem == nil
		return m
	}
	selected := selectedTool(u)
	m.setRows(u, selected)
	for _, t := range u.Tools {
		if t.ID == selected {
			m.Tool = pageOf(t, u, clears)
		}
	}
	if selected == Limited {
		m.Limit = limitModel(s, u.Limit, noteText(u.Note), clears, now)
	}
	if selected == AnyProgram {
		m.Gateway = gatewayModel(s, u, clears, now)
	}
	return m
}

// setRows lists the tools that the filter leaves, those on this computer first.
func (m *Model) setRows(u State, selected string) {
	var found, others []Row
	for _, t := range u.Tools {
		r := Row{ID: t.ID, Name: t.Title(), Selected: t.ID == selected, Ready: t.SetUp == tools.SetUpDone && t.Program != ""}
		switch {
		case !matches(r, u.Filter):
		case isHere(t):
			found = append(found, r)
		default:
			others = append(others, r)
		}
	}
	for _, r := range []Row{{ID: AnyProgram, Name: messages.Text("tools.gateway.title")}, {ID: Limited, Name: messages.Text("tools.limit.title")}} {
		if r.Selected = r.ID == selected; matches(r, u.Filter) {
			found = append(found, r)
		}
	}
	m.Filter, m.Rows = u.Filter, append(headed(found, "tools.group.found"), headed(others, "tools.group.other")...)
	if len(m.Rows) == 0 {
		m.NoMatch = messages.Text("tools.filter.none")
	}
}

// isHere reports whether a tool was found on this computer, or is none that could be missing, such as a shell.
func isHere(t tools.Tool) bool { return t.Program != "" || tools.Find(t.ID).Program == "" }

func matches(r Row, filter string) bool {
	filter = fold.String(strings.TrimSpace(filter))
	return strings.Contains(fold.String(r.Name), filter) || strings.Contains(r.ID, filter)
}

// headed puts the heading with an ID above the first of some rows.
func headed(rows []Row, id string) []Row {
	if len(rows) > 0 {
		rows[0].Heading = messages.Text(id)
	}
	return rows
}

// selectedTool returns the tool on screen: at first one that is on this computer.
func selectedTool(u State) string {
	here := func(t tools.Tool) bool { return t.ID == u.Tool }
	if u.Tool == Limited || u.Tool == AnyProgram || slices.ContainsFunc(u.Tools, here) {
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

// setAvailability says why tools get no credentials.
func (m *Model) setAvailability(s app.Session, now time.Time) {
	if s.HasCredentials(now) {
		return
	}
	m.Severity, m.Text = status.Warning, messages.Text("tools.no-credentials")
	if can := s.Can(now); can.SignIn {
		m.SignIn, m.Text = true, messages.Text("tools.no-credentials.sign-in")
	}
}

// leads are the IDs of what stands above a snippet, by its language.
var leads = map[string]string{
	"sh": "tools.lead.sh", "python": "tools.lead.python", "sql": "tools.lead.sql", "fish": "tools.lead.fish", "powershell": "tools.lead.powershell",
	"hcl": "tools.lead.hcl", "text": "tools.lead.text",
}

func pageOf(t tools.Tool, u State, clears time.Duration) *Page {
	p := &Page{
		ID: t.ID, Name: t.Title(), Lead: noteText(leads[t.Language]), Snippet: safetext.Text(t.Snippet), Lasts: messages.Current().Say(t.Validity), Result: noteText(u.Note),
		CanInstall: t.SetUp == tools.SetUpMissing, CanRemove: t.SetUp == tools.SetUpDone, Format: tools.Find(t.ID).CopyFormat(),
	}
	for _, note := range t.Notes {
		p.Notes = append(p.Notes, safetext.Text(messages.Current().Say(note)))
	}
	p.Severity, p.State = toolState(t)
	if p.CanInstall {
		p.Lead = present.JoinSentences(messages.Text("tools.lead.set-up-first"), p.Lead)
	}
	if p.Format != "" {
		p.CopyNote = present.JoinSentences(messages.Text("tools.copy-note"), clearsNote(clears))
	}
	if u.Step != "" {
		p.Change = changeOf(t, u)
	}
	return p
}

func clearsNote(clears time.Duration) string {
	if clears <= 0 {
		return messages.Text("tools.clipboard.closed")
	}
	return messages.Text("tools.clipboard.cleared", messages.Args{"Duration": present.Span(clears)})
}

// noteText returns the text with an ID; none for none.
func noteText(id string) string {
	if id == "" {
		return ""
	}
	return messages.Text(id)
}

func toolState(t tools.Tool) (status.Severity, string) {
	where := messages.Text("tools.not-found")
	if t.Program != "" {
		where = messages.Text("tools.found", messages.Args{"Path": present.Visible(t.Program)})
	}
	switch {
	case t.SetUp == tools.SetUpDone && t.Program == "":
		return status.Neutral, present.JoinSentences(messages.Text("tools.state.profile"), where)
	case t.SetUp == tools.SetUpDone:
		return status.OK, present.JoinSentences(messages.Text("tools.state.set-up"), where)
	case t.SetUp == tools.SetUpMissing:
		return status.Neutral, present.JoinSentences(messages.Text("tools.state.not-set-up"), where)
	case t.Program != "":
		return status.Neutral, present.JoinSentences(messages.Text("tools.state.no-setup"), where)
	}
	return status.Neutral, messages.Text("tools.state.no-setup")
}

func changeOf(t tools.Tool, u State) *ChangeModel {
	tool := messages.Args{"Tool": t.Title()}
	p := &ChangeModel{Title: messages.Text("tools.change.set-up.title", tool), Yes: messages.Text("tools.change.set-up.yes")}
	if u.Step == tools.StepRemove {
		p.Title, p.Yes = messages.Text("tools.change.remove.title", tool), messages.Text("tools.change.remove.yes")
	}
	if u.Change == nil {
		p.Busy = u.Problem == nil
		return p
	}
	for _, f := range u.Change.Files {
		p.Files = append(p.Files, fileOf(f))
	}
	p.CanApply = len(p.Files) > 0
	switch {
	case !p.CanApply:
		p.Note = messages.Text("tools.change.none")
	case u.Step == tools.StepRemove && tools.Find(t.ID).InstallsProfileAlone():
		p.Note = alsoServed(t, u.Tools)
	}
	return p
}

func fileOf(f tools.FileChange) FileModel {
	p := FileModel{Path: present.Visible(f.Path)}
	switch {
	case f.New:
		p.Note = messages.Text("tools.change.new-file")
	case f.Backup != "":
		p.Note = messages.Text("tools.change.backup", messages.Args{"File": present.Visible(f.Backup)})
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
			others = append(others, o.Title())
		}
	}
	if len(others) == 0 {
		return ""
	}
	return messages.Text("tools.change.also-used", messages.Args{"Tools": present.Listed(others)})
}

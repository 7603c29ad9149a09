// Package transfers is the panel of transfers at the foot of the window. It knows no toolkit; package transfersview
// draws it.
package transfers

import (
	"path"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/status"
	"daypass/ui/present"
)

// Command is what a button does to a transfer, or to all.
type Command string

// The commands.
const (
	Pause  Command = "pause"
	Resume Command = "resume"
	Retry  Command = "retry"
	Cancel Command = "cancel"
	Clear  Command = "clear"
	// Ask shows the question that a transfer waits with, and ShowFailures what failed.
	Ask          Command = "ask"
	ShowFailures Command = "why"
	// OpenFolder shows the folder where a download lies.
	OpenFolder Command = "open"
)

// Model is the panel at the foot of the window.
type Model struct {
	// Shown is false where nothing was moved since the window opened.
	Shown bool
	// Open is true while the list is shown and not the line alone.
	Open bool
	Line Line
	Rows []Row
	// Question waits for an answer; nil for none.
	Question *Conflict
}

// Line is what the folded panel says of all transfers.
type Line struct {
	Severity status.Severity
	Title    string
	Meter    Meter
	// Note stands in place of the meter where nothing moves.
	Note string
	// Action is the one button of the line; an empty Label means none.
	Action Action
	// CanClear is true where something has ended.
	CanClear bool
}

// Meter is how far something has come. An empty Percent means that this is not known.
type Meter struct {
	Shown         bool
	Share         float32
	Percent       string
	Speed         string
	Left          string
	Severity      status.Severity
	Indeterminate bool
}

// Action is a button about one transfer.
type Action struct {
	ID      string
	Command Command
	Label   string
}

// Row is one transfer in the list.
type Row struct {
	ID string
	// Icon says which way it goes.
	Icon     string
	Severity status.Severity
	Title    string
	// Where is what it comes from and goes to, Text how it stands.
	Where, Text string
	Meter       Meter
	// Actions are the row's buttons from left to right.
	Actions []Action
}

// Present returns the panel. names are the names of connections by ID.
func Present(list app.TransferList, names map[string]string, open bool, now time.Time) Model {
	t := Model{Shown: len(list.Transfers) > 0, Open: open}
	if !t.Shown {
		return t
	}
	for i := len(list.Transfers) - 1; i >= 0; i-- {
		t.Rows = append(t.Rows, rowOf(list.Transfers[i], names))
	}
	t.Line = lineOf(list)
	t.Question = conflict(list.Transfers, now)
	return t
}

// tally counts transfers by what they mean to the user.
type tally struct {
	working, asking, waiting, paused, done, failed, canceled int
	// first is the first of the most important kind, last the last that ended.
	first, last *app.Transfer
}

func count(all []app.Transfer) tally {
	var n tally
	for i := range all {
		t := &all[i]
		switch t.Phase {
		case app.TransferAsking:
			n.asking++
		case app.TransferWaiting:
			n.waiting++
		case app.TransferPaused:
			n.paused++
		case app.TransferDone:
			n.done++
		case app.TransferFailed:
			n.failed++
		case app.TransferCanceled:
			n.canceled++
		default:
			n.working++
		}
		if t.Phase.Ended() {
			n.last = t
		} else if n.first == nil || rank(t.Phase) < rank(n.first.Phase) {
			n.first = t
		}
	}
	return n
}

// rank orders phases by what the line is about.
func rank(p app.TransferPhase) int {
	switch p {
	case app.TransferAsking:
		return 0
	case app.TransferRunning:
		return 1
	case app.TransferWaiting:
		return 2
	case app.TransferQueued:
		return 3
	}
	return 4
}

func lineOf(list app.TransferList) Line {
	n := count(list.Transfers)
	line := Line{CanClear: n.done+n.failed+n.canceled > 0}
	if n.first == nil {
		return endedLine(line, n)
	}
	t := n.first
	line.Title = titleOf(*t)
	if others := n.working + n.asking + n.waiting + n.paused - 1; others > 0 {
		line.Title += " and " + present.Counted(others, "more transfer", "more transfers")
	}
	line.Severity = severityOf(*t)
	switch t.Phase {
	case app.TransferAsking:
		line.Note, line.Action = "asks what to do", Action{t.ID, Ask, "Choose…"}
	case app.TransferWaiting:
		line.Note = problemTitle(t.Problem, "waits for the server")
	case app.TransferPaused:
		line.Note, line.Action = "paused", Action{t.ID, Resume, "Go on"}
	case app.TransferQueued:
		line.Note = "waits for its turn"
	default:
		line.Meter = meter(list.Total, t.Counting && n.working == 1, status.Busy)
	}
	return line
}

// endedLine sums up where nothing moves any more.
func endedLine(line Line, n tally) Line {
	total := n.done + n.failed + n.canceled
	switch {
	case n.failed > 0 && total == 1:
		line.Severity, line.Title = status.Error, titleOf(*n.last)
		line.Note, line.Action = failedNote(*n.last), Action{n.last.ID, Retry, "Try again"}
	case n.failed > 0:
		line.Severity, line.Title = status.Error, present.Grouped(n.failed)+" of "+present.Counted(total, "transfer", "transfers")+" did not finish"
		line.Action = Action{"", Retry, "Try again"}
	case total == 1 && n.canceled == 1:
		line.Severity, line.Title, line.Note = status.Neutral, titleOf(*n.last), "cancelled"
	case total == 1:
		line.Severity, line.Title, line.Note = status.OK, titleOf(*n.last), doneNote(*n.last)
	default:
		line.Severity, line.Title = status.OK, present.Counted(n.done, "transfer", "transfers")+" finished"
		if n.canceled > 0 {
			line.Note = present.Grouped(n.canceled) + " cancelled"
		}
	}
	return line
}

// transferIcons say which way a transfer goes.
var transferIcons = map[app.Direction]string{app.Download: "download", app.Upload: "upload", app.Copy: "copy"}

func rowOf(t app.Transfer, names map[string]string) Row {
	row := Row{ID: t.ID, Icon: transferIcons[t.Direction], Severity: severityOf(t), Title: titleOf(t), Where: whereOf(t, names)}
	row.Text = textOf(t)
	switch t.Phase {
	case app.TransferQueued, app.TransferRunning, app.TransferWaiting, app.TransferPaused, app.TransferAsking:
		row.Meter = meter(t.Progress, t.Counting || t.Phase == app.TransferQueued, row.Severity)
		if t.Phase != app.TransferRunning && t.Phase != app.TransferAsking {
			row.Meter.Speed, row.Meter.Left = "", ""
		}
	}
	row.Actions = actionsOf(t)
	return row
}

func actionsOf(t app.Transfer) []Action {
	act := func(c Command, label string) Action { return Action{t.ID, c, label} }
	var out []Action
	if t.Phase == app.TransferAsking {
		out = append(out, act(Ask, "Choose…"))
	}
	if len(t.Failures) > 0 {
		out = append(out, act(ShowFailures, "Details…"))
	}
	switch t.Phase {
	case app.TransferPaused, app.TransferCanceled:
		out = append(out, act(Resume, "Go on"))
	case app.TransferFailed:
		out = append(out, act(Retry, "Try again"))
	case app.TransferQueued, app.TransferRunning, app.TransferWaiting:
		out = append(out, act(Pause, "Pause"))
	case app.TransferDone:
		if t.Direction == app.Download {
			out = append(out, act(OpenFolder, "Show in folder"))
		}
	}
	if t.Phase.Ended() {
		return append(out, act(Clear, "Clear"))
	}
	return append(out, act(Cancel, "Cancel"))
}

func severityOf(t app.Transfer) status.Severity {
	switch t.Phase {
	case app.TransferAsking, app.TransferWaiting:
		return status.Warning
	case app.TransferPaused, app.TransferCanceled, app.TransferQueued:
		return status.Neutral
	case app.TransferDone:
		return status.OK
	case app.TransferFailed:
		return status.Error
	}
	return status.Busy
}

func titleOf(t app.Transfer) string {
	title := present.Visible(t.Title)
	if t.More > 0 {
		title += " and " + present.Grouped(t.More) + " more"
	}
	return title
}

func whereOf(t app.Transfer, names map[string]string) string {
	place := placeOf(names[t.Connection], t.Bucket, t.Prefix)
	switch {
	case t.To != nil && t.Move:
		return "moved to " + placeOf(names[t.To.Connection], t.To.Bucket, t.To.Prefix) + ", from " + place
	case t.To != nil:
		return "to " + placeOf(names[t.To.Connection], t.To.Bucket, t.To.Prefix) + ", from " + place
	case t.Direction == app.Upload:
		return "to " + place
	}
	return "to " + present.Visible(t.Folder) + ", from " + place
}

// placeOf is a folder of a connection, whose name may be empty.
func placeOf(connection, bucket, prefix string) string {
	place := strings.TrimSuffix(bucket+"/"+present.Visible(prefix), "/")
	if connection != "" {
		place = connection + " / " + place
	}
	return place
}

func textOf(t app.Transfer) string {
	switch t.Phase {
	case app.TransferQueued:
		return "Waits for its turn"
	case app.TransferAsking:
		if t.Question != nil {
			return "“" + present.Visible(path.Base(t.Question.Name)) + "” is there already"
		}
	case app.TransferWaiting:
		return problemTitle(t.Problem, "Waits for the server")
	case app.TransferPaused:
		return "Paused at " + amount(t)
	case app.TransferDone:
		return upper(doneNote(t))
	case app.TransferCanceled:
		return "Cancelled at " + amount(t)
	case app.TransferFailed:
		return upper(failedNote(t))
	}
	return amount(t)
}

// amount is what was moved of what there is.
func amount(t app.Transfer) string {
	text := present.Bytes(t.Progress.Done) + " of " + present.Bytes(t.Progress.Size)
	if t.Counting {
		text += " so far"
	}
	if t.Files > 1 {
		text += ", " + present.Grouped(t.Done) + " of " + present.Counted(t.Files, "file", "files")
	}
	if t.Failed > 0 {
		text += ", " + present.Grouped(t.Failed) + " failed"
	}
	return text
}

func doneNote(t app.Transfer) string {
	text := "finished, " + present.Bytes(t.Progress.Size)
	if t.Files > 1 {
		text += " in " + present.Counted(t.Files-t.Skipped, "file", "files")
	}
	if t.Skipped > 0 {
		text += ", " + present.Grouped(t.Skipped) + " left out"
	}
	return text
}

// failedNote says how much failed and, of one cause, which.
func failedNote(t app.Transfer) string {
	cause := problemTitle(t.Problem, "")
	if cause == "" && len(t.Failures) > 0 {
		cause = t.Failures[0].Problem.Title
	}
	if t.Files > 1 && t.Failed > 0 {
		text := present.Grouped(t.Failed) + " of " + present.Counted(t.Files, "file", "files") + " failed"
		if cause != "" {
			text += ": " + cause
		}
		return text
	}
	if cause == "" {
		return "failed"
	}
	return cause
}

func problemTitle(p *app.Problem, otherwise string) string {
	if p == nil || p.Title == "" {
		return otherwise
	}
	return p.Title
}

// meter shows progress; growing is true while the size is not known yet.
func meter(p app.Progress, growing bool, severity status.Severity) Meter {
	m := Meter{Shown: true, Severity: severity, Indeterminate: growing}
	if p.Size > 0 && !growing {
		m.Share = float32(min(1, float64(p.Done)/float64(p.Size)))
		m.Percent = present.Percent(float64(p.Done) / float64(p.Size))
	}
	if p.Speed > 0 {
		m.Speed = present.Rate(p.Speed)
	}
	if left := p.Remaining.Duration(); left > 0 && !growing {
		m.Left = present.Span(left) + " left"
	}
	return m
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Conflict asks what to do where the target has something by that name already.
type Conflict struct {
	Transfer, ID string
	Title, Text  string
	// Facts are the two compared: what is there and what is new.
	Facts [2]string
	// ForAll is the label of the choice for the rest; empty where one file is all there is.
	ForAll     string
	CanReplace bool
}

// conflict is the first question that waits.
func conflict(all []app.Transfer, now time.Time) *Conflict {
	for _, t := range all {
		q := t.Question
		if t.Phase.Ended() || q == nil {
			continue
		}
		c := &Conflict{Transfer: t.ID, ID: q.ID, CanReplace: !q.Folder}
		name := "“" + present.Visible(path.Base(q.Name)) + "”"
		c.Title = name + " is there already"
		c.Text = "In " + present.Visible(path.Dir(q.Target)) + " there is a file of that name."
		if q.Folder {
			c.Text = "In " + present.Visible(path.Dir(q.Target)) + " there is a folder of that name, which a file cannot replace."
		}
		c.Facts = [2]string{"There: " + facts(q.Existing, now), "New: " + facts(q.Incoming, now)}
		if t.Files > 1 || t.Counting || q.Waiting > 1 {
			c.ForAll = "Do the same for all other files of this transfer"
		}
		return c
	}
	return nil
}

func facts(f app.FileInfo, now time.Time) string {
	var parts []string
	if f.Size >= 0 {
		parts = append(parts, present.Bytes(f.Size))
	}
	if !f.Modified.IsZero() {
		parts = append(parts, present.Day(f.Modified, now))
	}
	if len(parts) == 0 {
		return "nothing is known of it"
	}
	return strings.Join(parts, ", ")
}

// FailuresOf lists what failed or was left out.
func FailuresOf(t app.Transfer) present.Failures {
	f := present.Failures{Title: present.Grouped(t.Failed) + " of " + present.Counted(t.Files, "file", "files") + " failed", Text: titleOf(t) + ", " + whereOf(t, nil)}
	if t.Failed == 0 {
		f.Title = present.Grouped(t.Skipped) + " of " + present.Counted(t.Files, "file", "files") + " left out"
	}
	for _, one := range t.Failures {
		f.Lines = append(f.Lines, present.FailureLine{Name: present.Visible(one.Name), Why: present.Sentence(one.Problem.Title, one.Problem.Detail)})
	}
	if rest := t.Failed + t.Skipped - len(t.Failures); rest > 0 && len(t.Failures) >= app.MaxFailures {
		f.More = "and " + present.Counted(rest, "more", "more")
	}
	return f
}

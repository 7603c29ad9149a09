package present

import (
	"path"
	"strings"
	"time"

	"daypass/app"
)

// TransferDo names what a button does to a transfer, or to all.
type TransferDo string

// The things buttons do to transfers.
const (
	PauseTransfer  TransferDo = "pause"
	ResumeTransfer TransferDo = "resume"
	RetryTransfer  TransferDo = "retry"
	CancelTransfer TransferDo = "cancel"
	ClearTransfer  TransferDo = "clear"
	// AskTransfer shows the question that a transfer waits with, and WhyTransfer what failed.
	AskTransfer TransferDo = "ask"
	WhyTransfer TransferDo = "why"
	// OpenTransfer shows the folder where a download lies.
	OpenTransfer TransferDo = "open"
)

// Transfers is the panel at the foot of the window.
type Transfers struct {
	// Shown is false where nothing was moved since the window opened.
	Shown bool
	// Open is true while the list is shown and not the line alone.
	Open bool
	Line TransferLine
	Rows []TransferRow
	// Question waits for an answer; nil for none.
	Question *Conflict
}

// TransferLine is what the folded panel says of all transfers.
type TransferLine struct {
	Mark  Mark
	Title string
	Meter Meter
	// Note stands in place of the meter where nothing moves.
	Note string
	// Do is the one button of the line; an empty Label means none.
	Do TransferAction
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
	Mark          Mark
	Indeterminate bool
}

// TransferAction is a button about one transfer.
type TransferAction struct {
	ID    string
	Do    TransferDo
	Label string
}

// TransferRow is one transfer in the list.
type TransferRow struct {
	ID string
	// Icon says which way it goes.
	Icon  string
	Mark  Mark
	Title string
	// Where is what it comes from and goes to, Text how it stands.
	Where, Text string
	Meter       Meter
	// Actions are the row's buttons from left to right.
	Actions []TransferAction
}

// PresentTransfers makes the panel. names gives the name of a connection by its ID.
func PresentTransfers(list app.TransferList, names map[string]string, open bool, now time.Time) Transfers {
	t := Transfers{Shown: len(list.Transfers) > 0, Open: open}
	if !t.Shown {
		return t
	}
	for i := len(list.Transfers) - 1; i >= 0; i-- {
		t.Rows = append(t.Rows, transferRow(list.Transfers[i], names))
	}
	t.Line = transferLine(list)
	t.Question = conflict(list.Transfers, now)
	return t
}

// tally counts transfers by what they mean to the person.
type tally struct {
	working, asking, waiting, paused, done, failed, cancelled int
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
		case app.TransferCancelled:
			n.cancelled++
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

func transferLine(list app.TransferList) TransferLine {
	n := count(list.Transfers)
	line := TransferLine{CanClear: n.done+n.failed+n.cancelled > 0}
	if n.first == nil {
		return endedLine(line, n)
	}
	t := n.first
	line.Title = titleOf(*t)
	if others := n.working + n.asking + n.waiting + n.paused - 1; others > 0 {
		line.Title += " and " + Counted(others, "more transfer", "more transfers")
	}
	line.Mark = markOf(*t)
	switch t.Phase {
	case app.TransferAsking:
		line.Note, line.Do = "asks what to do", TransferAction{t.ID, AskTransfer, "Choose…"}
	case app.TransferWaiting:
		line.Note = problemTitle(t.Problem, "waits for the server")
	case app.TransferPaused:
		line.Note, line.Do = "paused", TransferAction{t.ID, ResumeTransfer, "Go on"}
	case app.TransferQueued:
		line.Note = "waits for its turn"
	default:
		line.Meter = meter(list.Total, t.Counting && n.working == 1, Busy)
	}
	return line
}

// endedLine sums up where nothing moves any more.
func endedLine(line TransferLine, n tally) TransferLine {
	total := n.done + n.failed + n.cancelled
	switch {
	case n.failed > 0 && total == 1:
		line.Mark, line.Title = Bad, titleOf(*n.last)
		line.Note, line.Do = failedNote(*n.last), TransferAction{n.last.ID, RetryTransfer, "Try again"}
	case n.failed > 0:
		line.Mark, line.Title = Bad, Grouped(n.failed)+" of "+Counted(total, "transfer", "transfers")+" did not finish"
		line.Do = TransferAction{"", RetryTransfer, "Try again"}
	case total == 1 && n.cancelled == 1:
		line.Mark, line.Title, line.Note = Off, titleOf(*n.last), "cancelled"
	case total == 1:
		line.Mark, line.Title, line.Note = Good, titleOf(*n.last), doneNote(*n.last)
	default:
		line.Mark, line.Title = Good, Counted(n.done, "transfer", "transfers")+" finished"
		if n.cancelled > 0 {
			line.Note = Grouped(n.cancelled) + " cancelled"
		}
	}
	return line
}

// transferIcons say which way a transfer goes.
var transferIcons = map[app.Direction]string{app.Download: "download", app.Upload: "upload", app.Copy: "copy"}

func transferRow(t app.Transfer, names map[string]string) TransferRow {
	row := TransferRow{ID: t.ID, Icon: transferIcons[t.Direction], Mark: markOf(t), Title: titleOf(t), Where: whereOf(t, names)}
	row.Text = textOf(t)
	switch t.Phase {
	case app.TransferQueued, app.TransferRunning, app.TransferWaiting, app.TransferPaused, app.TransferAsking:
		row.Meter = meter(t.Progress, t.Counting || t.Phase == app.TransferQueued, row.Mark)
		if t.Phase != app.TransferRunning && t.Phase != app.TransferAsking {
			row.Meter.Speed, row.Meter.Left = "", ""
		}
	}
	row.Actions = actionsOf(t)
	return row
}

func actionsOf(t app.Transfer) []TransferAction {
	act := func(do TransferDo, label string) TransferAction { return TransferAction{t.ID, do, label} }
	var out []TransferAction
	if t.Phase == app.TransferAsking {
		out = append(out, act(AskTransfer, "Choose…"))
	}
	if len(t.Failures) > 0 {
		out = append(out, act(WhyTransfer, "Details…"))
	}
	switch t.Phase {
	case app.TransferPaused, app.TransferCancelled:
		out = append(out, act(ResumeTransfer, "Go on"))
	case app.TransferFailed:
		out = append(out, act(RetryTransfer, "Try again"))
	case app.TransferQueued, app.TransferRunning, app.TransferWaiting:
		out = append(out, act(PauseTransfer, "Pause"))
	case app.TransferDone:
		if t.Direction == app.Download {
			out = append(out, act(OpenTransfer, "Show in folder"))
		}
	}
	if t.Phase.Ended() {
		return append(out, act(ClearTransfer, "Clear"))
	}
	return append(out, act(CancelTransfer, "Cancel"))
}

func markOf(t app.Transfer) Mark {
	switch t.Phase {
	case app.TransferAsking, app.TransferWaiting:
		return Soon
	case app.TransferPaused, app.TransferCancelled, app.TransferQueued:
		return Off
	case app.TransferDone:
		return Good
	case app.TransferFailed:
		return Bad
	}
	return Busy
}

func titleOf(t app.Transfer) string {
	title := Visible(t.Title)
	if t.More > 0 {
		title += " and " + Grouped(t.More) + " more"
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
	return "to " + Visible(t.Folder) + ", from " + place
}

// placeOf is a folder of a connection, whose name may be empty.
func placeOf(connection, bucket, prefix string) string {
	place := strings.TrimSuffix(bucket+"/"+Visible(prefix), "/")
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
			return "“" + Visible(path.Base(t.Question.Name)) + "” is there already"
		}
	case app.TransferWaiting:
		return problemTitle(t.Problem, "Waits for the server")
	case app.TransferPaused:
		return "Paused at " + amount(t)
	case app.TransferDone:
		return upper(doneNote(t))
	case app.TransferCancelled:
		return "Cancelled at " + amount(t)
	case app.TransferFailed:
		return upper(failedNote(t))
	}
	return amount(t)
}

// amount is what was moved of what there is.
func amount(t app.Transfer) string {
	text := Bytes(t.Progress.Done) + " of " + Bytes(t.Progress.Size)
	if t.Counting {
		text += " so far"
	}
	if t.Files > 1 {
		text += ", " + Grouped(t.Done) + " of " + Counted(t.Files, "file", "files")
	}
	if t.Failed > 0 {
		text += ", " + Grouped(t.Failed) + " failed"
	}
	return text
}

func doneNote(t app.Transfer) string {
	text := "finished, " + Bytes(t.Progress.Size)
	if t.Files > 1 {
		text += " in " + Counted(t.Files-t.Skipped, "file", "files")
	}
	if t.Skipped > 0 {
		text += ", " + Grouped(t.Skipped) + " left out"
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
		text := Grouped(t.Failed) + " of " + Counted(t.Files, "file", "files") + " failed"
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
func meter(p app.Progress, growing bool, mark Mark) Meter {
	m := Meter{Shown: true, Mark: mark, Indeterminate: growing}
	if p.Size > 0 && !growing {
		m.Share = float32(min(1, float64(p.Done)/float64(p.Size)))
		m.Percent = itoa(int(100*float64(p.Done)/float64(p.Size))) + " %"
	}
	if p.Speed > 0 {
		m.Speed = Bytes(int64(p.Speed)) + "/s"
	}
	if left := p.Left.Duration(); left > 0 && !growing {
		m.Left = Span(left) + " left"
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
		name := "“" + Visible(path.Base(q.Name)) + "”"
		c.Title = name + " is there already"
		c.Text = "In " + Visible(path.Dir(q.Target)) + " there is a file of that name."
		if q.Folder {
			c.Text = "In " + Visible(path.Dir(q.Target)) + " there is a folder of that name, which a file cannot replace."
		}
		c.Facts = [2]string{"There: " + facts(q.Existing, now), "New: " + facts(q.Incoming, now)}
		if t.Files > 1 || t.Counting || q.Waiting > 1 {
			c.ForAll = "Do the same for all other files of this transfer"
		}
		return c
	}
	return nil
}

func facts(f app.FileFacts, now time.Time) string {
	var parts []string
	if f.Size >= 0 {
		parts = append(parts, Bytes(f.Size))
	}
	if !f.Modified.IsZero() {
		parts = append(parts, Day(f.Modified, now))
	}
	if len(parts) == 0 {
		return "nothing is known of it"
	}
	return strings.Join(parts, ", ")
}

// Failures is what a transfer did not move, as a text to read.
type Failures struct {
	Title, Text string
	Lines       []FailureLine
	// More says how many are not listed; empty for none.
	More string
}

// FailureLine is one file that was not moved.
type FailureLine struct{ Name, Why string }

// PresentFailures lists what failed or was left out.
func PresentFailures(t app.Transfer) Failures {
	f := Failures{Title: Grouped(t.Failed) + " of " + Counted(t.Files, "file", "files") + " failed", Text: titleOf(t) + ", " + whereOf(t, nil)}
	if t.Failed == 0 {
		f.Title = Grouped(t.Skipped) + " of " + Counted(t.Files, "file", "files") + " left out"
	}
	for _, one := range t.Failures {
		f.Lines = append(f.Lines, FailureLine{Visible(one.Name), Sentence(one.Problem.Title, one.Problem.Detail)})
	}
	if rest := t.Failed + t.Skipped - len(t.Failures); rest > 0 && len(t.Failures) >= app.MaxFailures {
		f.More = "and " + Counted(rest, "more", "more")
	}
	return f
}

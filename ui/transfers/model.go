// Package transfers is the panel of transfers at the foot of the window. It knows no toolkit; package transfersview
// draws it.
package transfers

import (
	"time"

	"daypass/app"
	"daypass/app/messages"
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
	// Shorter are texts that say less than the title, for where that has no room.
	Shorter []string
	Meter   Meter
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
		line.Title = messages.Plural("transfers.title.others", others, messages.Args{"Title": line.Title})
	}
	line.Severity = severityOf(*t)
	switch t.Phase {
	case app.TransferAsking:
		line.Note, line.Action = messages.Text("transfers.asking"), Action{t.ID, Ask, messages.Text("transfers.action.choose")}
	case app.TransferWaiting:
		line.Note = problemTitle(t.Problem, messages.Text("transfers.waiting"))
	case app.TransferPaused:
		line.Note, line.Action = messages.Text("transfers.paused"), Action{t.ID, Resume, messages.Text("transfers.action.resume")}
	case app.TransferQueued:
		line.Note = messages.Text("transfers.queued")
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
		line.Note, line.Action = failedNote(*n.last), Action{n.last.ID, Retry, messages.Text("common.try-again")}
	case n.failed > 0:
		line.Severity, line.Title = status.Error, messages.Plural("transfers.failed.transfers", total, messages.Args{"Failed": present.Grouped(n.failed)})
		line.Shorter = []string{messages.Text("transfers.failed.short", messages.Args{"Failed": present.Grouped(n.failed), "Total": present.Grouped(total)})}
		line.Action = Action{"", Retry, messages.Text("common.try-again")}
	case total == 1 && n.canceled == 1:
		line.Severity, line.Title, line.Note = status.Neutral, titleOf(*n.last), messages.Text("transfers.canceled")
	case total == 1:
		line.Severity, line.Title, line.Note = status.OK, titleOf(*n.last), doneNote(*n.last)
	default:
		line.Severity, line.Title = status.OK, messages.Plural("transfers.done.transfers", n.done)
		if n.canceled > 0 {
			line.Note = messages.Plural("transfers.canceled-count", n.canceled)
		}
	}
	return line
}

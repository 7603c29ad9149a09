package transfers

import (
	"cmp"
	"path"
	"strings"

	"daypass/app"
	"daypass/app/status"
	"daypass/ui/present"
)

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
		cause = t.Failures[0].Problem.Current().Title
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
	if p == nil {
		return otherwise
	}
	return cmp.Or(p.Current().Title, otherwise)
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

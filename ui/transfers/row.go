package transfers

import (
	"cmp"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/messages"
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
	action := func(c Command, label string) Action { return Action{t.ID, c, label} }
	var out []Action
	if t.Phase == app.TransferAsking {
		out = append(out, action(Ask, messages.Text("transfers.action.choose")))
	}
	if len(t.Failures) > 0 {
		out = append(out, action(ShowFailures, messages.Text("transfers.action.details")))
	}
	switch t.Phase {
	case app.TransferPaused, app.TransferCanceled:
		out = append(out, action(Resume, messages.Text("transfers.action.resume")))
	case app.TransferFailed:
		out = append(out, action(Retry, messages.Text("common.try-again")))
	case app.TransferQueued, app.TransferRunning, app.TransferWaiting:
		out = append(out, action(Pause, messages.Text("transfers.action.pause")))
	case app.TransferDone:
		if t.Direction == app.Download {
			out = append(out, action(OpenFolder, messages.Text("transfers.action.open")))
		}
	}
	if t.Phase.Ended() {
		return append(out, action(Clear, messages.Text("transfers.action.clear")))
	}
	return append(out, action(Cancel, messages.Text("common.cancel")))
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
		return messages.Plural("transfers.title.more", t.More, messages.Args{"Name": title})
	}
	return title
}

func whereOf(t app.Transfer, names map[string]string) string {
	from := folderOf(names[t.Connection], t.Bucket, t.Prefix)
	way := func(id, to string) string { return messages.Text(id, messages.Args{"To": to, "From": from}) }
	switch {
	case t.To != nil && t.Move:
		return way("transfers.where.move", folderOf(names[t.To.Connection], t.To.Bucket, t.To.Prefix))
	case t.To != nil:
		return way("transfers.where", folderOf(names[t.To.Connection], t.To.Bucket, t.To.Prefix))
	case t.Direction == app.Upload:
		return messages.Text("transfers.where.upload", messages.Args{"To": from})
	}
	return way("transfers.where", present.Visible(t.Folder))
}

// folderOf is a folder of a connection, whose name may be empty.
func folderOf(connection, bucket, prefix string) string {
	folder := strings.TrimSuffix(bucket+"/"+present.Visible(prefix), "/")
	if connection == "" {
		return folder
	}
	return messages.Text("transfers.location", messages.Args{"Connection": connection, "Folder": folder})
}

func textOf(t app.Transfer) string {
	switch t.Phase {
	case app.TransferQueued:
		return messages.Text("transfers.queued")
	case app.TransferAsking:
		if t.Question != nil {
			return existsAlready(t.Question)
		}
	case app.TransferWaiting:
		return problemTitle(t.Problem, messages.Text("transfers.waiting"))
	case app.TransferPaused:
		return messages.Text("transfers.paused-at", messages.Args{"Amount": amount(t)})
	case app.TransferDone:
		return doneNote(t)
	case app.TransferCanceled:
		return messages.Text("transfers.canceled-at", messages.Args{"Amount": amount(t)})
	case app.TransferFailed:
		return failedNote(t)
	}
	return amount(t)
}

// amount is what was moved of what there is.
func amount(t app.Transfer) string {
	size := messages.Args{"Done": present.Bytes(t.Progress.Done), "Size": present.Bytes(t.Progress.Size)}
	text, files, failed := messages.Text("transfers.amount", size), "", ""
	if t.Counting {
		text = messages.Text("transfers.amount.counting", size)
	}
	if t.Files > 1 {
		files = messages.Plural("transfers.amount.files", t.Files, messages.Args{"Done": present.Grouped(t.Done)})
	}
	if t.Failed > 0 {
		failed = messages.Plural("transfers.amount.failed", t.Failed)
	}
	return present.Facts(text, files, failed)
}

func doneNote(t app.Transfer) string {
	size := messages.Args{"Size": present.Bytes(t.Progress.Size)}
	text, skipped := messages.Text("transfers.done", size), ""
	if t.Files > 1 {
		text = messages.Plural("transfers.done.files", t.Files-t.Skipped, size)
	}
	if t.Skipped > 0 {
		skipped = messages.Plural("transfers.amount.skipped", t.Skipped)
	}
	return present.Facts(text, skipped)
}

// failedFiles says how many files of a transfer failed.
func failedFiles(t app.Transfer) string {
	return messages.Plural("transfers.failed.files", t.Files, messages.Args{"Failed": present.Grouped(t.Failed)})
}

// failedNote says how much failed and, of one cause, which.
func failedNote(t app.Transfer) string {
	cause := problemTitle(t.Problem, "")
	if cause == "" && len(t.Failures) > 0 {
		cause = t.Failures[0].Problem.Current().Title
	}
	switch several := t.Files > 1 && t.Failed > 0; {
	case several && cause != "":
		return messages.Text("transfers.failed.cause", messages.Args{"Failure": failedFiles(t), "Cause": cause})
	case several:
		return failedFiles(t)
	}
	return cmp.Or(cause, messages.Text("transfers.failed"))
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
		m.Left = TimeLeft(left)
	}
	return m
}

// TimeLeft returns how long a transfer still takes.
func TimeLeft(d time.Duration) string {
	return messages.Text("transfers.left", messages.Args{"Time": present.Span(d)})
}

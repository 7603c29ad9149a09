package browser

import (
	"strings"
	"time"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/app/status"
	"daypass/ui/present"
)

// DeletedState is what is known of the deleted files below a location.
type DeletedState struct {
	Scan[objects.Deleted]
	// Selected is how many of them are selected.
	Selected int
	// Unversioned is true where the bucket keeps no earlier versions.
	Unversioned bool
	// Denied is why nothing can be restored here; empty where that is not known.
	Denied string
}

// DeletedFiles is the list of deleted files on screen.
type DeletedFiles struct {
	ResultsModel
	Title string
	// Restore is the label of the button that restores what is selected, or all.
	Restore     string
	RestoreHint string
	CanRestore  bool
}

// NewDeletedFiles makes the head and foot of the list.
func NewDeletedFiles(b DeletedState) DeletedFiles {
	d := DeletedFiles{
		Title: messages.Text("browser.deleted.title", messages.Args{"Location": b.At.URL()}), Restore: messages.Text("browser.deleted.restore-all"), ResultsModel: ResultsModel{Running: b.Running},
		CanRestore: len(b.Found) > 0 && b.Denied == "" && (b.Selected > 0 || !b.Running), RestoreHint: b.Denied,
	}
	if b.Selected > 0 {
		d.Restore = messages.Plural("browser.deleted.restore", b.Selected)
	}
	found, seen := messages.Plural("browser.deleted.files", len(b.Found)), messages.Plural("browser.deleted.versions", b.Seen)
	var done bool
	d.Status, d.Message, done = b.outcome(found, seen)
	switch {
	case done && b.Running:
		d.Status = present.WaitingFor(d.Status, b.Server, b.Wait)
	case done:
	case b.Limited:
		d.Status = messages.Plural("browser.deleted.limited", len(b.Found))
	default:
		d.Status = found
	}
	if d.Message.Title == "" && len(b.Found) == 0 && !b.Running {
		d.Message = present.Message{Severity: status.Neutral, Title: messages.Text("browser.deleted.none"), Text: messages.Text("browser.deleted.none.text", messages.Args{"Location": b.At.URL()})}
		switch {
		case b.Stopped:
			d.Message = present.Message{Severity: status.Neutral, Title: messages.Text("browser.deleted.stopped"), Text: messages.Text("browser.deleted.stopped.text")}
		case b.Unversioned:
			d.Message = present.Message{Severity: status.Neutral, Title: messages.Text("browser.deleted.unversioned"), Text: messages.Text("browser.deleted.unversioned.text")}
		}
	}
	return d
}

// DeletedRow makes the line of a deleted file.
func DeletedRow(at location.Location, d objects.Deleted, now time.Time) EntryRow {
	name := strings.TrimPrefix(d.Key, at.Prefix)
	return EntryRow{Icon: present.FileIcon(name), Name: present.Visible(name), Values: values(buckets.Entry{Size: d.Size, Modified: d.At}, now)}
}

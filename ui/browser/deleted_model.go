package browser

import (
	"strings"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/present"
)

// DeletedState is what is known of the deleted files below a place.
type DeletedState struct {
	At    location.Location
	Found []objects.Deleted
	// Chosen is how many of them are chosen.
	Chosen  int
	Running bool
	// Versions is how many versions were looked at.
	Versions int
	// Limited is true where the limit ended it, Stopped where the person did.
	Limited, Stopped bool
	// Unversioned is true where the bucket keeps no earlier versions.
	Unversioned bool
	Problem     *app.Problem
	// Server is the name of what is asked, and Wait how long it has not answered.
	Server string
	Wait   present.Wait
	// Denied is why nothing can be restored here; empty where that is not known.
	Denied string
}

// DeletedFiles is the list of deleted files on screen.
type DeletedFiles struct {
	Title   string
	Running bool
	Status  string
	// Restore is the label of the button that restores what is chosen, or all.
	Restore     string
	RestoreHint string
	CanRestore  bool
	// Message stands in place of the list; an empty Title means none.
	Message present.Message
}

// NewDeletedFiles makes the head and foot of the list.
func NewDeletedFiles(b DeletedState) DeletedFiles {
	d := DeletedFiles{
		Title: "Deleted below " + b.At.URL(), Running: b.Running, Restore: "Restore all",
		CanRestore: len(b.Found) > 0 && b.Denied == "" && (b.Chosen > 0 || !b.Running), RestoreHint: b.Denied,
	}
	if b.Chosen > 0 {
		d.Restore = "Restore " + present.Grouped(b.Chosen)
	}
	found, seen := present.Counted(len(b.Found), "deleted file", "deleted files"), present.Counted(b.Versions, "version", "versions")
	switch {
	case b.Problem != nil && len(b.Found) == 0:
		d.Message = present.ProblemMessage(b.Problem, "")
		d.Message.Mark, d.Message.Others = present.Soon, nil
	case b.Problem != nil:
		d.Status = found + ", then: " + b.Problem.Title
	case b.Running:
		d.Status = found + " so far in " + seen + present.WaitingFor(b.Server, b.Wait)
	case b.Stopped:
		d.Status = found + " in " + seen + ", stopped"
	case b.Limited:
		d.Status = "The first " + found + ". Go into a folder to find the rest of it."
	default:
		d.Status = found
	}
	if d.Message.Title == "" && len(b.Found) == 0 && !b.Running {
		d.Message = present.Message{Mark: present.Off, Title: "Nothing was deleted here", Text: "Below " + b.At.URL() + " there is no deleted file that could be restored."}
		switch {
		case b.Stopped:
			d.Message = present.Message{Mark: present.Off, Title: "Loading was stopped", Text: "No deleted file was found by then."}
		case b.Unversioned:
			d.Message = present.Message{Mark: present.Off, Title: "This bucket keeps no earlier versions", Text: "What is deleted in it is gone for good."}
		}
	}
	return d
}

// DeletedRow makes the line of a deleted file.
func DeletedRow(at location.Location, d objects.Deleted, now time.Time) EntryRow {
	name := strings.TrimPrefix(d.Key, at.Prefix)
	return EntryRow{Icon: present.FileIcon(name), Name: present.Visible(name), Values: values(buckets.Entry{Size: d.Size, Modified: d.At}, now)}
}

package present

import (
	"time"

	"daypass/app/buckets"
)

// LocalFile is a file or folder of this computer.
type LocalFile struct {
	Name     string
	Folder   bool
	Size     int64
	Modified time.Time
}

// PresentLocalFile makes the line of a file of this computer.
func PresentLocalFile(f LocalFile, now time.Time) EntryRow {
	row := EntryRow{Icon: FileIcon(f.Name), Folder: f.Folder, Name: Visible(f.Name)}
	row.Values = values(buckets.Entry{Folder: f.Folder, Size: f.Size, Modified: f.Modified}, now)
	if f.Folder {
		row.Icon = "folder"
	}
	return row
}

// PickLabel is the label of the button that takes what is chosen.
func PickLabel(chosen int) string {
	if chosen == 0 {
		return "Upload"
	}
	return "Upload " + Counted(chosen, "item", "items")
}
